"""Add a row to a school's log, and find the first that somebody changed, took away or added (RULES §4)."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.schools.models import School
from exchanges.moderation.models import Decision, LogHead

# What the hash covers, in this order: all that a row says.
COVERED = (
    "school_id", "number", "kind", "object", "case", "group", "verb", "ground",
    "actor", "hat", "about", "was", "until", "reverses", "at",
)  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """The first row that is not as it was written, and in which way: "changed", "missing" or "added"."""

    school: School
    number: int
    how: str


def lock(school: School) -> LogHead:
    """Take a school's log until the transaction ends: decisions and reports of one school stand in line.

    The first lock of every act of moderation, so that two acts never wait for each other.
    """
    LogHead.objects.get_or_create(school=school)
    return LogHead.objects.select_for_update(of=("self",)).get(school=school)


@transaction.atomic
def append(school: School, verb: str, *, at: datetime.datetime, **said: Any) -> Decision:
    """Add a row: `kind` and `object`, `actor` (an account's key) and `hat`, and what else a row holds."""
    head = lock(school)
    row = Decision(school=school, number=head.count + 1, verb=verb, at=at, before=head.hash, **said)
    row.hash = hash_of(row)
    row.save()
    LogHead.objects.filter(school=school).update(count=row.number, hash=row.hash)
    return row


def hash_of(row: Decision) -> str:
    """SHA-256 of what a row says and of the hash of the row before."""
    said = [_plain(getattr(row, name)) for name in COVERED]
    text = json.dumps([*said, row.before], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check(school: School) -> Broken | None:
    """Return the first row that is not as it was written, None if all are."""
    head = LogHead.objects.filter(school=school).first() or LogHead(school=school)
    before, expected = "", 1
    for row in _rows(school):
        if row.number < expected or row.number > head.count:
            return Broken(school, row.number, "added")
        if row.number > expected:
            return Broken(school, expected, "missing")
        if row.before != before or row.hash != hash_of(row):
            return Broken(school, row.number, "changed")
        before, expected = row.hash, expected + 1
    if expected <= head.count:
        return Broken(school, expected, "missing")
    return None if before == head.hash else Broken(school, head.count, "changed")


def end_of(school: School) -> tuple[int, str]:
    """How many rows a school's log has and the last hash: written down elsewhere, they prove it later."""
    head = LogHead.objects.filter(school=school).first()
    return (head.count, head.hash) if head else (0, "")


def schools_with_rows() -> QuerySet[School]:
    """Schools whose log is not empty; also those whose rows somebody took away, or gave without a head."""
    known = LogHead.objects.values("school")
    written = Decision.objects.unscoped().order_by().values("school")
    return School.objects.filter(Q(pk__in=known) | Q(pk__in=written))


def _rows(school: School) -> Iterator[Decision]:
    yield from Decision.objects.of_school(school).order_by("number").iterator(chunk_size=2000)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return value
