"""A change of year archives the groups of classes and puts the others to sleep; its undoing is exact."""

import pytest

from accounts.rollover.errors import RolloverError
from accounts.schools.years import current_year
from exchanges.groups import actions
from exchanges.groups.models import Group, GroupMember, YearEnd
from portal.years import pass_year, undo_year
from tests.accounts.rollover.year_of_tests import make_year_end
from tests.accounts.rollover.year_of_tests import photograph as photograph_of_accounts
from tests.factories import make_group, make_member, member

pytestmark = pytest.mark.django_db


def photograph():
    rows = {
        model: list(model._base_manager.order_by("pk").values()) for model in (Group, GroupMember, YearEnd)
    }
    return photograph_of_accounts(), rows


@pytest.fixture
def school(db):
    made = make_year_end()
    made.amina = make_member(made, "amina", "parent", rooms=made.rooms[:1])
    made.made = {
        "open": make_group(made.amina, name="École"),
        "sleeping": make_group(made.amina, name="Dort", state="sleeping"),
        "of_class": make_group(made.amina, name="Du CP", classroom=made.rooms[0]),
        "asleep_of_class": make_group(made.amina, name="CP dort", classroom=made.rooms[0], state="sleeping"),
        "archived": make_group(made.amina, name="Vieux", classroom=made.rooms[0], state="archived"),
    }
    values = {"name": "À prendre", "purpose": "x", "charter": "y", "classroom": made.rooms[0]}
    made.made["suggested"] = actions.suggest_group(member(made.director), values)
    return made


def states(school):
    found = dict(Group.objects.of_school(school).values_list("pk", "state"))
    return {name: found[group.pk] for name, group in school.made.items()}


def test_what_was_of_a_class_is_archived_and_read_the_rest_sleeps_and_all_comes_back(school):
    before = photograph()
    by = school.director.user
    passage = pass_year(school, current_year(school), by=by)
    assert states(school) == {
        "open": "sleeping",
        "sleeping": "sleeping",
        "of_class": "archived",
        "asleep_of_class": "archived",
        "archived": "archived",
        "suggested": "archived",
    }
    read = Group.objects.readable_by(member(school.amina)).filter(pk=school.made["of_class"].pk)
    assert read.exists()
    undo_year(passage.rollover, by=by)
    assert photograph() == before
    # And again.
    undo_year(pass_year(school, current_year(school), by=by).rollover, by=by)
    assert photograph() == before


def test_a_group_that_somebody_woke_since_stays_awake(school):
    passage = pass_year(school, current_year(school), by=school.director.user)
    group = school.made["sleeping"]
    actions.wake(member(school.amina), group)
    actions.wake(member(school.amina), school.made["open"])
    undo_year(passage.rollover, by=school.director.user)
    assert states(school)["open"] == states(school)["sleeping"] == "open"


def test_an_undoing_that_is_refused_changes_no_group(school):
    passage = pass_year(school, current_year(school), by=school.director.user)
    undo_year(passage.rollover, by=school.director.user)
    passage = pass_year(school, current_year(school), by=school.director.user)
    before = photograph()
    passage.rollover.reverted = passage.rollover.done
    passage.rollover.save()
    with pytest.raises(RolloverError):
        undo_year(passage.rollover, by=school.director.user)
    assert photograph()[1] == before[1]


def test_the_page_of_the_school_does_both(school, sign_in):
    from django.urls import reverse

    client = sign_in(school.director.user)
    page = client.get(reverse("rollover_preview", args=[school.slug]))
    mark = page.context["plan"].mark
    client.post(page.request["PATH_INFO"], {"year": current_year(school).name, "mark": mark})
    assert states(school)["open"] == "sleeping"
    client.post(reverse("rollover_undo", args=[school.slug]))
    assert states(school)["open"] == "open"
