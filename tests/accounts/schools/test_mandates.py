"""What the elections gave: its date, its law, and its last midnight at the school itself."""

import datetime

import pytest
import time_machine

from accounts.schools import policy
from accounts.schools.actions import end_hat, give_hat, give_mandate
from accounts.schools.actions.mandates import last_day_of_mandate
from accounts.schools.actions.sheet import add_parent_list
from accounts.schools.errors import (
    CouncilByRight,
    ElectionToCome,
    MandateTooLong,
    MandateWithoutElection,
    NotAParent,
    OtherSchool,
)
from accounts.schools.models import Hat, Mandate
from tests.factories import make_member, make_school, member

pytestmark = pytest.mark.django_db
PROBE = pytest.mark.urls("tests.accounts.schools.probe_urls")
ELECTED_ON = datetime.date(2026, 10, 9)
LAST = datetime.date(2026, 12, 1)


@PROBE
@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Europe/Paris", "2026-12-01T23:00:00Z"),
        ("Indian/Reunion", "2026-12-01T20:00:00Z"),
        ("America/Guadeloupe", "2026-12-02T04:00:00Z"),
        ("Pacific/Tahiti", "2026-12-02T10:00:00Z"),
        ("Pacific/Marquesas", "2026-12-02T09:30:00Z"),
        ("Pacific/Noumea", "2026-12-01T13:00:00Z"),
    ],
)
def test_a_mandate_ends_at_midnight_there_in_an_open_page_too(sign_in, zone, midnight):
    end = datetime.datetime.fromisoformat(midnight)
    with time_machine.travel(end - datetime.timedelta(seconds=1), tick=False) as clock:
        school = make_school(time_zone=zone)
        person = make_member(school, "elsa", "parent")
        give_mandate(person, by=None, elected_on=ELECTED_ON, until=LAST)
        client = sign_in(person.user)
        page = f"/ecoles/{school.slug}/essai/mandat/"
        assert client.get(page).status_code == 200
        assert client.post(page).status_code == 200

        clock.move_to(end)
        # The page is still open: its button is refused, as a new visit is; the parent is still one.
        assert client.post(page).status_code == 403
        assert client.get(page).status_code == 403
        assert client.get(f"/ecoles/{school.slug}/").status_code == 200
        assert policy.is_member(member(person))


def test_no_mandate_without_the_date_of_the_election(moulin):
    with pytest.raises(MandateWithoutElection):
        give_mandate(moulin.amina, by=moulin.director.user, elected_on=None)
    with pytest.raises(ElectionToCome):
        give_mandate(moulin.amina, by=None, elected_on=moulin.school.today() + datetime.timedelta(days=1))
    assert not policy.holds_mandate(member(moulin.amina))
    give_mandate(moulin.amina, by=moulin.director.user, elected_on=ELECTED_ON)
    assert policy.holds_mandate(member(moulin.amina))


def test_the_page_asks_for_the_date_and_keeps_what_was_typed(moulin, sign_in):
    client = sign_in(moulin.director.user)
    page = f"{moulin.url}membres/{moulin.amina.key}/mandat/"
    answer = client.post(page, {"elected_on": "", "title": "suppleant", "until": "2027-06-30"})
    assert answer.status_code == 200
    assert 'value="2027-06-30"' in answer.content.decode()
    assert "error-summary" in answer.content.decode()
    assert Mandate.objects.of_school(moulin.school).filter(hat__membership=moulin.amina).count() == 0
    answer = client.post(page, {"elected_on": "2026-10-09", "title": "suppleant", "until": ""})
    assert answer.status_code == 302
    given = Mandate.objects.of_school(moulin.school).get(hat__membership=moulin.amina)
    assert (given.title, given.hat.until) == ("suppleant", datetime.date(2027, 11, 30))


