"""On PostgreSQL with two roles, the one that runs the portal adds decisions, and changes or deletes none."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from exchanges.models import Decision
from exchanges.moderation import log
from tests.exchanges.moderation.world import Verb, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]
ROLE = "preau_runs"
TABLE = Decision._meta.db_table


@pytest.fixture
def world(transactional_db) -> World:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER")
    world = World()
    world.report(world.bilal)
    world.decide(world.nora, Verb.HIDE)
    yield world
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")
        cursor.execute("DROP FUNCTION IF EXISTS refuse_change_of_decisions CASCADE")


HARMS = [
    f"UPDATE {TABLE} SET verb = 'keep'",
    f"DELETE FROM {TABLE}",
    f"TRUNCATE {TABLE}",
    f"DROP TABLE {TABLE}",
    f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
    f"GRANT UPDATE ON {TABLE} TO {ROLE}; UPDATE {TABLE} SET verb = 'keep'",
]


def run(statement: str) -> None:
    """Execute over a connection of its own, signed in as the role that runs."""
    runs = connection.copy()
    runs.settings_dict["USER"] = ROLE
    try:
        with runs.cursor() as cursor:
            cursor.execute(statement)
    finally:
        runs.close()


@pytest.mark.parametrize("harm", HARMS)
def test_the_running_role_is_refused(world, harm):
    call_command("protect_log", ROLE, stdout=io.StringIO())
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        run(harm)
    assert log.check(world.school) is None


def test_given_the_privilege_by_mistake_it_is_refused_all_the_same(world):
    call_command("protect_log", ROLE, stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE, TRUNCATE ON {TABLE} TO {ROLE}")
    for harm in HARMS[:3]:
        with pytest.raises(DatabaseError, match="neither changed nor deleted"):
            run(harm)
    assert log.check(world.school) is None


def test_before_it_the_same_statements_pass(world):
    """The twin: with the rights that a role has of old, the row is changed, and check_log names it."""
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
    run(HARMS[0])
    assert log.check(world.school).how == "changed"


def test_the_running_role_goes_on_deciding(world):
    call_command("protect_log", ROLE, stdout=io.StringIO())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        world.report(world.chloe)
        world.decide(world.nora, Verb.KEEP)
    assert Decision.objects.of_school(world.school).count() == 2
    assert log.check(world.school) is None


@pytest.mark.parametrize("role", ["nobody_here", "preau"])
def test_a_role_that_is_not_there_or_owns_the_tables_is_refused(world, role):
    with pytest.raises(CommandError):
        call_command("protect_log", role, stdout=io.StringIO())
