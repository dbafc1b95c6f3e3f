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
    When,
)
from django.db.models import Case as Case_
from django.db.models.functions import Coalesce

from accounts.audit.merged import keys_of
from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.discussions.actions.names import name_behind, written_by
from exchanges.discussions.models import Post
from exchanges.groups.models import Group, JoinRequest
from exchanges.moderation import targets
from exchanges.moderation.asked_again import READING, asked_again
from exchanges.moderation.gathering import BEFORE, JUDGED, MOST, ON_READING
from exchanges.moderation.items import Item, finish
from exchanges.moderation.models import Case, Decision, Ground, Report, SecondReading
from exchanges.moderation.parties import is_named
from exchanges.moderation.waiting import is_overdue
from foundation.prepared import Prepared

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
    # Of a report since when the message is hidden, of a second reading when it was decided.
    moment: datetime.datetime | None
    # Of a second reading: what was decided, under which hat; by whom, where that may be an account brought
    # into one's own; what the message says.
    verb: str
    hat: str
    actor: str
    text: str


@dataclass
class Glance:
    """What one page shows, and how much waits in all."""

    items: list[Item]
    page: Page
    total: int


def page_of(member: Member, groups: Sequence[Group], number: Any, now: datetime.datetime) -> Glance:
    """Show `member` a page of what waits in `groups`, which they run."""
    by_id = {group.pk: group for group in groups}
    things = sorted(_things(_rows(list(by_id), member)), key=_urgency)
    page = Paginator(things, PAGE).get_page(number)
    shown = [(_item(said, by_id[said[0].group], member, now), said[0]) for said in page.object_list]
    own = _read(shown, by_id, member)
    return Glance(finish([item for item, _row in shown], member, own), page, len(things))


def _rows(groups: list[int], member: Member) -> list[Waiting]:
    """All that is open in these groups, without the second readings that are not for this person."""
    own = member.membership
    if not groups or own is None:
        return []
    key = own.user.key
    found = _WAITING.rows(groups=groups, school=member.school.pk, own=own.pk, key=key)
    rows = [Waiting(*row) for row in found]
    return [row for row in rows if row.kind != READING or not _is_barred(row, own.name, key)]


def _is_barred(reading: Waiting, name: str, key: str) -> bool:
    """What the database does not know: whether one is named there, or decided by an account now one's own."""
    return is_named(name, reading.text) or (bool(reading.actor) and reading.actor in keys_of(key))


def _things(rows: list[Waiting]) -> list[list[Waiting]]:
    """The rows of each thing, as `gathering` orders them: cases, messages, requests; the oldest first."""
    kinds: dict[str, dict[tuple[int, str], list[Waiting]]] = {kind: {} for kind in _KINDS}
    for row in sorted(rows, key=lambda row: (row.since, row.at, row.pk)):
        kinds[row.kind].setdefault((row.group, row.key), []).append(row)
    found: list[list[Waiting]] = []
    for kind, things in kinds.items():
        found += list(things.values())[: None if kind == targets.CASE else MOST]
    return found


def _urgency(said: list[Waiting]) -> tuple[bool, datetime.datetime]:
    """As `items.by_urgency`, of what is not an item yet."""
    return not said[0].danger, said[0].since


def _item(said: list[Waiting], group: Group, member: Member, now: datetime.datetime) -> Item:
    first = said[0]
    kind, key = first.kind, first.key
    item = Item(kind, key, member.school, group, first.since, hat=Decision.As.FACILITATOR, shows_text=True)
    item.is_overdue = kind != READING and is_overdue(member.school, item.since, now)
    if kind == targets.REQUEST:
        who = Membership(pk=first.person, school=member.school, name=first.words, key=key)
        item.request = JoinRequest(pk=first.pk, group=group, membership=who, at=first.since)
        item.key = targets.request_key(item.request)
    elif kind == targets.CASE:
        item.case = Case(key=key, group=group, opened=first.since, hidden=first.moment)
        item.is_danger = item.is_escalated = first.danger
        item.grounds = list(dict.fromkeys(str(Ground(row.code).label) for row in said))
        item.said = [row.words for row in said if row.words]
        item.reporters = frozenset(row.person for row in said if row.person)
    elif kind == READING:
        _say_what_is_read(item, first)
    return item


def _say_what_is_read(item: Item, row: Waiting) -> None:
    shared = {"school": item.school, "group": item.group}
    item.reading = SecondReading(pk=row.pk, decision=int(row.key), asked=row.since, words=row.words, **shared)
    item.decision = Decision(number=int(row.key), school=item.school, verb=row.verb, hat=row.hat)
    item.decision.ground, item.decision.at = row.code, row.moment or row.since
    item.grounds = [str(Ground(row.code).label)] if row.code else []
    item.said = [row.words] if row.words else []
    item.decisions = ON_READING


