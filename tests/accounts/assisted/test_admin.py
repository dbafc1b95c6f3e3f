"""What was typed for others, in the admin: read by *members* of that school, changed by nobody there."""

import pytest

from accounts.assisted.actions import record_class, record_preference
from tests.factories import make_member, make_school, member

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/assistedentry/"


@pytest.fixture
def typed(settings):
    # The second factor is told elsewhere.
    settings.IS_DEMO = True
    return [_typed(slug) for slug in ("jean-moulin", "marie-curie")]


def _typed(slug: str):
    school = make_school(slug)
    school.keeper = make_member(school, f"{slug}-zoe", "secretary", rights=["members"])
    school.helper = make_member(school, f"{slug}-ines", "helper")
    amina = make_member(school, f"{slug}-amina", "parent")
    record_preference(member(school.helper), amina, "present", language="ar")
    school.entry = record_class(member(school.helper), amina, school.rooms[1], "paper")
    return school


def test_members_read_those_of_their_own_school(typed, sign_in):
    school, other = typed
    client = sign_in(school.keeper.user)
    page = client.get(LIST).content.decode()
    assert f"{LIST}{school.entry.pk}/change/" in page
    assert "marie-curie" not in page.lower()
    assert client.get(f"{LIST}{school.entry.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{other.entry.pk}/change/").status_code in {302, 404}


def test_nobody_adds_changes_or_deletes_them_there(typed, sign_in):
    school, _other = typed
    client = sign_in(school.keeper.user)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{school.entry.pk}/delete/").status_code == 403
    client.post(f"{LIST}{school.entry.pk}/change/", {"waits": ""})
    school.entry.refresh_from_db()
    assert school.entry.waits


def test_a_helper_is_no_staff(typed, sign_in):
    school, _other = typed
    assert sign_in(school.helper.user).get(LIST).status_code in {302, 403}


def test_a_list_costs_few_queries(typed, sign_in, django_assert_max_num_queries):
    school, _other = typed
    for number in range(8):
        person = make_member(school, f"personne{number}", "parent")
        record_preference(member(school.helper), person, "present", language="ar")
    client = sign_in(school.keeper.user)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)
