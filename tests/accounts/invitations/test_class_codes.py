"""A code for a whole class puts people on a waiting list, which is capped."""

import datetime
import json
import re

import pytest
from django.test import Client
from django.utils.formats import date_format

from accounts.audit.models import AuditEntry
from accounts.invitations import errors
from accounts.invitations.actions import joining
from accounts.invitations.actions.waiting import let_in
from accounts.outbox.models import Delivery
from accounts.people.models import User
from accounts.schools.access import member_in
from accounts.schools.actions import leave, lift_restriction, restrict
from accounts.schools.models import Hat, Membership, Restriction
from portal.privacy.parts import PARTS
from tests.accounts.invitations.papers import class_code_of, join_without_email, say_me, text, type_code
from tests.accounts.schools.reading import markup
from tests.factories import UserFactory, make_member, make_school, member

pytestmark = pytest.mark.django_db
WAITS = "1 personne attend d’entrer"


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def code(school) -> str:
    return class_code_of(school.rooms[0])


def test_whoever_comes_with_a_class_code_waits(school, code, visitor):
    type_code(visitor, code)
    page = visitor.get("/rejoindre/vous/")
    assert "CP A" in text(page) and 'value="not_me"' not in text(page)
    last = join_without_email(visitor, code)
    assert last.context["waits"] and last.context["words"]
    waiting = Membership.objects.of_school(school).get()
    assert waiting.state == "pending"
    hat = Hat.objects.get(membership=waiting)
    assert (hat.kind, hat.classroom) == ("parent", school.rooms[0])
    assert not member(waiting).wears("parent")
    assert visitor.post("/rejoindre/fin/").headers["Location"] == "/bibliotheque/"


def test_once_let_in_they_are_a_parent_of_the_class(school, code, visitor):
    join_without_email(visitor, code)
    waiting = Membership.objects.of_school(school).get()
    let_in(waiting, by=None)
    assert member(waiting).classes("parent") == {school.rooms[0].pk}


def test_the_code_serves_many_and_at_most_twenty_a_day(school, code):
    for number in range(20):
        join_without_email(Client(), code, f"Parent {chr(97 + number // 5) * 2}{'aeuoy'[number % 5] * 3}")
    full = join_without_email(Client(), code, "Parent Zoe")
    assert str(errors.ListFull()) in text(full)
    assert Membership.objects.of_school(school).pending().count() == 20


def test_the_list_is_capped_at_three_times_the_class(school, code, visitor, monkeypatch):
    monkeypatch.setattr(joining, "LIST_AT_LEAST", 2)
    for number in range(2):
        waiting = make_member(school, f"attend{'ab'[number] * 3}", "parent")
        Membership.objects.of_school(school).filter(pk=waiting.pk).update(state="pending")
    assert str(errors.ListFull()) in text(join_without_email(visitor, code))
    # Twin: with one adult in the class the list may hold three.
    make_member(school, "amina", "parent")
    assert join_without_email(visitor, code).context["waits"]


def test_a_member_is_told_to_ask_for_a_sheet_and_stays_one(school, code, sign_in):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[1:])
    client = sign_in(amina.user)
    type_code(client, code)
    assert str(errors.AlreadyHere()) in text(client.post("/rejoindre/vous/", {"action": "me"}))
    assert Membership.objects.of_school(school).get(pk=amina.pk).state == "active"


def shown(client, school, name: str) -> dict[str, str]:
    """All that the person reads of a school, what is taken along too, without what names them."""
    root = school.get_absolute_url()
    pages = ["/", "/quoi-de-neuf/", "/bibliotheque/", "/ecoles/", "/besoin-daide/", "/chercher/?q=nom"]
    pages += [root, *(root + page for page in ("equipe/", "documents/", "membres/", "groupes/", "depot/"))]
    pages += ["/compte/", "/compte/sessions/", "/compte/mes-donnees/"]
    pages += [f"/compte/mes-donnees/{part.slug}/" for part in PARTS]
    pages += ["/compte/agrements/", "/compte/l-an-prochain/", "/compte/saisi-pour-moi/"]
    found = {}
    for page in pages:
        answer = client.get(page, follow=True)
        found[page] = f"{answer.status_code} {answer.redirect_chain} {markup(answer)}"
    user = User.objects.get(pk=client.user.pk)
    for part in PARTS:
        found[part.slug] = json.dumps(part.export(user), default=str, ensure_ascii=False)
    return {page: _without_names(seen, user) for page, seen in found.items()}


def _without_names(seen: str, user) -> str:
    for word in (user.username, user.display_name, user.key):
        seen = re.sub(rf"\b{re.escape(word)}\b", "NAME", seen)
    return re.sub(r"20\d\d-\d\d-\d\dT[\d:.+]+|\d\d\s?h\s?\d\d|\d\d:\d\d", "MOMENT", seen)


@pytest.mark.parametrize("words", ["page", "second class"])
def test_whoever_is_kept_away_reads_on_every_page_what_anybody_reads_who_waits(school, code, sign_in, words):
    decision = {"decided_on": datetime.date(2026, 9, 1), "reference": "Armoire 2", "classroom": None}
    known = make_member(school, "amina", "parent")
    gone = make_member(school, "amine", "parent", rooms=school.rooms[1:])
    karim = make_member(school, "brahim", "parent")
    for one in (known, gone):
        restrict(one, by=None, **decision)
    leave(gone, by=None)
    Membership.objects.of_school(school).filter(pk=karim.pk).delete()
    AuditEntry.objects.all().delete()
    other = class_code_of(school.rooms[1])
    seen = []
    for someone in (karim.user, known.user, gone.user):
        client = sign_in(User.objects.get(pk=someone.pk))
        client.user = someone
        for typed in [code, other] if words == "second class" else [code]:
            type_code(client, typed)
            last = say_me(client, f"Nom {someone.username}")
            assert last.headers["Location"] == "/rejoindre/fin/"
        seen.append(shown(client, school, someone.username))
    for each in seen[1:]:
        for page, text_seen in seen[0].items():
            assert each[page] == text_seen, page
    # The twin: it is what a waiting person reads, not what a stranger does.
    assert "NAME" in seen[0][school.get_absolute_url()] and school.rooms[0].name in seen[1]["ecoles"]


