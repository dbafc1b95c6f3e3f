"""Reach says how many, in multiples of 5, once a week; never who (RULES §6, Statistics)."""

import datetime

import pytest
from django.urls import reverse

from accounts.people.models import User
from accounts.reach.actions import monday_of, reach_of, refresh_due
from accounts.reach.models import ReachWeek
from accounts.reach.rounding import in_words, rounded_down, rounded_up
from accounts.schools.models import Membership, Restriction
from tests.accounts.invitations.papers import awaited, text
from tests.factories import UserFactory, make_member, make_school

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SINCE = datetime.date(2026, 9, 1)


@pytest.fixture
def school():
    return make_school()


def fill(school, room, by_mail=0, without=0, prefer_paper=0):
    """Let people into a class; return their memberships."""
    made = []
    for number in range(by_mail + without + prefer_paper):
        user = UserFactory(email=None) if by_mail <= number < by_mail + without else UserFactory()
        if number >= by_mail + without:
            User.objects.filter(pk=user.pk).update(prefers_paper=True)
        membership = make_member(school, user.username, "parent", user=user, rooms=[room])
        membership.hats.all().update(since=SINCE)
        made.append(membership)
    return made


def row(school, number=0, now=MONDAY):
    return {key: reach_of(school, now).classes[number][key] for key in ("joined", "mail", "paper", "copies")}


def test_counts_go_down_and_copies_go_up(school):
    fill(school, school.rooms[0], by_mail=13, without=3, prefer_paper=3)
    for number in range(2):
        awaited(school, f"Nom {number}")
    assert row(school) == {"joined": 15, "mail": 10, "paper": 5, "copies": 10}


def test_a_total_is_the_sum_of_what_is_shown(school):
    fill(school, school.rooms[0], by_mail=9)
    fill(school, school.rooms[1], by_mail=9)
    assert reach_of(school, MONDAY).totals["joined"] == 10


def test_an_adult_of_two_classes_counts_once_in_each(school):
    for membership in fill(school, school.rooms[0], by_mail=5):
        make_member(school, "", "parent", user=membership.user, rooms=school.rooms[1:])
        membership.hats.all().update(since=SINCE)
    assert (row(school)["joined"], row(school, 1)["joined"]) == (5, 5)


def test_a_parent_who_is_also_a_close_relation_counts_once(school):
    for membership in fill(school, school.rooms[0], by_mail=4):
        make_member(school, "", "proche", user=membership.user, rooms=school.rooms[:1])
        membership.hats.all().update(since=SINCE)
    assert row(school)["joined"] == 0


def test_whoever_waits_has_left_or_teaches_is_not_counted(school):
    people = fill(school, school.rooms[0], by_mail=5)
    assert row(school)["joined"] == 5
    ReachWeek.objects.of_school(school).delete()
    Membership.objects.of_school(school).filter(pk=people[0].pk).update(state="pending")
    make_member(school, "paul", "teacher")
    assert row(school)["joined"] == 0


def test_a_restricted_adult_is_as_if_never_linked(school):
    people = fill(school, school.rooms[0], by_mail=5)
    decided = {"decided_on": datetime.date(2026, 10, 1), "reference": "coffre"}
    Restriction.objects.create(membership=people[0], classroom=school.rooms[0], **decided)
    assert row(school)["joined"] == 0


def test_figures_change_on_mondays_only(school):
    fill(school, school.rooms[0], by_mail=5)
    assert row(school)["joined"] == 5
    fill(school, school.rooms[0], by_mail=10)
    assert row(school, now=MONDAY + 6 * DAY)["joined"] == 5
    assert row(school, now=MONDAY + 7 * DAY)["joined"] == 15
    assert ReachWeek.objects.of_school(school).count() == 1


def test_the_clock_makes_the_week_of_open_schools_once(school):
    make_school("fermee", is_open=False)
    assert (refresh_due(MONDAY), refresh_due(MONDAY)) == (1, 0)


def test_the_week_begins_at_midnight_at_the_school():
    school = make_school("papeete", time_zone="Pacific/Tahiti")
    # Monday in France is still Sunday there.
    assert reach_of(school, MONDAY).monday == datetime.date(2026, 11, 16)


def test_no_exact_count_is_kept(school):
    fill(school, school.rooms[0], by_mail=7, without=4)
    reach_of(school, MONDAY)
    kept = ReachWeek.objects.of_school(school).get().classes[0]
    assert all(value % 5 == 0 for value in kept.values() if isinstance(value, int))


@pytest.mark.parametrize(("count", "down", "up"), [(0, 0, 0), (1, 0, 5), (4, 0, 5), (5, 5, 5), (14, 10, 15)])
def test_rounding(count, down, up):
    assert (rounded_down(count), rounded_up(count)) == (down, up)


def test_four_and_none_are_said_alike():
    assert in_words(rounded_down(0)) == in_words(rounded_down(4))
    assert "25" in in_words(rounded_down(29))


def test_the_page_names_nobody(school, sign_in):
    director = sign_in(make_member(school, "helene", "director").user)
    fill(school, school.rooms[0], by_mail=6)
    awaited(school)
    shown = text(director.get(reverse("reach", args=[school.slug])))
    assert school.rooms[0].name in shown
    assert "Haddad" not in shown
    assert "Personne" not in shown


def test_an_interim_without_the_members_reads_figures_but_no_names(school, sign_in):
    interim = sign_in(make_member(school, "ines", "interim", rights=["documents"]).user)
    assert interim.get(reverse("reach", args=[school.slug])).status_code == 200
    assert interim.get(reverse("not_joined", args=[school.slug])).status_code == 403


def test_the_week_of_a_day():
    assert monday_of(datetime.date(2026, 11, 29)) == datetime.date(2026, 11, 23)
    assert monday_of(datetime.date(2026, 11, 23)) == datetime.date(2026, 11, 23)


def test_a_known_week_costs_eight_queries(school, sign_in, django_assert_max_num_queries):
    director = sign_in(make_member(school, "helene", "director").user)
    address = reverse("reach", args=[school.slug])
    director.get(address)
    with django_assert_max_num_queries(8):
        director.get(address)
