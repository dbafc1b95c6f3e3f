"""Telling a person something, and keeping how far they have read."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from exchanges.notifications.actions import (
    choose,
    forget_old,
    mark_read,
    marks_of,
    notify,
    preference_of,
    read_notice,
    unread,
    withdraw,
)
from exchanges.notifications.models import Notice, Preference, ReadMark
from tests.factories import UserFactory

NOW = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def lucie(db):
    return UserFactory(username="lucie")


def tell(person, obj="abc", title="Votre message vous revient", **values):
    notify(person, "returned", obj, address="/ecoles/x/", title=title, **values)


def test_told_twice_is_one_notice_renewed_and_unread(lucie):
    tell(lucie, now=NOW)
    assert read_notice(lucie, "returned", "abc")
    assert not read_notice(lucie, "returned", "abc"), "seen twice is seen once"
    assert not unread(lucie).exists()

    tell(lucie, title="Encore", now=NOW + DAY)

    (again,) = unread(lucie)
    assert (again.title, again.at) == ("Encore", NOW + DAY)
    assert Notice.objects.count() == 1


def test_a_title_is_said_in_the_language_of_who_reads_it(lucie):
    lucie.language = "fr"
    tell(lucie, title=lambda: str(gettext_lazy("Save")))
    assert unread(lucie).get().title == "Enregistrer"


def test_a_title_too_long_for_its_place_is_cut(lucie):
    tell(lucie, title="é" * 300)
    assert unread(lucie).get().title == "é" * 199 + "…"


def test_what_is_taken_back_from_one_stays_told_to_another(lucie):
    bilal = UserFactory(username="bilal")
    for person in (lucie, bilal):
        tell(person)
        tell(person, "other")

    withdraw("returned", "abc", person=lucie)
    assert [notice.object for notice in unread(lucie)] == ["other"]
    assert unread(bilal).count() == 2

    withdraw("returned", "abc")
    assert [notice.object for notice in unread(bilal)] == ["other"]


def test_a_mark_only_moves_forward(lucie, django_assert_num_queries):
    with django_assert_num_queries(1):
        mark_read(lucie, "topic", 7, 3, NOW)
    mark_read(lucie, "topic", 7, 5, NOW + DAY)
    mark_read(lucie, "topic", 7, 4, NOW + 2 * DAY)

    assert marks_of(lucie, "topic", [7, 8]) == {7: 5}
    assert ReadMark.objects.get().at == NOW + DAY, "what did not move keeps its day"
    mark_read(UserFactory(), "topic", 7, 9, NOW)
    assert marks_of(lucie, "topic", [7]) == {7: 5}, "a mark is one person’s"


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_leave_one_mark_at_the_farthest():
    lucie = UserFactory(username="lucie")

    def read(number):
        try:
            mark_read(lucie, "topic", 7, number, timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(read, [3, 9, 1, 7, 5, 8, 2, 6]))
    assert marks_of(lucie, "topic", [7]) == {7: 9}
    assert ReadMark.objects.count() == 1


def test_marks_and_notices_go_after_ninety_days_and_not_before(lucie):
    for number, age in ((1, 91), (2, 89)):
        mark_read(lucie, "topic", number, 1, NOW - age * DAY)
        tell(lucie, str(number), now=NOW - age * DAY)

    forget_old(NOW)

    assert marks_of(lucie, "topic", [1, 2]) == {2: 1}
    assert [notice.object for notice in unread(lucie)] == ["2"]


def test_who_chose_nothing_has_the_usual_and_no_row(lucie):
    assert preference_of(lucie).rhythm == Preference.Rhythm.WEEKLY
    assert not Preference.objects.exists()

    choose(lucie, {"rhythm": "none"})
    choose(lucie, {"simple_first": True})

    assert (preference_of(lucie).rhythm, preference_of(lucie).simple_first) == ("none", True)