def test_a_restricted_parent_who_waits_reads_the_same_in_the_account_as_anybody_who_waits(
    school, code, sign_in
):
    user = UserFactory(username="amina", display_name="Amina")
    # Restricted among the members, or while away; and somebody new.
    amina = make_member(school, "amina", "parent", user=user)
    gone = make_member(school, "amine", "parent", display_name="Amine")
    decision = {"decided_on": datetime.date(2026, 9, 1), "reference": "Armoire 2", "classroom": None}
    for one in (amina, gone):
        restrict(one, by=None, **decision)
    leave(gone, by=None)
    AuditEntry.objects.all().delete()
    seen = []
    for someone in (user, gone.user, UserFactory(username="karim")):
        client = sign_in(someone)
        before = client.get("/compte/").context
        assert (before["schools"], before["log"]) == ([], [])
        for _again in range(2):
            type_code(client, code)
            say_me(client, f"Nom {someone.username}")
        after = client.get("/compte/").context
        seen.append((after["schools"], [(line["what"], line["where"]) for line in after["log"]]))
    assert seen[0] == seen[1] == seen[2] and len(seen[0][0]) == 1
    assert Hat.objects.filter(membership=amina).count() == 1
    assert AuditEntry.objects.filter(verb="restricted_asked").count() == 1
    # Lifted, they are in again; decided again, nobody waits.
    lift_restriction(Restriction.objects.get(membership=amina), by=None)
    assert member(amina).wears("parent")
    restrict(amina, by=None, **decision)
    assert sign_in(User.objects.get(pk=user.pk)).get("/compte/").context["schools"] == []


def test_let_in_by_somebody_who_knows_of_no_decision_they_read_that_they_wait_as_before(
    school, code, sign_in
):
    user = UserFactory(username="amina", display_name="Amina")
    client = sign_in(user)
    client.user = user
    type_code(client, code)
    say_me(client, "Amina H.")
    waiting = Membership.objects.of_school(school).get()
    restrict(waiting, by=None, decided_on=datetime.date(2026, 9, 1), reference="Armoire 2", classroom=None)
    before = shown(client, school, "amina")
    assert let_in(waiting, by=None)
    assert shown(client, school, "amina") == before and member(waiting) is None
    assert not Delivery.objects.filter(person=user).exists()
    lift_restriction(Restriction.objects.get(membership=waiting), by=None)
    assert member(waiting).wears("parent")


def test_a_restricted_parent_learns_nothing_by_a_class_code(school, code, sign_in):
    """The answer is that of somebody new: wait; nothing changes."""
    amina = make_member(school, "amina", "parent")
    Restriction.objects.create(membership=amina, decided_on="2026-09-01", reference="Armoire 2")
    known, new = sign_in(amina.user), sign_in(UserFactory(username="karim"))
    pages = []
    for client in (known, new):
        type_code(client, code)
        assert 'name="name"' in text(client.get("/rejoindre/vous/"))
        say_me(client, f"Nom {client.user.username}")
        pages.append(client.get("/rejoindre/fin/"))
    assert [page.context["waits"] for page in pages] == [True, True]
    assert member_in(amina.user, school) is None
    assert Hat.objects.filter(membership=amina).count() == 1


@pytest.mark.parametrize("restricted", [False, True])
def test_a_member_whose_hats_all_ended_waits_in_sight_of_the_direction(school, code, sign_in, restricted):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[1:])
    yesterday = school.today() - datetime.timedelta(days=1)
    Hat.objects.filter(membership=amina).update(since=datetime.date(2026, 9, 1), until=yesterday)
    long_ago = datetime.datetime(2025, 9, 1, tzinfo=datetime.UTC)
    Membership.objects.of_school(school).update(joined=long_ago)
    if restricted:
        restrict(amina, by=None, decided_on=datetime.date(2026, 9, 1), reference="A", classroom=None)
    client = sign_in(User.objects.get(pk=amina.user.pk))
    type_code(client, code)
    assert say_me(client, "Amina H.").headers["Location"] == "/rejoindre/fin/"
    director = sign_in(make_member(school, "helene", "director").user)
    [row] = director.get(f"/ecoles/{school.slug}/membres/attente/").context["rows"]
    today = date_format(school.today(), "j F")
    assert (row["key"], row["classes"], row["when"]) == (amina.key, "CP A", today)
    home = f"/ecoles/{school.slug}/"
    assert WAITS in text(director.get(home))
    # Her class of before counts for nobody: its teacher could not let her in.
    before = make_member(school, "paul", "teacher", rooms=school.rooms[1:])
    assert WAITS not in text(sign_in(before.user).get(home))
    assert "CP A" in text(client.get("/compte/mes-donnees/ecoles/"))
    let_in(Membership.objects.of_school(school).get(pk=amina.pk), by=None)
    again = member(amina)
    assert (again is None) == restricted and (restricted or again.wears("parent"))
