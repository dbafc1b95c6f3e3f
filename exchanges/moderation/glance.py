"""A page of what waits for whoever runs groups: all of it by reference, only what is shown with its text.

Two questions, written once. `queue.items_for_facilitator` reads the same whole, to act on any of it.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.discussions.actions.names import written_by
from exchanges.discussions.models import Post
from exchanges.groups.models import Group, JoinRequest
from exchanges.moderation import targets
from exchanges.moderation.gathering import BEFORE, JUDGED, MOST, readings
from exchanges.moderation.items import Item, by_urgency, finish
from exchanges.moderation.models import Case, Decision, Ground, Report, SecondReading
from exchanges.moderation.waiting import is_overdue
from foundation.prepared import Prepared

READING = "reading"
# Things of a page; a telephone shows two or three at once.
PAGE = 10
# After what is judged: of a message without a number the next of its discussion.
_UPTO = Coalesce("number", F("topic__last_number") + 1)


class Waiting(NamedTuple):
    """One report, held message, request or second reading that is open, as the database tells it."""

    kind: str
    key: str
    group: int
    since: datetime.datetime
    danger: bool
    # The message: its id, its discussion, the number after those before it.
    post: int | None
    topic: int | None
    upto: int | None
    # Of a report: its own time, who, why; of a request: who asks.
    at: datetime.datetime
    pk: int
    person: int | None
    code: str
    words: str
    hidden: datetime.datetime | None


@dataclass
class Glance:
    """What one page shows, and how much waits in all."""

    items: list[Item]
    page: Page
    total: int


def page_of(member: Member, groups: Sequence[Group], number: Any, now: datetime.datetime) -> Glance:
    """Show `member` a page of what waits in `groups`, which they run."""
    by_id = {group.pk: group for group in groups}
    rows = [Waiting(*row) for row in _WAITING.rows(groups=list(by_id))] if by_id else []
    found = _items([row for row in rows if row.kind != READING], by_id, member, now)
    places = {id(item): row for item, row in found}
    items = [item for item, _row in found]
    if any(row.kind == READING for row in rows):
        asked = Q(group__in=list(by_id), reader=SecondReading.Reader.FACILITATOR)
        items += readings(asked, [member])
    page = Paginator(sorted(items, key=by_urgency), PAGE).get_page(number)
    shown: list[Item] = list(page.object_list)
    own = _read([(item, places[id(item)]) for item in shown if id(item) in places], by_id, member)
    return Glance(finish(shown, member, own), page, len(items))


def _items(
    rows: list[Waiting], groups: dict[int, Group], member: Member, now: datetime.datetime
) -> list[tuple[Item, Waiting]]:
    """An item for each thing, as `gathering` orders them: cases, messages, requests; the oldest first."""
    kinds: dict[str, dict[tuple[int, str], list[Waiting]]] = {kind: {} for kind in _KINDS}
    for row in sorted(rows, key=lambda row: (row.since, row.at, row.pk)):
        kinds[row.kind].setdefault((row.group, row.key), []).append(row)
    found = []
    for kind, things in kinds.items():
        for said in list(things.values())[: None if kind == targets.CASE else MOST]:
            item = _item(said, groups[said[0].group], member)
            item.is_overdue = is_overdue(member.school, item.since, now)
            found.append((item, said[0]))
    return found


def _item(said: list[Waiting], group: Group, member: Member) -> Item:
    first = said[0]
    kind, key = first.kind, first.key
    item = Item(kind, key, member.school, group, first.since, hat=Decision.As.FACILITATOR, shows_text=True)
    if kind == targets.REQUEST:
        who = Membership(pk=first.person, school=member.school, name=first.words, key=key)
        item.request = JoinRequest(pk=first.pk, group=group, membership=who, at=first.since)
        item.key = targets.request_key(item.request)
    elif kind == targets.CASE:
        item.case = Case(key=key, group=group, opened=first.since, hidden=first.hidden)
        item.is_danger = item.is_escalated = first.danger
        item.grounds = list(dict.fromkeys(str(Ground(row.code).label) for row in said))
        item.said = [row.words for row in said if row.words]
        item.reporters = frozenset(row.person for row in said if row.person)
    return item


# What is shown --------------------------------------------------------------------------------------------


def _read(shown: list[tuple[Item, Waiting]], groups: dict[int, Group], member: Member) -> set[int]:
    """Give each its message, files and those before; return ids of what this person wrote without a name."""
    wanted = [row for _item, row in shown if row.post]
    if not wanted:
        return set()
    before = {row.post: [(row.upto or 0) - step for step in range(BEFORE, 0, -1)] for row in wanted}
    rows = _POSTS.rows(
        posts=[row.post for row in wanted],
        topics=sorted({row.topic for row in wanted if row.topic}),
        numbers=sorted({number for numbers in before.values() for number in numbers}),
        person=member.membership.pk if member.membership else 0,
    )
    # A row for each of its files.
    posts = {post.pk: post for post in reversed(rows)}
    files: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for post in rows:
        if post.file_key:
            files[post.pk].append((post.file_key, post.file_name))
    placed = {(post.topic_id, post.number): post for post in posts.values() if _is_shown(post)}
    for item, row in shown:
        if row.post:
            item.post = posts[row.post]
            item.post.topic.group = groups[row.group]
            item.files = files[row.post]
            item.before = [
                placed[row.topic, number] for number in before[row.post] if (row.topic, number) in placed
            ]
    return {post.pk for post in posts.values() if post.is_own}


def _is_shown(post: Post) -> bool:
    return post.state == Post.State.VISIBLE


# Asked at every visit: Django takes longer to write these than a database to answer. -----------------------


def _waiting(groups: list[int]) -> QuerySet[Any, Any]:
    asked = [_reports(groups), _held(groups), _requests(groups), _readings(groups)]
    return asked[0].union(*asked[1:], all=True)


def _reports(groups: list[int]) -> QuerySet[Report, Any]:
    """Each report of an open case, the message of which is not gone."""
    judged = Post.objects.unscoped().filter(key=OuterRef("case__object"), state__in=JUDGED).order_by()
    rows = Report.objects.filter(case__group__in=groups, case__state=Case.State.OPEN)
    rows = rows.annotate(
        post=Subquery(judged.values("pk")[:1]),
        topic=Subquery(judged.values("topic")[:1]),
        upto=Subquery(judged.annotate(upto=_UPTO).values("upto")[:1]),
    ).filter(post__isnull=False)
    return rows.order_by().values_list(
        _word(targets.CASE), "case__key", "case__group_id", "case__opened", "case__is_danger", "post",
        "topic", "upto", "at", "pk", "reporter_id", "ground", "words", "case__hidden",
    )  # fmt: skip


def _held(groups: list[int]) -> QuerySet[Post, Any]:
    """Each message that waits to be read, unless it was reported."""
    reported = Case.objects.open().filter(kind=targets.POST, object=OuterRef("key"), group__in=groups)
    rows = Post.objects.filter(~Exists(reported), topic__group__in=groups, state=Post.State.HELD)
    return rows.order_by().values_list(
        _word(targets.HELD), "key", "topic__group_id", "created", _no(), "pk", "topic_id", _UPTO,
        "created", "pk", _none(IntegerField()), _word(""), _word(""), _none(DateTimeField()),
    )  # fmt: skip


def _requests(groups: list[int]) -> QuerySet[JoinRequest, Any]:
    rows = JoinRequest.objects.filter(group__in=groups, outcome="")
    return rows.order_by().values_list(
        _word(targets.REQUEST), "membership__key", "group_id", "at", _no(), _none(IntegerField()),
        _none(IntegerField()), _none(IntegerField()), "at", "pk", "membership_id", _word(""),
        "membership__name", _none(DateTimeField()),
    )  # fmt: skip


def _readings(groups: list[int]) -> QuerySet[SecondReading, Any]:
    """That there are some: who may answer is asked of each."""
    rows = SecondReading.objects.filter(group__in=groups, outcome="", reader=SecondReading.Reader.FACILITATOR)
    return rows.order_by().values_list(
        _word(READING), _word(""), "group_id", "asked", _no(), _none(IntegerField()),
        _none(IntegerField()), _none(IntegerField()), "asked", "pk", _none(IntegerField()), _word(""),
        _word(""), _none(DateTimeField()),
    )  # fmt: skip


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


def _no() -> Value:
    return Value(value=False, output_field=BooleanField())


def _none(kind: Any) -> Value:
    return Value(None, output_field=kind)


def _posts(posts: list[int], topics: list[int], numbers: list[int], person: int) -> QuerySet[Post]:
    """Messages by id and at these places; told groups or states too, SQLite reads through all of those."""
    rows = Post.objects.unscoped().filter(Q(pk__in=posts) | Q(topic__in=topics, number__in=numbers))
    rows = rows.annotate(
        is_own=written_by(person), file_key=F("attachments__key"), file_name=F("attachments__name")
    )
    return rows.select_related("topic", "author__user").only(*_READ).order_by("number", "attachments")


_KINDS = (targets.CASE, targets.HELD, targets.REQUEST)
_READ = (
    "key", "number", "author_hat", "is_anonymous", "text", "html", "state", "created", "has_files",
    "topic__key", "topic__title", "topic__last_number", "topic__is_visible", "topic__group_id",
    "author__key", "author__name", "author__user__key",
)  # fmt: skip
_WAITING = Prepared(_waiting, groups=list)
_POSTS = Prepared(_posts, posts=list, topics=list, numbers=list, person=int)
