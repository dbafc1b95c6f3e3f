"""Every mail goes out by one door: text and HTML, no header injected, nothing fetched."""

import re
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.utils import timezone

from foundation import mail

KINDS = {
    "sign_in_code": {"code": "1234-5678"},
    "password_code": {"code": "1234-5678"},
    "proof_code": {"code": "1234-5678"},
    "email_code": {"code": "1234-5678"},
    "security_notice": {"what": "Un mot de passe.", "when": "aujourd’hui"},
    "review_reminder": {
        "name": "Claire <b>",
        "rows": [
            {"title": "Écran & sommeil ?", "url": "https://x.example/1", "review_by": timezone.localdate()}
        ],
    },
}
SCHOOL = {"name": "Jean-Moulin <b>", "telephone": "01 99 00 12 34"}
KINDS |= {
    "invitation": {"school": SCHOOL, "url": "https://x.example/rejoindre/", "more": 2},
    "let_in": {"school": SCHOOL, "url": "https://x.example/ecoles/jean-moulin/"},
    "slip_notice": {"school": SCHOOL, "what": "slip_not_me", "name": "Amina <b>"},
    "school_act": {"school": SCHOOL["name"], "slug": "jean-moulin", "what": "Un rôle.", "more": ["Motif."]},
    "assisted_entry": {"school": SCHOOL["name"], "what": "Le papier.", "who": "une aide", "waits": True},
    "moderation": {
        "school": SCHOOL["name"],
        "subject": "Une décision vous concerne",
        "lines": ["Votre message est masqué.", "Motif : propos blessants."],
        "url": "https://x.example/ecoles/jean-moulin/decisions/3/",
    },
    "group_notice": {
        "school": SCHOOL["name"],
        "subject": "Une demande pour votre groupe",
        "lines": ["Une personne demande à entrer."],
        "url": "https://x.example/ecoles/jean-moulin/groupes/bcdfghjk/demandes/",
    },
    "leaving": {"day": "24 février 2027", "url": "https://x.example/compte/", "again": False},
    "farewell": {"kept": True},
    "replies": {
        "school": SCHOOL["name"],
        "rows": [
            {
                "title": "Cantine & bus ?",
                "group": "CE1 A",
                "words": "Une réponse.",
                "url": "https://x.example/",
            }
        ],
        "count": 1,
        "title": "Cantine & bus ?",
        "leave": "https://x.example/courrier/",
        "choices": "https://x.example/compte/",
    },
}
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "mail"


def sent(kind: str, language: str = "fr", **more: object):
    mail.send(kind, "amina@famille.example", {**KINDS[kind], **more}, language=language)
    return outbox.outbox[-1]


def html_of(message) -> str:
    return message.alternatives[0].content


def test_every_kind_of_mail_is_tried_here():
    found = {path.name.removesuffix(".subject.txt") for path in TEMPLATES.glob("*.subject.txt")}
    assert found == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_mail_has_text_and_html_and_fetches_nothing(kind, language):
    message = sent(kind, language)
    parsed = message_from_bytes(message.message().as_bytes())
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    html = html_of(message)
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert not re.search(r"<img|<link|<script|url\(|@import|src=", html)
    assert "{{" not in html + message.body
    assert message.from_email == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize("kind", ["sign_in_code", "password_code", "proof_code", "email_code"])
def test_a_mail_with_a_code_holds_no_link(kind):
    message = sent(kind)
    assert "1234-5678" in message.body
    assert "1234-5678" in html_of(message)
    assert "1234" not in message.subject
    assert not re.search(r"https?:|href", message.body + html_of(message))


def test_style_stands_in_the_elements_themselves():
    assert re.search(r'<p class="code"[^>]*style="[^"]*font-size', html_of(sent("sign_in_code")))


def test_text_is_not_escaped_and_html_is():
    message = sent("review_reminder")
    assert "Écran & sommeil ?" in message.body
    assert "Claire <b>" in message.body
    assert "Écran &amp; sommeil ?" in html_of(message)
    assert "Claire &lt;b&gt;" in html_of(message)


def test_no_header_is_injected_by_a_subject(tmp_path, settings):
    (tmp_path / "mail").mkdir()
    for name, text in (("subject.txt", "{{ title }}"), ("txt", "x"), ("html", "<p>x</p>")):
        (tmp_path / "mail" / f"wild.{name}").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    mail.send("wild", "amina@famille.example", {"title": "Bonjour\r\nBcc: tous@ecole.example\n\nx"})
    message = message_from_bytes(outbox.outbox[-1].message().as_bytes())
    assert message["Bcc"] is None
    assert message["To"] == "amina@famille.example"
