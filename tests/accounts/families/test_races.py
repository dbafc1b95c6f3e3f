"""Several at once: an import is done once, and nobody else who writes meanwhile is refused."""

import threading

import pytest
from django.db import OperationalError, connection

from accounts.families.actions import confirm_import, preview_import
from accounts.families.errors import PlanGone
from accounts.families.models import ImportPlan
from accounts.invitations.models import Invitation
from foundation.limits.models import LimitCount
from tests.accounts.families.lists import as_bytes, onde, parent
from tests.at_once import at_once
from tests.factories import make_member, make_school

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school():
    return make_school(classes=("CP A", "CE2"))


def plan_of(school, by, count, first="Ada"):
    people = [parent("NOM" + _letters(n), first, "CP A", email=f"p{n}@famille.example") for n in range(count)]
    return preview_import(school, as_bytes(onde(*people)), by=by, hat="parent")


def _letters(number: int) -> str:
    return "".join(chr(65 + int(digit)) for digit in str(number))


def test_one_preview_confirmed_by_two_clicks_at_once_is_done_once(school):
    by = make_member(school, "helene", "director").user
    plan = plan_of(school, by, 60)
    twin = ImportPlan.objects.unscoped().select_related("school").get()
    raised = at_once(*(lambda p=p: confirm_import(p, by=by, answers={}, classes=[]) for p in (plan, twin)))
    assert [type(error) for error in raised if error] == [PlanGone]
    assert Invitation.objects.of_school(school).count() == 60


def test_two_people_who_import_the_same_file_at_once_await_each_adult_once(school):
    both = [make_member(school, name, "director").user for name in ("helene", "karim")]
    plans = [plan_of(school, by, 60) for by in both]
    raised = at_once(
        *(
            lambda p=plan, b=by: confirm_import(p, by=b, answers={}, classes=[])
            for plan, by in zip(plans, both, strict=True)
        )
    )
    assert raised == [None, None]
    assert Invitation.objects.of_school(school).count() == 60


def test_whoever_writes_during_a_large_import_is_served(school):
    by = make_member(school, "helene", "director").user
    plan = plan_of(school, by, 8_000)
    over = threading.Event()
    written = []

    def write():
        number = 0
        while not over.is_set():
            LimitCount.objects.create(key=f"k{number}", count=1, ends=school.opened)
            written.append(number)
            number += 1

    def do():
        try:
            confirm_import(plan, by=by, answers={}, classes=[])
        finally:
            over.set()

    assert at_once(do, write) == [None, None]
    assert Invitation.objects.of_school(school).count() == 8_000
    assert LimitCount.objects.count() == len(written)
    assert len(written) > 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="rows, not the file, are locked elsewhere")
def test_the_same_writer_is_refused_where_nobody_waits(school, monkeypatch):
    """The twin: with no patience, the writer beside an import meets a locked file."""
    by = make_member(school, "helene", "director").user
    plan = plan_of(school, by, 8_000)
    over = threading.Event()

    def write():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
        number = 0
        while not over.is_set():
            LimitCount.objects.create(key=f"k{number}", count=1, ends=school.opened)
            number += 1

    def do():
        try:
            confirm_import(plan, by=by, answers={}, classes=[])
        finally:
            over.set()

    raised = at_once(do, write)
    assert raised[0] is None
    assert isinstance(raised[1], OperationalError)


def test_a_failure_in_the_middle_leaves_all_as_it_was(school, monkeypatch):
    by = make_member(school, "helene", "director").user
    plan = preview_import(
        school, as_bytes(onde(parent("A", "B", "CP A", "CM1"), parent("C", "D", "CP A"))), by=by, hat="parent"
    )

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("accounts.families.actions.confirming._link", fail)
    with pytest.raises(RuntimeError):
        confirm_import(plan, by=by, answers={}, classes=["cm1"])
    assert not Invitation.objects.of_school(school).exists()
    assert not school.classrooms.filter(name="CM1", school=school).exists()
    assert ImportPlan.objects.unscoped().exists()
    monkeypatch.undo()
    assert confirm_import(plan, by=by, answers={}, classes=["cm1"])["new"] == 2
