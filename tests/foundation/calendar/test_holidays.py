"""Holidays of zones that no package knows: a table of the host, read again within ten minutes."""

import datetime

import pytest
import time_machine

from accounts.schools.actions.sheet import save_sheet
from foundation.calendar import Calendar, forget, known_until
from foundation.calendar.models import HolidayPeriod
from tests.factories import make_member, make_school, person_with_role

pytestmark = pytest.mark.django_db
CORSICA = Calendar("Europe/Paris", "corse")
NOW = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
FEBRUARY = datetime.date(2027, 2, 17)
LIST = "/admin/foundation/holidayperiod/"
PERIOD = {"zone": "corse", "name": "Vacances d’hiver", "first": "2027-02-13", "last": "2027-02-28"}


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def curator(sign_in, settings):
    settings.IS_DEMO = True  # no second factor is asked
    return sign_in(person_with_role("claire", "curator"))


def test_an_empty_table_means_no_holidays():
    assert CORSICA.is_mail_day(FEBRUARY)
    assert known_until("corse", FEBRUARY) is None
    assert not Calendar("Europe/Paris", "A").is_mail_day(FEBRUARY)


def test_a_curator_enters_holidays_that_count_at_once(curator):
    assert CORSICA.is_mail_day(FEBRUARY)
    answer = curator.post(f"{LIST}add/", PERIOD, follow=True)
    assert "Vacances d’hiver" in answer.content.decode()
    assert not CORSICA.is_mail_day(FEBRUARY)
    assert known_until("corse", FEBRUARY) == datetime.date(2027, 2, 28)

    curator.post(f"{LIST}{HolidayPeriod.objects.get().pk}/delete/", {"post": "yes"})
    assert CORSICA.is_mail_day(FEBRUARY)


def test_days_in_the_wrong_order_are_refused_in_words(curator):
    answer = curator.post(f"{LIST}add/", PERIOD | {"last": "2027-02-01"})
    assert answer.status_code == 200
    assert "errors" in answer.context
    assert not HolidayPeriod.objects.exists()


def test_zones_that_a_package_knows_are_not_offered(curator):
    answer = curator.post(f"{LIST}add/", PERIOD | {"zone": "A"})
    assert answer.status_code == 200
    assert not HolidayPeriod.objects.exists()


@pytest.mark.parametrize("role", ["director", "parent"])
def test_nobody_of_a_school_writes_there(sign_in, settings, role):
    settings.IS_DEMO = True  # no second factor is asked
    client = sign_in(make_member(make_school(), "quelqu-un", role).user)
    assert client.post(f"{LIST}add/", PERIOD).status_code == 403
    assert not HolidayPeriod.objects.exists()


def test_what_another_process_wrote_counts_within_ten_minutes(django_assert_num_queries):
    with time_machine.travel(NOW, tick=False) as clock:
        assert CORSICA.is_mail_day(FEBRUARY)
        HolidayPeriod.objects.create(zone="corse", name="Hiver", first="2027-02-13", last="2027-02-28")
        with django_assert_num_queries(0):
            assert CORSICA.is_mail_day(FEBRUARY)
        clock.shift(600)
        assert not CORSICA.is_mail_day(FEBRUARY)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", "Aucune zone de vacances n’est dite"),
        ("corse", "les vacances ne sont pas encore saisies"),
        ("A", "aucun e-mail ne part pendant les vacances"),
    ],
)
def test_the_schools_settings_say_what_is_known_of_its_holidays(sign_in, settings, zone, words):
    settings.IS_DEMO = True
    school = make_school()
    director = make_member(school, "helene", "director").user
    save_sheet(school, {"holiday_zone": zone}, by=director)
    page = sign_in(director).get("/ecoles/jean-moulin/reglages/").content.decode()
    assert words in page
