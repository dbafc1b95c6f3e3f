"""A person called by a trick, written past the forms: what is taken along, mailed and printed is plain."""

import csv
import io
import json
import re
import zipfile
from email import message_from_bytes

import pytest
from django.core import mail
from django.urls import reverse

from accounts.audit.actions import record
from accounts.invitations.actions.telling import tell_direction
from accounts.invitations.models import Invitation
from accounts.outbox.actions import post
from accounts.people.actions import set_email
from accounts.register.actions import give
from accounts.schools.models import Classroom, Membership, ParentList
from foundation.spreadsheets import FORMULA_STARTS
from tests.accounts.invitations.papers import awaited
from tests.factories import make_member, make_school
from tests.portal.privacy.people import prove
from tests.sending import send_now

pytestmark = pytest.mark.django_db
SCRIPT = '"><script>alert(1)</script>'
TRICKS = {
    "script": SCRIPT,
    "formula": "=cmd|' /C calc'!A1",
    "lines": "Jean\r\nBcc: tous@ecole.example\r\n\r\nx",
    "turned": "\u202e=gpj.exe",
    "path": "../../../etc/passwd",
    "quotes": "'\"`;--",
    "long": "É" * 200,
}
# What a name may not leave in a page: a mark of ours is never written so.
RAW = "<script>alert"


@pytest.fixture
def place(settings):
    settings.IS_DEMO = True
    school = make_school()
    director = make_member(school, "diane", "director")
    parent = make_member(school, "amina", "parent")
    return school, director, parent


def called(name, school, parent):
    """Write `name` in every row that names this person or what is theirs."""
    user, room = parent.user, school.rooms[0]
    set_email(user, "amina@famille.example")
    awaited(school, "Petit", "Jean")
    ParentList.objects.create(school=school, name=name[:80], is_association=True)
    Invitation.objects.of_school(school).update(first_name=name[:60], last_name=name[:60])
    Membership.objects.of_school(school).filter(pk=parent.pk).update(name=name[:80])
    Classroom.objects.of_school(school).filter(pk=room.pk).update(name=name[:40])
    type(school).objects.filter(pk=school.pk).update(name=name[:80])
    type(user).objects.filter(pk=user.pk).update(display_name=name[:60])
    record("let_in", by=user, about=user, school=school)
    for row in (school, parent, user, room):
        row.refresh_from_db()


def package_of(client) -> zipfile.ZipFile:
    prove(client)
    answer = client.post("/compte/mes-donnees/emporter/")
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.zip"', answer["Content-Disposition"])
    return zipfile.ZipFile(io.BytesIO(answer.content))


@pytest.mark.parametrize("name", TRICKS.values(), ids=TRICKS)
def test_what_is_taken_along_obeys_nobody(name, place, sign_in):
    school, _director, parent = place
    called(name, school, parent)
    cells, values = [], []
    with package_of(sign_in(parent.user)) as archive:
        for file in archive.namelist():
            assert re.fullmatch(r"[a-z0-9-]+\.(csv|json|txt)", file)
            text = archive.read(file).decode("utf-8-sig")
            if file.endswith(".csv"):
                rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
                assert len({len(row) for row in rows}) == 1, file
                cells += [cell for row in rows for cell in row]
            elif file.endswith(".json"):
                values += [value for row in json.loads(text) for value in row.values()]
    assert not [cell for cell in cells if cell.lstrip().startswith(FORMULA_STARTS)]
    # Nothing is lost either: the name is there as it is, in both forms.
    assert name[:60] in values
    assert name[:60] in cells or f"'{name[:60]}" in cells


def pages_of(school, parent):
    root = f"/ecoles/{school.slug}/"
    own = ["/compte/", "/compte/nom/", "/compte/mes-donnees/", "/compte/mes-donnees/ecoles/", root]
    direction = [
        root, f"{root}membres/", f"{root}membres/{parent.key}/", f"{root}membres/attente/",
        f"{root}membres/pas-encore/", f"{root}membres/fiches/", f"{root}classes/", f"{root}reglages/",
        f"{root}equipe/", f"{root}membres/registre/",
        reverse("admin:accounts_membership_changelist"), reverse("admin:accounts_invitation_changelist"),
        reverse("admin:accounts_membership_history", args=[parent.pk]),
    ]  # fmt: skip
    return own, direction


def test_no_page_runs_a_name(place, sign_in):
    school, director, parent = place
    called(SCRIPT, school, parent)
    own, direction = pages_of(school, parent)
    escaped = 0
    for person, pages in ((parent, own), (director, direction)):
        client = sign_in(person.user)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert RAW not in answer.content.decode(), page
            escaped += "&lt;script&gt;alert" in answer.content.decode()
    assert escaped > len(own)


def test_the_search_sees_a_name_that_would_run():
    """The twin: written as it is, the page would hold it."""
    assert RAW in f"<bdi>{SCRIPT}</bdi>"


@pytest.mark.parametrize("name", TRICKS.values(), ids=TRICKS)
def test_no_mail_to_the_direction_or_the_person_carries_more_than_its_words(name, place):
    school, director, parent = place
    called(name, school, parent)
    set_email(director.user, "diane@famille.example")
    invitation = Invitation.objects.of_school(school).get()
    tell_direction(school, "slip_not_me", f"{invitation.key}.0", but=parent.user)
    post("let_in", parent.key, person=parent.user, school=school)
    send_now()
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        message = message_from_bytes(sent.message().as_bytes())
        assert message["Bcc"] is None and len(message.get_all("To")) == 1
        [html] = [text for text, kind in sent.alternatives if kind == "text/html"]
        assert RAW not in html
        assert not set(sent.subject) & set("\r\n\u202e")


@pytest.mark.parametrize("name", TRICKS.values(), ids=TRICKS)
def test_the_list_of_an_association_obeys_nobody(name, place, sign_in):
    school, director, parent = place
    called(name, school, parent)
    association = ParentList.objects.get(school=school)
    give(parent, association)
    client = sign_in(director.user)
    prove(client)
    answer = client.post(f"/ecoles/{school.slug}/membres/accords/{association.key}/")
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.csv"', answer["Content-Disposition"])
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 2 and not [cell for cell in rows[1] if cell.lstrip().startswith(FORMULA_STARTS)]
    assert rows[1][0] in (parent.name, f"'{parent.name}")


def test_no_null_character_is_a_name(place, sign_in):
    """PostgreSQL keeps none: it is refused at the field, not with an error."""
    school, director, parent = place
    answer = sign_in(parent.user).post("/compte/nom/", {"display_name": "Ami\0na", "language": "fr"})
    assert answer.status_code == 200 and answer.context["form"].errors["display_name"]
    client, root = sign_in(director.user), f"/ecoles/{school.slug}/"
    refused = client.post(f"{root}classes/", {"names": "CM\0A"})
    assert refused.status_code == 200 and "error" in refused.content.decode()
    client.post(f"{root}reglages/listes/", {"name": "Les\0Tilleuls"})
    assert [row.name for row in ParentList.objects.of_school(school)] in ([], ["LesTilleuls"])


def test_a_paper_shows_a_name_and_runs_none(place, sign_in):
    school, director, parent = place
    called(SCRIPT, school, parent)
    paper = {"piles": [school.rooms[0].key], "which": "all", "paper": "a4"}
    page = sign_in(director.user).post(f"/ecoles/{school.slug}/membres/fiches/imprimer/", paper)
    assert 'class="slip' in page.content.decode() and RAW not in page.content.decode()
