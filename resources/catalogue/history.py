"""Read what reversion kept of a text: who, when, why, and the words as they stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from reversion.models import Version

from resources.catalogue.anytext import Text
from resources.catalogue.fields import plain_values, written_fields
from resources.catalogue.models import RelatedResource, Resource, ResourceTheme, Theme

# Comments that actions write, in the words of a reader.
_COMMENTS = {
    "created": lambda: gettext("Created"),
    "revised": lambda: gettext("Written"),
    "sent for review": lambda: gettext("Sent for review"),
    "published": lambda: gettext("Accepted and published"),
    "published at its hour": lambda: gettext("Published at its hour"),
    "archived": lambda: gettext("Archived"),
    "archived at its hour": lambda: gettext("Archived at its hour"),
    "reopened": lambda: gettext("Reopened"),
    "checked again": lambda: gettext("Checked again, no word changed"),
    "pictures changed": lambda: gettext("Images changed"),
    "readers recorded": lambda: gettext("Readers recorded"),
    "put forward": lambda: gettext("Place on the home page changed"),
    "to be archived": lambda: gettext("Last day changed"),
    "loaded from files": lambda: gettext("Loaded from the library's files"),
    "taken back": lambda: gettext("Publication cancelled"),
}
_BEGINNINGS = {
    "sent back: ": lambda rest: gettext("Sent back: %(reason)s") % {"reason": rest},
    "renamed from ": lambda rest: gettext("Address changed, it was %(slug)s") % {"slug": rest},
    "accepted, to be published ": lambda rest: _accepted(rest),
    "restored from ": lambda rest: gettext("Brought back the version of %(when)s") % {"when": rest},
}


def _accepted(when: str) -> str:
    return gettext("Accepted, to be published on %(when)s") % {"when": when}


@dataclass(frozen=True)
class Stored:
    """A kept state of a text: key of the version, when, who ("" for the portal itself), what happened."""

    pk: int
    when: datetime
    who: str
    what: str


def stored_versions(text: Text, limit: int = 200) -> list[Stored]:
    """List the kept states, newest first. One query."""
    rows = Version.objects.get_for_object(text).select_related("revision__user").defer("serialized_data")
    return [_stored(row) for row in rows[:limit]]


def version_of(text: Text, pk: Any) -> Version | None:
    """Return one kept state of this very text, or None."""
    if not str(pk).isdigit():
        return None
    return Version.objects.get_for_object(text).select_related("revision__user").filter(pk=pk).first()


def version_before(text: Text, version: Version) -> Version | None:
    return Version.objects.get_for_object(text).filter(pk__lt=version.pk).order_by("-pk").first()


def version_at(text: Text, edit_number: int) -> Version | None:
    """Return the state that a form opened at `edit_number` showed, if it is among the newest hundred."""
    for version in Version.objects.get_for_object(text)[:100]:
        if version.field_dict.get("edit_number") == edit_number:
            return version
    return None


def stored(version: Version) -> Stored:
    return _stored(version)


def values_at(text: Text, version: Version) -> dict[str, Any]:
    """Give the newest writing of that state, as `fields.latest_values` gives the present one."""
    kept = version.field_dict
    values = {name: kept[name] for name in written_fields(text) if name in kept}
    if isinstance(text, Resource):
        values |= _links_at(version)
    return {**plain_values(values), **(kept.get("pending") or {})}


def comment_in_words(comment: str) -> str:
    if comment in _COMMENTS:
        return _COMMENTS[comment]()
    for beginning, words in _BEGINNINGS.items():
        if comment.startswith(beginning):
            return words(comment.removeprefix(beginning))
    return comment


def _stored(version: Version) -> Stored:
    revision = version.revision
    who = str(revision.user) if revision.user else ""
    return Stored(version.pk, revision.date_created, who, comment_in_words(revision.comment))


def _links_at(version: Version) -> dict[str, list[str]]:
    themes = _slugs_at(version, ResourceTheme, "theme_id", Theme)
    related = _slugs_at(version, RelatedResource, "target_id", Resource)
    return {"themes": themes, "related": related}


def _slugs_at(version: Version, link: Any, column: str, target: Any) -> list[str]:
    """Slugs of the rows a text was linked to then, in order; what was deleted since is left out."""
    kind = ContentType.objects.get_for_model(link)
    rows: Sequence[Version] = version.revision.version_set.filter(content_type=kind)
    fields = [row.field_dict for row in rows]
    mine = [row for row in fields if str(row["resource_id"]) == version.object_id]
    keys = [row[column] for row in sorted(mine, key=lambda row: row["position"])]
    slugs = dict(target.objects.filter(pk__in=keys).values_list("pk", "slug"))
    return [slugs[key] for key in keys if key in slugs]
