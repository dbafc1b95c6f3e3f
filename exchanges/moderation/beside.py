"""What the log tells beside things that wait: what one decided of late, records of authors, names opened.

One question for all of it.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from accounts.people.models import User
from accounts.schools.models import Membership, School
from exchanges.discussions.models import Post
from exchanges.groups.models import Group
from exchanges.moderation import policy, targets
from exchanges.moderation.items import Item, account_of
from exchanges.moderation.models import Decision, SecondReading
from foundation.prepared import Prepared

Verb = Decision.Verb
As = Decision.As
# How long one's own decisions are listed, to be taken back, and how many; how long an author's count.
UNDONE_WITHIN = datetime.timedelta(days=7)
LAST = 5
A_YEAR = datetime.timedelta(days=365)
RECORD = (Verb.RETURN, Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN, *policy.ON_PERSON)


@dataclass
class Beside:
    """`records` by (school, key of the author's account); `opened` holds keys of messages.

    `shown`: (object, case) of the texts that were opened to this person; of the time of these things only.
    """

    last: list[Decision]
    records: Counter[tuple[int, str]]
    opened: frozenset[str]
    shown: frozenset[tuple[str, str]]


def beside(
    user: User,
    schools: Iterable[School],
    runs: Mapping[str, int] | None,
    items: Sequence[Item],
    now: datetime.datetime,
) -> Beside:
    """Ask the log for `user`: of the groups they run (key → id), or with None for the direction. 1 query."""
    by_id = {school.pk: school for school in schools}
    posts = [item.post for item in items if item.shows_text and item.post is not None]
    week, year = now - UNDONE_WITHIN, now - A_YEAR
    groups: dict[str, Any] = {} if runs is None else {"groups": [*runs.values()] or [0]}
    rows = _log(runs is not None).rows(
        schools=list(by_id),
        actor=user.key,
        authors=sorted({post.author_id for post in posts if post.author_id}) or [0],
        unnamed=[post.pk for post in posts if post.is_anonymous] or [0],
        week=week,
        year=year,
        waiting=min((_opened_from(item) for item in items if item.needs_opening), default=now),
        **groups,
    )
    authors = {account_of(post) for post in posts if post.author_id is not None}
    undone = {(row.school_id, row.reverses) for row in rows if row.reverses and row.at >= week}
    mine, records, opened = [], [], set()
    for row in rows:
        row.school = by_id[row.school_id]
        theirs = row.hat != As.FACILITATOR if runs is None else row.group in runs
        if row.actor == user.key and row.verb == Verb.OPEN_NAME:
            opened.add(row.object)
        if row.about in authors and row.verb in RECORD and theirs:
            records.append((row.school_id, row.about))
        if row.actor == user.key and row.at >= week and (runs is None or theirs):
            mine.append(row)
    last = [row for row in mine if row.verb not in policy.FINAL and (row.school_id, row.number) not in undone]
    shown = {(row.object, row.case) for row in rows if (row.actor, row.verb) == (user.key, Verb.OPEN_TEXT)}
    return Beside(last[:LAST], Counter(records), frozenset(opened), frozenset(shown))


def _opened_from(item: Item) -> datetime.datetime:
    """Since when its text may have been opened: what is read a second time also before it was decided."""
    return item.since - (2 * SecondReading.ASKED_WITHIN if item.reading is not None else datetime.timedelta())


@cache
def _log(of_groups: bool) -> Prepared:
    """Written once: of the groups one runs, or of whole schools."""
    kinds: dict[str, type] = {"schools": list, "actor": str, "authors": list, "unnamed": list}
    kinds |= {"week": datetime.datetime, "year": datetime.datetime, "waiting": datetime.datetime}
    return Prepared(_rows, **kinds, **({"groups": list} if of_groups else {}))


def _rows(
    schools: list[int],
    actor: str,
    authors: list[int],
    unnamed: list[int],
    week: datetime.datetime,
    year: datetime.datetime,
    waiting: datetime.datetime,
    groups: list[int] | None = None,
) -> QuerySet[Decision]:
    """The latest first."""
    within = Q()
    if groups is not None:
        within = Q(group__in=Group.objects.filter(pk__in=groups).order_by().values("key"))
    people = Membership.objects.filter(pk__in=authors, school__in=schools).order_by().values("user__key")
    asked = Post.objects.filter(pk__in=unnamed, topic__group__school__in=schools).order_by().values("key")
    found = within & Q(actor=actor, at__gte=week)
    found |= Q(reverses__isnull=False, at__gte=week)
    found |= within & Q(about__in=people, verb__in=RECORD, at__gte=year)
    found |= Q(actor=actor, verb=Verb.OPEN_NAME, kind=targets.POST, object__in=asked)
    found |= Q(actor=actor, verb=Verb.OPEN_TEXT, at__gte=waiting)
    return Decision.objects.filter(found, school__in=schools).order_by("-at", "-pk")
