"""The pieces of a row that repeat, drawn here: a template's loop over seven buttons took half of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from exchanges.moderation import verbs
from foundation.html import isolated

_NOTE = "<span><bdi>{}</bdi></span> "
_FIRST = '<a class="btn {}" href="{}">{}<span class="visually-hidden">{}</span></a> '
_BEFORE = '<p class="before"><span>{}</span> <q dir="auto">{}</q></p>'
_FILE = '<p class="document"><a href="{}"><bdi>{}</bdi></a></p>'
_SAID = '<p class="meta">{} <q dir="auto">{}</q></p>'
_OTHER = '<li><a href="{}">{}</a></li>'
# Where a thing and its title come in: signs that no address and no word of ours holds.
_REF, _TITLE = "\ue000", "\ue001"


def notes(words: Iterable[str]) -> SafeString:
    """What stands in the margin under the state."""
    return format_html_join("", _NOTE, ((each,) for each in words))


def before(messages: Iterable[tuple[str, str]]) -> SafeString:
    """The messages before the one that is judged: who wrote, a line of it."""
    said = gettext("Before, %(who)s:")
    return format_html_join("", _BEFORE, ((said % {"who": isolated(who)}, text) for who, text in messages))


def files(rows: Iterable[dict[str, str]]) -> SafeString:
    """The files of the message."""
    return format_html_join("", _FILE, ((file["url"], file["name"]) for file in rows))


def said(words: Iterable[str]) -> SafeString:
    """What those who reported it wrote beside their reason."""
    return format_html_join("", _SAID, ((gettext("In their words:"), each) for each in words))


@dataclass(frozen=True)
class Buttons:
    """What may be pressed, drawn for all things that may be decided alike: which one, and its title, come in.

    `first` are the decisions shown at once, as they are for any of them.
    """

    first: list[dict[str, str]]
    decisions: str
    others: str

    def of(self, ref: str, title: SafeString) -> dict[str, Any]:
        """For one thing; `ref` as it stands in an address: no sign in it that HTML reads."""
        decisions = self.decisions.replace(_REF, ref).replace(_TITLE, title)
        others = self.others.replace(_REF, ref)
        # Labels were escaped, and so is the title.
        return {"first": self.first, "decisions": mark_safe(decisions), "others": mark_safe(others)}


def buttons(base: str, first: Sequence[str], others: Sequence[str], state: str, *, leads: bool) -> Buttons:
    """The decisions shown at once, of which the first leads unless another button does, and the others.

    `base` is the address under which they are taken, `state` that of the message.
    """
    return _buttons(get_language(), base, tuple(first), tuple(others), state, leads)


@lru_cache(maxsize=256)
def _buttons(
    _language: str | None, base: str, first: tuple[str, ...], others: tuple[str, ...], state: str, leads: bool
) -> Buttons:
    shown = [_button(base, verb, state) for verb in first]
    looks = ["btn-primary" if leads else "btn-outline-primary", *["btn-outline-primary"] * len(shown)]
    # Heard with the title of what is decided.
    heard = format_html("{}{}", gettext(": "), _TITLE)
    rows = ((look, one["url"], one["label"], heard) for look, one in zip(looks, shown, strict=False))
    under = (_button(base, verb, state) for verb in others)
    return Buttons(
        shown,
        format_html_join("", _FIRST, rows),
        format_html_join("", _OTHER, ((one["url"], one["label"]) for one in under)),
    )


def _button(base: str, verb: str, state: str) -> dict[str, str]:
    url = f"{base}decider/?decision={verb!s}&_selected_action={_REF}"
    return {"label": escape(verbs.label_of(verb, state)), "url": url, "verb": verb}
