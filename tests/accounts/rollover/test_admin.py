"""The changes of year in the admin: read by the direction of that school, changed by nobody there."""

import pytest

from accounts.rollover.actions import pass_year
from accounts.schools.years import current_year
from tests.accounts.rollover.year_of_tests import make_year_end
from tests.factories import make_member

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/rollover/"


@pytest.fixture
def done(settings):
    # The second factor is told elsewhere.
    settings.IS_DEMO = True
    return [_passed(slug) for slug in ("jean-moulin", "marie-curie")]


def _passed(slug: str):
    school = make_year_end(slug)
    make_member(school, f"{slug}-amina", "parent")
    school.rollover = pass_year(school, current_year(school), by=school.director.user).rollover
    return school


def test_the_direction_reads_those_of_its_own_school(done, sign_in):
    school, other = done
    client = sign_in(school.director.user)
    page = client.get(LIST)
    assert f"{LIST}{school.rollover.pk}/change/" in page.content.decode()
    assert f"{LIST}{other.rollover.pk}/change/" not in page.content.decode()
    assert client.get(f"{LIST}{school.rollover.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{other.rollover.pk}/change/").status_code in {302, 404}


def test_nobody_adds_changes_or_deletes_them_there(done, sign_in):
    school, _other = done
    client = sign_in(school.director.user)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{school.rollover.pk}/delete/").status_code == 403
    client.post(f"{LIST}{school.rollover.pk}/change/", {"reverted_0": "2026-11-02", "reverted_1": "10:00"})
    school.rollover.refresh_from_db()
    assert school.rollover.reverted is None


def test_titles_do_not_read_them(done, sign_in):
    school, _other = done
    deputy = make_member(school, "paul", "deputy", rights=["members"])
    assert sign_in(deputy.user).get(LIST).status_code == 403
