"""What was said of next year goes once the year it was said in is over."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import NextClass, SchoolYear
from accounts.rollover.actions import LEAVES, place
from accounts.rollover.privacy import forget_old
from tests.accounts.rollover.year_of_tests import make_year_end
from tests.factories import make_member

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def school(db):
    """Two parents have said it: one goes to a class, the other leaves."""
    school = make_year_end()
    room = school.rooms[0]
    for name, target in (("amina", school.next[1]), ("sonia", LEAVES)):
        parent = make_member(school, name, "parent", rooms=[room])
        place(parent, "parent", room, target, by=parent.user)
    return school


def forget_on(day: datetime.date) -> None:
    noon = datetime.datetime.combine(day, datetime.time(12), timezone.get_current_timezone())
    forget_old(noon)


def test_it_stays_to_the_last_day_of_the_year(school):
    forget_on(SchoolYear.objects.get(school=school, is_current=True).ends)
    assert NextClass.objects.of_school(school).count() == 2


def test_then_it_goes_who_leaves_too(school):
    forget_on(SchoolYear.objects.get(school=school, is_current=True).ends + DAY)
    assert not NextClass.objects.of_school(school).exists()