@pytest.mark.parametrize(
    ("elected_on", "latest"),
    [
        (datetime.date(2026, 10, 9), datetime.date(2027, 11, 30)),
        (datetime.date(2026, 11, 30), datetime.date(2027, 11, 30)),
        (datetime.date(2027, 1, 15), datetime.date(2027, 11, 30)),
        (datetime.date(2026, 8, 31), datetime.date(2026, 11, 30)),
    ],
)
def test_the_law_has_a_last_day(elected_on, latest):
    assert last_day_of_mandate(elected_on) == latest


def test_no_mandate_outlasts_the_law(moulin):
    with pytest.raises(MandateTooLong):
        give_mandate(moulin.amina, by=None, elected_on=ELECTED_ON, until=datetime.date(2027, 12, 1))
    with pytest.raises(MandateTooLong):
        give_mandate(moulin.amina, by=None, elected_on=ELECTED_ON, until=datetime.date(2026, 10, 8))
    give_mandate(moulin.amina, by=None, elected_on=ELECTED_ON, until=datetime.date(2027, 11, 30))


def test_who_sits_by_right_cannot_be_elected(moulin, sign_in):
    give_hat(moulin.teacher, "parent", classroom=moulin.school.rooms[1])
    give_hat(moulin.director, "parent", classroom=moulin.school.rooms[1])
    for one in (moulin.teacher, moulin.director):
        with pytest.raises(CouncilByRight):
            give_mandate(one, by=None, elected_on=ELECTED_ON)
        page = f"{moulin.url}membres/{one.key}/mandat/"
        assert sign_in(moulin.director.user).get(page).status_code == 404
    with pytest.raises(NotAParent):
        give_mandate(moulin.secretary, by=None, elected_on=ELECTED_ON)


def test_an_elected_parent_who_becomes_a_teacher_loses_the_mandate(moulin):
    give_hat(moulin.elected, "teacher", classroom=moulin.school.rooms[1])
    assert not policy.holds_mandate(member(moulin.elected))
    assert member(moulin.elected).classes("parent") == {moulin.school.rooms[0].pk}


def test_newer_results_end_the_older_mandates(moulin):
    with time_machine.travel("2027-10-12T08:00:00Z", tick=False):
        give_mandate(moulin.amina, by=moulin.director.user, elected_on=datetime.date(2027, 10, 8))
        assert policy.holds_mandate(member(moulin.amina))
        assert not policy.holds_mandate(member(moulin.elected))
        # The results of the same election, entered one after another, end nobody's.
        give_mandate(moulin.paul, by=moulin.director.user, elected_on=datetime.date(2027, 10, 8))
        assert policy.holds_mandate(member(moulin.amina))


def test_a_mandate_recorded_twice_is_one_corrected(moulin):
    fcpe = add_parent_list(moulin.school, "FCPE", is_association=True, by=None)
    give_mandate(moulin.elected, by=None, elected_on=ELECTED_ON, parent_list=fcpe)
    assert [row.parent_list for row in member(moulin.elected).mandates] == [fcpe]
    end_hat(Hat.objects.get(membership=moulin.elected, kind="elected"), by=None)
    assert not policy.holds_mandate(member(moulin.elected))
    give_mandate(moulin.elected, by=None, elected_on=ELECTED_ON)
    assert policy.holds_mandate(member(moulin.elected))


def test_a_list_of_another_school_gives_no_mandate(moulin, curie, sign_in):
    theirs = add_parent_list(curie.school, "PEEP", is_association=True, by=None)
    with pytest.raises(OtherSchool):
        give_mandate(moulin.amina, by=None, elected_on=ELECTED_ON, parent_list=theirs)
    page = f"{moulin.url}membres/{moulin.amina.key}/mandat/"
    data = {"elected_on": "2026-10-09", "title": "titulaire", "parent_list": theirs.pk}
    answer = sign_in(moulin.director.user).post(page, data)
    assert answer.status_code == 200
    assert "PEEP" not in answer.content.decode()
    assert not policy.holds_mandate(member(moulin.amina))
