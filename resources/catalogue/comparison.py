"""Compare two writings of a text field by field, in words: what was taken away, what was added."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from resources.catalogue.models import Audience, Kind, Level

LABELS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "en_bref": gettext_lazy("In short"),
    "body": gettext_lazy("Text"),
    "review_by": gettext_lazy("To be reviewed by"),
    "kind": gettext_lazy("Kind"),
    "addressee": gettext_lazy("Addressee"),
    "number": gettext_lazy("Number in its series"),
    "audiences": gettext_lazy("For whom"),
    "levels": gettext_lazy("Levels"),
    "themes": gettext_lazy("Themes"),
    "language": gettext_lazy("Language"),
    "source_site": gettext_lazy("Source: site"),
    "source_address": gettext_lazy("Source: address"),
    "source_licence": gettext_lazy("Source: licence"),
    "related": gettext_lazy("To read next"),
    "links": gettext_lazy("Outside links"),
    "competences": gettext_lazy("Competences"),
    "media_seconds": gettext_lazy("Length of the video"),
    "media_bytes": gettext_lazy("Weight of the video"),
    "media_subtitles": gettext_lazy("Subtitles"),
}
_CHOICES = {"kind": Kind, "audiences": Audience, "levels": Level}
_WORDS = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


@dataclass(frozen=True)
class Block:
    """Lines that are the same, removed or added; `html` marks the words that differ by del and ins."""

    kind: str
    html: SafeString


@dataclass(frozen=True)
class Difference:
    """A field whose two values differ, both in words, and the blocks that lead from one to the other."""

    name: str
    label: str
    before: str
    after: str
    blocks: tuple[Block, ...]


def in_words(name: str, value: Any) -> str:
    """Say a value as a curator reads it: lists one a line, choices by their label, "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple):
        return "\n".join(in_words(name, item) for item in value)
    choices = _CHOICES.get(name)
    return str(choices(value).label) if choices and value in choices.values else str(value)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Name the fields of both that differ, in the order of a form."""
    return [
        name
        for name in LABELS
        if name in before and name in after and (before[name] or None) != (after[name] or None)
    ]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    return [_difference(name, before[name], after[name]) for name in differing(before, after)]


def _difference(name: str, before: object, after: object) -> Difference:
    old, new = in_words(name, before), in_words(name, after)
    return Difference(name, str(LABELS[name]), old, new, tuple(_blocks(old.splitlines(), new.splitlines())))


def _blocks(old: list[str], new: list[str]) -> Iterator[Block]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Block("same", _lines(old[i1:i2]))
            continue
        before, after = "\n".join(old[i1:i2]), "\n".join(new[j1:j2])
        if tag == "replace":
            before_html, after_html = _marked(before, after)
        else:
            before_html, after_html = html.escape(before), html.escape(after)
        if i1 != i2:
            yield Block("removed", mark_safe(before_html))
        if j1 != j2:
            yield Block("added", mark_safe(after_html))


def _lines(lines: list[str]) -> SafeString:
    return mark_safe(html.escape("\n".join(lines)))


def _marked(before: str, after: str) -> tuple[str, str]:
    """Mark the words that differ between two passages; both come out escaped."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    old_parts, new_parts = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = html.escape("".join(old[i1:i2])), html.escape("".join(new[j1:j2]))
        if tag == "equal":
            old_parts.append(gone)
            new_parts.append(come)
        else:
            old_parts.append(f"<del>{gone}</del>" if gone else "")
            new_parts.append(f"<ins>{come}</ins>" if come else "")
    return "".join(old_parts), "".join(new_parts)
