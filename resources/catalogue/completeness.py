"""What a text needs before somebody else reads it: enough to be found and understood."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from resources.catalogue.errors import Incomplete
from resources.catalogue.models import EditableText, Kind, Resource

_NEEDED = {
    "summary": gettext_lazy("a summary"),
    "audiences": gettext_lazy("for whom it is"),
    "levels": gettext_lazy("at least one level"),
    "themes": gettext_lazy("at least one theme"),
}


def missing(text: EditableText, values: Mapping[str, Any]) -> list[str]:
    """Name in words what `values` lacks; a variant needs its title and text, a card its address."""
    needed = list(_NEEDED) if isinstance(text, Resource) else []
    names = [str(_NEEDED[name]) for name in needed if not values.get(name)]
    if values.get("kind") == Kind.LINK:
        if not values.get("source_address"):
            names.append(gettext("the address of the page it leads to"))
    elif not values.get("body"):
        names.append(gettext("a text"))
    return names


def refuse_incomplete(text: EditableText, values: Mapping[str, Any]) -> None:
    """Raise Incomplete with what is missing."""
    names = missing(text, values)
    if names:
        needs = gettext("Before it can be read again, this text needs: %(what)s.")
        raise Incomplete(needs % {"what": gettext(", ").join(names)})
