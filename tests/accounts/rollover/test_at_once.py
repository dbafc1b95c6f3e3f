"""Two people press the button at the same moment: the year changes once, and comes back once."""

import threading

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from accounts.models import Hat, Rollover
from accounts.rollover.actions import pass_year, undo_year
from accounts.rollover.errors import RolloverError
from accounts.schools.years import current_year
from tests.accounts.rollover.year_of_tests import make_year_end
from tests.factories import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]


def at_once(act, times: int = 4) -> list[str]:
    """Run `act` in so many threads that start together; return the outcome of each."""
    start, outcomes = threading.Barrier(times), []

    def run() -> None:
        try:
            start.wait()
            act()
            outcomes.append("done")
        except RolloverError as error:
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.fixture
def school(db):
    school = make_year_end()
    school.amina = make_member(school, "amina", "parent")
    return school


def test_the_year_changes_once_and_comes_back_once(school):
    year, director = current_year(school), school.director.user
    assert at_once(lambda: pass_year(school, year, by=director)) == ["AlreadyPassed"] * 3 + ["done"]
    assert Rollover.objects.of_school(school).count() == 1
    assert Hat.objects.filter(membership=school.amina, classroom__year=school.year).count() == 1
    rollover = Rollover.objects.of_school(school).get()
    assert at_once(lambda: undo_year(rollover, by=director)) == ["AlreadyUndone"] * 3 + ["done"]
    assert Hat.objects.filter(membership=school.amina, classroom__year=school.year).count() == 0


def test_without_the_lock_the_constraint_still_lets_one_pass(school, monkeypatch):
    """On PostgreSQL; on SQLite a transaction that writes is alone from its first word."""
    if connection.vendor != "postgresql":
        pytest.skip("writers stand in line on SQLite")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    year, director = current_year(school), school.director.user
    outcomes = at_once(lambda: pass_year(school, year, by=director))
    assert outcomes.count("done") == 1
    assert Hat.objects.filter(membership=school.amina, classroom__year=school.year).count() == 1
