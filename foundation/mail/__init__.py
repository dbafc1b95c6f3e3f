"""The only way out for mail: text and HTML from one pair of templates, built here, sent here."""

from collections.abc import Mapping

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

LONGEST_SUBJECT = 200
# Signs that turn the text after them round: a name must not turn the rest of a subject.
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def send(
    kind: str,
    to: str,
    context: Mapping[str, object],
    *,
    language: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send one mail at once. Raises what the backend raises; what must not be lost goes by the outbox."""
    build(kind, to, context, language=language, headers=headers).send()


def build(
    kind: str,
    to: str,
    context: Mapping[str, object],
    *,
    language: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Make one mail of `kind` (templates `mail/<kind>.subject.txt`, `.txt`, `.html`) to one address.

    The subject is put on one line, so that no header can be injected by a title or a name, and turned round
    by no sign of writing direction.
    """
    values = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        values["mail_language"] = translation.get_language()
        values["mail_rtl"] = translation.get_language_bidi()
        subject = _one_line(render_to_string(f"mail/{kind}.subject.txt", values))
        text = render_to_string(f"mail/{kind}.txt", values).strip() + "\n"
        html = render_to_string(f"mail/{kind}.html", values)
    message = EmailMultiAlternatives(
        subject, text, settings.DEFAULT_FROM_EMAIL, [to], headers=dict(headers or {})
    )
    message.attach_alternative(css_inline.CSSInliner(load_remote_stylesheets=False).inline(html), "text/html")
    return message


def _one_line(text: str) -> str:
    line = " ".join(text.translate(_TURNING).split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
