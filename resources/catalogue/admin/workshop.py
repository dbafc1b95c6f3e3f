"""What the pages about a text ask of the admin that opened them."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.contrib.admin import AdminSite

from resources.catalogue.anytext import Text
from resources.catalogue.forms import TextForm


class Workshop(Protocol):
    """The admin of resources, or of their versions."""

    admin_site: AdminSite
    opts: Any

    def form_for(self, text: Any, data: Any) -> TextForm: ...

    def create(self, text: Any, form: Any, request: Any) -> Text: ...

    def title_of_new(self, text: Any) -> str: ...

    def beside(self, text: Any) -> Mapping[str, dict[str, Any]]:
        """The text each field is written against, by the field's name; empty for none."""
        ...

    def around(self, text: Any) -> dict[str, Any]:
        """What the template shows beside the form."""
        ...

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool: ...
