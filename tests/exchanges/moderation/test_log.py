"""The log of decisions: nothing of Django changes it, and what plain SQL does to it is named."""

import io
import json

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from accounts.models import User
from exchanges.models import Decision, JudgedText, LogHead, Post
from exchanges.moderation import due, log
from exchanges.moderation.actions import undo
from exchanges.moderation.models.log import LogIsKept
from portal.privacy.actions import erase_account
from tests.exchanges.moderation.world import DAY, NOW, Verb, World
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    """Three rows: two messages hidden, one of them shown again."""
    world = World()
    other = world.post_of(world.chloe)
    for post in (world.post, other):
        world.report(world.bilal, post)
        made = world.decide(world.nora, Verb.HIDE, post)
    undo(member(world.karim), made, now=NOW)
    return world


def rows():
    return Decision.objects.unscoped()


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=Decision._meta.db_table), values)


def test_rows_are_numbered_and_chained(world):
    found = list(rows().order_by("number"))
    assert [row.number for row in found] == [1, 2, 3]
    assert [row.before for row in found] == ["", found[0].hash, found[1].hash]
    assert log.check(world.school) is None
    assert log.end_of(world.school) == (3, found[2].hash)


def test_a_row_holds_no_name_and_no_text(world):
    said = json.dumps(list(rows().values()), default=str).casefold()
    for secret in ("nora", "amina", "bilal", "piscine", "vendredi", "@"):
        assert secret not in said
    assert world.nora.user.key in said


CHANGES = {
    "save": lambda row: row.save(),
    "save some": lambda row: row.save(update_fields=["verb"]),
    "save by force": lambda row: row.save(force_update=True),
    "save a copy": lambda row: Decision(pk=row.pk, school=row.school, number=9, at=row.at).save(),
    "save raw": lambda row: models.Model.save(row),
    "save base": lambda row: row.save_base(raw=True),
    "load": lambda row: next(serializers.deserialize("json", serializers.serialize("json", [row]))).save(),
    "delete": lambda row: row.delete(),
    "update": lambda row: rows().update(verb="keep"),
    "delete all": lambda row: rows().delete(),
    "bulk update": lambda row: rows().bulk_update([row], ["verb"]),
    "upsert": lambda row: rows().bulk_create([row], ignore_conflicts=True),
    "update or create": lambda row: rows().update_or_create(pk=row.pk, defaults={"verb": "keep"}),
    "base manager": lambda row: Decision._base_manager.all().unscoped().update(verb="keep"),
    "base manager, delete": lambda row: Decision._base_manager.all().unscoped().delete(),
    "default manager": lambda row: Decision._default_manager.all().unscoped().update(verb="keep"),
    "inner delete": lambda row: rows()._raw_delete("default"),
    "with its school": lambda row: row.school.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_of_django_changes_or_deletes_a_row(world, change):
    row = rows().get(number=1)
    row.verb = "keep"
    with pytest.raises((LogIsKept, models.ProtectedError)), transaction.atomic():
        CHANGES[change](row)
    assert rows().count() == 3
    assert rows().get(number=1).verb == Verb.HIDE


# By plain SQL, which nothing but the database itself refuses ---------------------------------------------


def change_one(number):
    sql("UPDATE {table} SET verb = 'keep' WHERE number = %s", number)


def change_hash_too(number):
    """Somebody who knows how it is counted, but not that the next row and the end hold it as well."""
    row = rows().get(number=number)
    row.verb = "keep"
    sql("UPDATE {table} SET verb = 'keep', hash = %s WHERE number = %s", log.hash_of(row), number)


def take_away(number):
    sql("DELETE FROM {table} WHERE number = %s", number)


def add(number):
    """A copy of the first row under another number, with the hash it would have."""
    row = rows().get(number=1)
    row.number, row.before = number, rows().get(number=3).hash
    columns = [field.column for field in Decision._meta.concrete_fields if field.name != "id"]
    named = ", ".join(f'"{name}"' for name in columns)
    given = ", ".join("%s" if name in ("number", "before", "hash") else f'"{name}"' for name in columns)
    values = {"number": number, "before": row.before, "hash": log.hash_of(row)}
    ordered = [values[name] for name in columns if name in values]
    sql(f"INSERT INTO {{table}} ({named}) SELECT {given} FROM {{table}} WHERE number = 1", *ordered)


@pytest.mark.parametrize(
    ("harm", "number", "named", "how"),
    [
        (change_one, 1, 1, "changed"),
        (change_one, 3, 3, "changed"),
        (change_hash_too, 2, 3, "changed"),
        (change_hash_too, 3, 3, "changed"),
        (take_away, 1, 1, "missing"),
        (take_away, 2, 2, "missing"),
        (take_away, 3, 3, "missing"),
        (add, 4, 4, "added"),
        (add, 0, 0, "added"),
    ],
)
def test_what_plain_sql_did_is_named(world, harm, number, named, how):
    harm(number)
    broken = log.check(world.school)
    assert (broken.number, broken.how) == (named, how)
    told = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_log", stdout=io.StringIO(), stderr=told)
    assert told.getvalue().startswith(world.school.slug)
    assert str(named) in told.getvalue()


def test_rows_given_to_a_school_without_a_log_are_named(world):
    sql("DELETE FROM {table}")
    LogHead.objects.all().delete()
    assert log.check(world.school) is None
    world.report(world.chloe)
    world.decide(world.nora, Verb.KEEP)
    LogHead.objects.all().delete()
    assert log.check(world.school).how == "added"


def test_a_log_that_is_whole_is_told_by_its_end(world):
    said = io.StringIO()
    call_command("check_log", stdout=said)
    assert said.getvalue().split() == ["jean-moulin", "3", rows().get(number=3).hash]


# What lies apart, and who goes ---------------------------------------------------------------------------


def test_the_text_judged_goes_thirty_days_after_the_last_decision(world):
    assert set(JudgedText.objects.of_school(world.school).values_list("text", flat=True)) == {
        "Qui accompagne vendredi ?",
        "Merci à tous.",
    }
    due.forget_texts(NOW + 30 * DAY - DAY / 24)
    assert JudgedText.objects.of_school(world.school).count() == 2
    due.forget_texts(NOW + 30 * DAY)
    assert JudgedText.objects.of_school(world.school).count() == 0


@pytest.mark.parametrize("keeps", [True, False])
def test_erasing_its_people_changes_no_row(world, keeps):
    before = list(rows().order_by("number").values())
    for who in (world.amina, world.bilal, world.nora):
        erase_account(who.user, keep_contributions=keeps)
    assert list(rows().order_by("number").values()) == before
    assert log.check(world.school) is None
    assert JudgedText.objects.filter(school=world.school, object=world.post.key).exists() is keeps
    assert not User.objects.filter(username="amina").exists()
    assert Post.objects.of_school(world.school).filter(author__isnull=True).exists()
