"""An association holds a parent's name only while the parent agrees; each handing over is told (D. 111-8)."""

import csv
import datetime
import io

import pytest

from accounts.audit.models import AuditEntry
from accounts.register.actions import give, names_given, take_back
from accounts.register.models import Consent
from accounts.schools.actions import give_hat, give_mandate, leave
from accounts.schools.models import Classroom, Hat, ParentList, Restriction
from tests.factories import make_member, make_school
from tests.portal.privacy.people import prove

pytestmark = pytest.mark.django_db
OWN = "/compte/accords-associations/"
LIST = "/ecoles/jean-moulin/membres/accords/"


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def fcpe(school):
    return ParentList.objects.create(school=school, name="FCPE Jean-Moulin", is_association=True)


@pytest.fixture
def amina(school, sign_in):
    return sign_in(make_member(school, "amina", "parent", display_name="Amina Benali").user)


@pytest.fixture
def director(school, sign_in):
    client = sign_in(make_member(school, "solange", "director").user)
    prove(client)
    return client


def elected(school, username, parent_list, sign_in):
    membership = make_member(school, username)
    give_hat(membership, "parent", classroom=Classroom.objects.of_school(school).first())
    day = school.today()
    give_mandate(
        membership,
        by=None,
        elected_on=day - datetime.timedelta(days=30),
        until=day + datetime.timedelta(days=200),
        parent_list=parent_list,
    )
    client = sign_in(membership.user)
    prove(client)
    return client


def decide(client, parent_list, answer="yes"):
    return client.post(OWN, {"association": parent_list.key, "answer": answer})