# What is shown --------------------------------------------------------------------------------------------


def _read(shown: list[tuple[Item, Waiting]], groups: dict[int, Group], member: Member) -> set[int]:
    """Give each its message, files and those before; return ids of what this person wrote without a name."""
    wanted = [row for _item, row in shown if row.post]
    if not wanted:
        return set()
    before = {
        row.post: [row.upto - step for step in range(BEFORE, 0, -1)] if row.upto else [] for row in wanted
    }
    rows = _POSTS.rows(
        posts=[row.post for row in wanted],
        topics=sorted({row.topic for row in wanted if row.topic}),
        numbers=sorted({number for numbers in before.values() for number in numbers}),
        person=member.membership.pk if member.membership else 0,
        key=member.membership.user.key if member.membership else "",
        school=member.school.pk,
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
            item.opened_name = posts[row.post].opened_name or ""
            item.before = [
                placed[row.topic, number] for number in before[row.post] if (row.topic, number) in placed
            ]
    return {post.pk for post in posts.values() if post.is_own}


def _is_shown(post: Post) -> bool:
    return post.state == Post.State.VISIBLE


# Asked at every visit: Django takes longer to write these than a database to answer. -----------------------


def _waiting(groups: list[int], school: int, own: int, key: str) -> QuerySet[Any, Any]:
    asked = [_reports(groups), _held(groups), _requests(groups), asked_again(groups, school, own, key)]
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
        "topic", "upto", "at", "pk", "reporter_id", "ground", "words", "case__hidden", *_no_reading(),
    )  # fmt: skip


def _held(groups: list[int]) -> QuerySet[Post, Any]:
    """Each message that waits to be read, unless it was reported."""
    reported = Case.objects.open().filter(kind=targets.POST, object=OuterRef("key"), group__in=groups)
    rows = Post.objects.filter(~Exists(reported), topic__group__in=groups, state=Post.State.HELD)
    return rows.order_by().values_list(
        _word(targets.HELD), "key", "topic__group_id", "created", _no(), "pk", "topic_id", _UPTO, "created",
        "pk", _none(IntegerField()), _word(""), _word(""), _none(DateTimeField()), *_no_reading(),
    )  # fmt: skip


def _requests(groups: list[int]) -> QuerySet[JoinRequest, Any]:
    rows = JoinRequest.objects.filter(group__in=groups, outcome="")
    return rows.order_by().values_list(
        _word(targets.REQUEST), "membership__key", "group_id", "at", _no(), _none(IntegerField()),
        _none(IntegerField()), _none(IntegerField()), "at", "pk", "membership_id", _word(""),
        "membership__name", _none(DateTimeField()), *_no_reading(),
    )  # fmt: skip


def _no_reading() -> list[Value]:
    return [_word("") for _field in ("verb", "hat", "actor", "text")]


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


def _no() -> Value:
    return Value(value=False, output_field=BooleanField())


def _none(kind: Any) -> Value:
    return Value(None, output_field=kind)


def _posts(
    posts: list[int], topics: list[int], numbers: list[int], person: int, key: str, school: int
) -> QuerySet[Post]:
    """Messages by id and at these places; told groups or states too, SQLite reads through all of those."""
    rows = Post.objects.unscoped().filter(Q(pk__in=posts) | Q(topic__in=topics, number__in=numbers))
    opened = Decision.objects.filter(
        school=school, kind=targets.POST, object=OuterRef("key"), verb=Decision.Verb.OPEN_NAME, actor=key
    )
    rows = rows.annotate(
        account=Coalesce("author__user__key", Value("")),
        is_own=written_by(person),
        opened_name=Case_(When(Exists(opened), then=name_behind()), default=Value("")),
        file_key=F("attachments__key"),
        file_name=F("attachments__name"),
    )
    return rows.select_related("topic", "author").only(*_READ).order_by("number", "attachments")


_KINDS = (targets.CASE, targets.HELD, targets.REQUEST, READING)
_READ = (
    "key", "number", "author_hat", "is_anonymous", "text", "html", "state", "created", "has_files",
    "topic__key", "topic__title", "topic__last_number", "topic__is_visible", "topic__group_id",
    "author__key", "author__name",
)  # fmt: skip
_WAITING = Prepared(_waiting, groups=list, school=int, own=int, key=str)
_POSTS = Prepared(_posts, posts=list, topics=list, numbers=list, person=int, key=str, school=int)
