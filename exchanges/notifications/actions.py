"""Tell a person something on their pages, take it back, keep how far they have read, and what they chose."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from accounts.schools.models import School
from exchanges.notifications.models import Notice, Preference, ReadMark

# A title as the person reads it, or a function that says it, asked in their language.
Title = str | Callable[[], str]


def notify(
    person: Any,
    kind: str,
    obj: object,
    *,
    address: str,
    title: Title,
    school: School | None = None,
    now: datetime.datetime | None = None,
) -> None:
    """Tell `person` one thing, once for (kind, obj): told again, it is renewed and unread.

    `obj` is the feature's own key of what it is about. A title names things, never quotes a text.
    """
    with translation.override(person.language):
        words = str(title() if callable(title) else title)
    notice = Notice(
        person=person,
        school=school,
        kind=kind,
        object=str(obj),
        address=address,
        title=_short(words),
        at=now or timezone.now(),
    )
    Notice.objects.bulk_create(
        [notice],
        update_conflicts=True,
        unique_fields=["person", "kind", "object"],
        update_fields=["school", "address", "title", "at", "read"],
    )


def withdraw(kind: str, obj: object, *, person: Any = None) -> int:
    """Tell it no more, to anybody or to one person: what it spoke of is hidden, gone or no longer theirs."""
    told = Notice.objects.filter(kind=kind, object=str(obj))
    return (told.filter(person=person) if person else told).delete()[0]


def read_notice(person: Any, kind: str, obj: object, now: datetime.datetime | None = None) -> bool:
    """Note that the person saw the page of which they were told; return whether that was news."""
    unseen = Notice.objects.filter(person=person, kind=kind, object=str(obj), read__isnull=True)
    return bool(unseen.update(read=now or timezone.now()))


def unread(person: Any) -> QuerySet[Notice]:
    """What the person was told and has not seen yet, the latest first."""
    return Notice.objects.filter(person=person, read__isnull=True)


def mark_read(person: Any, kind: str, object_id: int, up_to: int, now: datetime.datetime) -> None:
    """Move the person's mark on one thing forward to `up_to`; never back, in one statement.

    Call it only where `marks_of` says less: on SQLite a statement that changes nothing takes its turn too.
    """
    fields = (ReadMark._meta.get_field(name) for name in ("person", "kind", "object", "up_to", "at"))
    columns = [cast(models.Field, field).column or "" for field in fields]
    values = (person.pk, kind, object_id, up_to, connection.ops.adapt_datetimefield_value(now))
    with connection.cursor() as cursor:
        cursor.execute(_upsert(*columns), values)


def _upsert(person: str, kind: str, obj: str, up_to: str, at: str) -> str:
    """SQL that both engines know; Django's own upsert has no condition."""
    table = ReadMark._meta.db_table
    return (
        f'INSERT INTO "{table}" ("{person}", "{kind}", "{obj}", "{up_to}", "{at}")'  # noqa: S608 - our columns
        " VALUES (%s, %s, %s, %s, %s)"
        f' ON CONFLICT ("{person}", "{kind}", "{obj}") DO UPDATE'
        f' SET "{up_to}" = excluded."{up_to}", "{at}" = excluded."{at}"'
        f' WHERE "{table}"."{up_to}" < excluded."{up_to}"'
    )


def marks_of(person: Any, kind: str, ids: Iterable[int]) -> dict[int, int]:
    """Return how far the person has read each of `ids`; those without a mark are absent."""
    rows = ReadMark.objects.filter(person=person, kind=kind, object__in=list(ids))
    return dict(rows.values_list("object", "up_to"))


@transaction.atomic
def forget_old(now: datetime.datetime) -> int:
    """Forget marks and notices 90 days after (RULES §2): what is older counts as read."""
    before = now - ReadMark.LIFE
    gone = ReadMark.objects.filter(at__lt=before).delete()[0]
    return gone + Notice.objects.filter(at__lt=before).delete()[0]


@transaction.atomic
def forget_person(user: Any) -> None:
    """Forget all that was told to a person, read or chosen by them."""
    for rows in (Notice.objects, ReadMark.objects, Preference.objects):
        rows.filter(person=user).delete()


def preference_of(user: Any) -> Preference:
    """Return what the person chose to receive; the usual, unsaved, if they never chose."""
    return Preference.objects.filter(person=user).first() or Preference(person=user)


def choose(user: Any, values: Mapping[str, Any]) -> Preference:
    """Store what the person chose to receive."""
    return Preference.objects.update_or_create(person=user, defaults=dict(values))[0]


def _short(words: str) -> str:
    most = Notice._meta.get_field("title").max_length or 0
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