def names_in(answer):
    return [row[0] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")][1:]


def test_nobody_is_on_a_list_without_having_agreed(amina, fcpe, director):
    assert "Amina Benali" not in director.get(LIST).content.decode()
    decide(amina, fcpe)
    assert "Amina Benali" in director.get(LIST).content.decode()
    assert "amina@famille.example" in director.get(LIST).content.decode()


def test_agreeing_is_dated_and_taken_back_at_any_time(amina, fcpe, director):
    decide(amina, fcpe)
    decide(amina, fcpe)
    consent = Consent.objects.get(parent_list=fcpe)
    assert consent.given is not None and consent.revoked is None
    decide(amina, fcpe, "no")
    consent.refresh_from_db()
    assert consent.revoked is not None
    assert "Amina Benali" not in director.get(LIST).content.decode()
    decide(amina, fcpe)
    assert Consent.objects.filter(parent_list=fcpe).count() == 2


def test_a_list_that_is_no_association_asks_for_nothing(amina, school):
    plain = ParentList.objects.create(school=school, name="Liste Indépendante")
    assert "Liste Indépendante" not in amina.get(OWN).content.decode()
    assert decide(amina, plain).status_code == 404
    assert not Consent.objects.filter(parent_list=plain).exists()


def test_the_association_of_another_school_answers_as_what_does_not_exist(amina):
    other = make_school("marie-curie", level="college")
    there = ParentList.objects.create(school=other, name="PEEP Marie-Curie", is_association=True)
    assert decide(amina, there).status_code == amina.post(OWN, {"association": "zzzzzzzz"}).status_code == 404
    assert "PEEP" not in amina.get(OWN).content.decode()


def test_only_parents_are_asked(director, fcpe):
    assert "FCPE" not in director.get(OWN).content.decode()
    assert decide(director, fcpe).status_code == 404


def test_an_elected_parent_reads_the_list_of_their_association_alone(school, fcpe, amina, sign_in):
    peep = ParentList.objects.create(school=school, name="PEEP Jean-Moulin", is_association=True)
    decide(amina, fcpe)
    karim = elected(school, "karim", fcpe, sign_in)
    lea = elected(school, "lea", peep, sign_in)
    assert "Amina Benali" in karim.get(LIST).content.decode()
    assert "Amina Benali" not in lea.get(LIST).content.decode()
    assert names_in(karim.post(f"{LIST}{fcpe.key}/")) == ["Amina Benali"]
    assert lea.post(f"{LIST}{fcpe.key}/").status_code == 403


def test_others_do_not_read_it(school, fcpe, amina, sign_in, visitor):
    decide(amina, fcpe)
    prove(amina)
    assert amina.get(LIST).status_code == 403
    teacher = sign_in(make_member(school, "paul", "teacher").user)
    prove(teacher)
    assert teacher.get(LIST).status_code == 403
    stranger = sign_in(make_member(make_school("marie-curie"), "eve", "director").user)
    prove(stranger)
    assert stranger.get(LIST).status_code == 404
    assert visitor.get(LIST).status_code == 302


def test_an_ended_mandate_takes_the_list_along(school, fcpe, amina, sign_in):
    decide(amina, fcpe)
    karim = elected(school, "karim", fcpe, sign_in)
    assert karim.get(LIST).status_code == 200
    hat = karim.user.memberships.get(school=school).hats.get(kind="elected")
    hat.until = school.today() - datetime.timedelta(days=1)
    hat.save()
    assert karim.get(LIST).status_code == 403


def test_taking_the_list_out_wants_a_proof_is_on_record_and_is_told(fcpe, amina, director):
    decide(amina, fcpe)
    answer = director.post(f"{LIST}{fcpe.key}/")
    assert answer["Content-Disposition"].endswith('fcpe-jean-moulin.csv"')
    line = AuditEntry.objects.get(verb="consents_exported")
    assert line.actor == director.user.key and line.facts == {"list": fcpe.key, "count": 1}
    page = amina.get(OWN).content.decode()
    assert "meta" in page and str(line.at.year) in page
    session = director.session
    del session["fresh_proof"]
    session.save()
    assert "/compte/preuve/" in director.post(f"{LIST}{fcpe.key}/")["Location"]


def test_who_left_or_is_barred_is_on_no_list(school, fcpe):
    amina = make_member(school, "amina", "parent")
    nadia = make_member(school, "nadia", "parent")
    tom = make_member(school, "tom", "parent")
    for membership in (amina, nadia, tom):
        give(membership, fcpe)
    leave(nadia, by=None)
    Restriction.objects.create(membership=tom, decided_on="2026-10-01", reference="coffre")
    assert [consent.membership_id for consent in names_given(fcpe)] == [amina.pk]
    assert take_back(amina, fcpe) and not take_back(amina, fcpe)


def test_whoever_has_no_class_left_to_see_is_on_no_list(school, fcpe):
    """Kept from the only class by a decision, or a parent until yesterday: as if never linked."""
    barred, past, both = (make_member(school, name, "parent") for name in ("tom", "nadia", "amina"))
    give_hat(both, "parent", classroom=school.rooms[1])
    for membership in (barred, past, both):
        give(membership, fcpe)
    for membership in (barred, both):
        Restriction.objects.create(
            membership=membership, classroom=school.rooms[0], decided_on="2026-10-01", reference="coffre"
        )
    yesterday = school.today() - datetime.timedelta(days=1)
    Hat.objects.filter(membership=past).update(since=yesterday, until=yesterday)
    assert [consent.membership_id for consent in names_given(fcpe)] == [both.pk]


def test_names_that_look_like_formulas_are_quoted(school, fcpe, director):
    leo = make_member(school, "leo", "parent")
    type(leo).objects.filter(user=leo.user).update(name="=2+5")
    give(leo, fcpe)
    assert names_in(director.post(f"{LIST}{fcpe.key}/")) == ["'=2+5"]


@pytest.mark.parametrize(("level", "who"), [("elementaire", "DASEN"), ("college", "ablissement")])
def test_the_register_sheet_names_the_controller_and_what_the_code_does(level, who, sign_in):
    school = make_school("ecole", level=level)
    client = sign_in(make_member(school, "solange", "director").user)
    page = client.get("/ecoles/ecole/membres/registre/").content.decode()
    assert who in page or "head of this school" in page
    assert "90" in page and "365" in page
    parent = sign_in(make_member(school, "amina", "parent").user)
    assert parent.get("/ecoles/ecole/membres/registre/").status_code == 403
