"""The pieces of a row that repeat, drawn here: a template's loop over seven buttons took half of the page."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from foundation.html import isolated

_NOTE = "<span><bdi>{}</bdi></span> "
_FIRST = '<a class="btn {}" href="{}">{}<span class="visually-hidden">{}</span></a> '
_BEFORE = '<p class="before"><span>{}</span> <q dir="auto">{}</q></p>'
_FILE = '<p class="document"><a href="{}"><bdi>{}</bdi></a></p>'
_SAID = '<p class="meta">{} <q dir="auto">{}</q></p>'
_OTHER = '<li><a href="{}">{}</a></li>'


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


def decisions(buttons: Sequence[dict[str, str]], title: str, *, leads: bool) -> SafeString:
    """The decisions shown at once, heard with their title; the first leads unless another button does."""
    # Escaped once, not with each button.
    heard = format_html("{}{}", gettext(": "), title)
    looks = ["btn-primary" if leads else "btn-outline-primary", *["btn-outline-primary"] * len(buttons)]
    rows = zip(looks, buttons, strict=False)
    return format_html_join("", _FIRST, ((look, one["url"], one["label"], heard) for look, one in rows))


def others(buttons: Iterable[dict[str, str]]) -> SafeString:
    """Those under “Other decisions”."""
    return format_html_join("", _OTHER, ((one["url"], one["label"]) for one in buttons))
