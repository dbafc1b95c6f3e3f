"""Names that play tricks, wherever one may be typed: refused in plain words, and harmless where kept."""

import csv
import io
from email import message_from_bytes

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from accounts.invitations.actions.inviting import invite
from accounts.people.actions import rename
from accounts.people.models import User
from accounts.people.names import MARKS, mended
from accounts.people.roles import store_account
from accounts.schools.models import Classroom, ParentList
from foundation import mail
from foundation.spreadsheets import as_csv
from tests.factories import UserFactory, make_member, make_school, person_with_role

pytestmark = pytest.mark.django_db
ZALGO = "Z" + "\u0301\u0302\u0303\u0304\u0305" * 8 + "oe"
TRICKS = {
    "bidi": "\u202eeuqilbup elocÉ\u202c",
    "zero width": "Jean\u200bMoulin",
    "zalgo": ZALGO,
    "look-alike": "Jеan Mоulin",
    "blank": "\u3164\u3164",
    "too long": "A" * 10_000,
}


@pytest.fixture
def place(settings):
    settings.IS_DEMO = True
    school = make_school()
    director = make_member(school, "diane", "director")
    return school, director, f"/ecoles/{school.slug}/"


@pytest.mark.parametrize("name", TRICKS.values(), ids=TRICKS)
def test_nobody_is_called_so(name, sign_in):
    user = UserFactory(username="amina", display_name="Amina")
    client = sign_in(user)
    page = client.post("/compte/nom/", {"display_name": name, "language": "fr"})
    assert page.status_code == 200 and page.context["form"].errors["display_name"]
    with pytest.raises(ValidationError):
        rename(user, display_name=name, language="fr")
    with pytest.raises(CommandError):
        call_command("appoint", name, "--role", "curator", "--email", "c@a.example")
    operator = person_with_role("odile", "operator")
    with pytest.raises(ValidationError):
        store_account(User(username="neuf", display_name=name), by=operator)
    user.refresh_from_db()
    assert user.display_name == "Amina" and User.objects.count() == 2


def test_a_name_kept_from_before_does_not_stop_another_language(sign_in):
    """The twin: the language is changed, and real names are taken."""
    user = UserFactory(username="diane", display_name="La directrice")
    client = sign_in(user)
    kept = {"display_name": "La directrice", "language": "ar"}
    assert client.post("/compte/nom/", kept).status_code == 302
    real = {"display_name": " D’Almeida  Núria ", "language": "fr"}
    assert client.post("/compte/nom/", real).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.language) == ("D’Almeida Núria", "fr")


@pytest.mark.parametrize("name", TRICKS.values(), ids=TRICKS)
def test_nothing_of_a_school_is_called_so(name, place, sign_in):
    school, director, root = place
    client = sign_in(director.user)
    sheet = client.get(f"{root}reglages/fiche/").context["form"]
    values = {key: value for key, value in sheet.initial.items() if value is not None and key != "logo"}
    tries = {
        f"{root}reglages/fiche/": values | {"name": name},
        f"{root}classes/": {"names": name},
        f"{root}reglages/listes/": {"name": name},
        f"{root}membres/inviter/": {
            "kind": "parent",
            "first_name": name,
            "last_name": "Haddad",
            "classrooms": [school.rooms[0].key],
        },
    }
    for page, data in tries.items():
        answer = client.post(page, data)
        assert answer.status_code == 200 and "error" in answer.content.decode(), page
    school.refresh_from_db()
    assert school.name == "Jean Moulin" and not ParentList.objects.of_school(school).exists()
    assert Classroom.objects.of_school(school).count() == len(school.rooms)
    assert not school.invitations.exists()


def test_what_a_list_brings_is_mended(place):
    """An import is not stopped by one cell: what shows nothing goes, and no letter is piled up."""
    school = place[0]
    assert mended("\u202eHad\u200bdad\u202c \u3164 Roy") == "Haddad Roy"
    assert sum(sign in "\u0301\u0302\u0303\u0304\u0305" for sign in mended(ZALGO)) <= MARKS
    one = invite(school, by=None, last_name=ZALGO, first_name="A", kind="parent", classrooms=school.rooms[:1])
    assert len(one.last_name) <= len("Zoe") + MARKS


STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", " =", "\u00a0＝"]


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_file_is_a_formula(start):
    text = f"{start}HYPERLINK(1)"
    file = io.StringIO(as_csv([{text: text, "twin": "Jean-Luc = 3"}])[1:], newline="")
    row = list(csv.reader(file, delimiter=";"))
    assert row[0][0].startswith("'") and row[1] == [f"'{text}", "Jean-Luc = 3"]


SUBJECTS = ["A\r\nBcc: tous@ecole.example", "\u202eécole\u2066", "\u2028Bcc: x", "é" * 10_000]


@pytest.mark.parametrize("name", SUBJECTS, ids=range(4))
def test_a_mail_with_such_a_name_has_one_plain_subject_line(name):
    """Names stand in no address: From is the site's, To an address alone."""
    mail.send("let_in", "amina@famille.example", {"school": {"name": name}, "url": "https://x.example/"})
    sent = outbox.outbox[-1]
    message = message_from_bytes(sent.message().as_bytes())
    assert message["Bcc"] is None and message["To"] == "amina@famille.example"
    assert sent.from_email == settings.DEFAULT_FROM_EMAIL
    assert len(sent.subject) <= mail.LONGEST_SUBJECT
    assert not set(sent.subject) & set("\u202e\u2066\u2028\r\n")
