"""What a page of a group or a discussion asks of the database: as many queries whatever its size."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.http import Http404
from django.utils import timezone

from exchanges.discussions.actions import names
from exchanges.discussions.models import Follow, Post, Thanks, Topic
from exchanges.discussions.place import Place
from exchanges.groups import policy
from exchanges.groups.models import Fold, GroupMember
from exchanges.notifications.models import ReadMark
from foundation.prepared import Prepared
from resources.catalogue.models import Resource

MARK = "topic"
TOPICS_A_PAGE = 20
# Days on which mail goes count.
UNANSWERED = datetime.timedelta(days=2)
ASKED_LATELY = datetime.timedelta(days=30)
MOST_LEFT = 5
MOST_OWN = 20
QUOTED = 240
# What is still its author's to see, and not yet or no longer others'.
OWN_STATES = (Post.State.HELD, Post.State.RETURNED, Post.State.REWRITE)


class Message(NamedTuple):
    """A message as its page shows it, without its raw text; from `mine_unnamed` on, what the query adds.

    A row and no Post: Django takes 0.7 ms to build twenty, with their authors.
    """

    pk: int
    key: str
    number: int | None
    author_id: int | None
    author_hat: str
    is_anonymous: bool
    html: str
    quotes: int | None
    state: str
    created: datetime.datetime
    shown: datetime.datetime | None
    edited: datetime.datetime | None
    decision: int | None
    has_files: bool
    client_key: str
    mine_unnamed: bool
    thanked: bool
    folded: bool
    runs: bool
    quoted_text: str | None
    quoted_name: str | None
    quoted_unnamed: bool | None
    quoted_folded: bool
    author_name: str | None


class Listed(NamedTuple):
    """A discussion as the page of its group lists it; `mark`: up to where the reader has read."""

    pk: int
    key: str
    kind: str
    title: str
    hides_title: bool
    is_anonymous: bool
    author_name: str | None
    state: str
    paused_until: datetime.datetime | None
    pinned: datetime.datetime | None
    last_number: int
    created: datetime.datetime
    active: datetime.datetime
    mark: int | None
    listed: int


@dataclass(frozen=True)
class TopicPage:
    """Discussions of one page; those that are pinned stand first on the first.

    `left`: ids of the questions that nobody answered, for whoever runs the group.
    """

    topics: list[Listed]
    left: frozenset[int]
    number: int
    total: int


def topics_page(place: Place, number: int) -> TopicPage:
    """1 query. Raises Http404 past the last page.

    Whoever runs the group sees first the questions that nobody answered for two school days (JOURNEYS §3).
    """
    now = timezone.now()
    runs = number == 1 and policy.can_facilitate(place.member, place.group)
    values: dict[str, Any] = {}
    if runs:
        before = place.member.school.calendar.counted_before(now, UNANSWERED)
        values = {"before": before, "since": now - ASKED_LATELY}
    found = _topics_of(number, runs).rows(group=place.group.pk, user=place.person.user_id, **values)
    rows = [Listed._make(row) for row in found]
    left = frozenset(row.pk for row in rows if runs and is_left(row, before))
    pinned: list[Any] = sorted((row for row in rows if row.pinned), key=_pinned, reverse=True)
    others = sorted(
        (row for row in rows if not row.pinned),
        key=lambda row: (row.pk in left, row.active, row.pk),
        reverse=True,
    )
    if number > 1 and not others:
        raise Http404
    total = number
    if len(others) > TOPICS_A_PAGE:
        total = -(-rows[0].listed // TOPICS_A_PAGE)
    more = sum(row.pk in left for row in others)
    return TopicPage([*pinned, *others[: TOPICS_A_PAGE + more]], left, number, total)


def is_left(topic: Listed, before: datetime.datetime) -> bool:
    """A question that nobody answered since `before`."""
    asked = topic.kind == Topic.Kind.QUESTION and topic.state == Topic.State.OPEN
    return asked and topic.last_number == 1 and topic.created <= before


def _pinned(topic: Any) -> datetime.datetime:
    pinned: datetime.datetime = topic.pinned
    return pinned


def own_waiting(place: Place) -> list[Any]:
    """What the person wrote here and others do not see yet, the latest first. 1 query."""
    rows = _OWN_WAITING.rows(person=place.person.pk)
    return [post for post in rows if post.topic.group_id == place.group.pk][:MOST_OWN]


def topic_of(place: Place, tkey: str) -> Any:
    """A discussion, with what the person is in it. Raises Http404."""
    me = place.person
    for found in _TOPIC.rows(group=place.group.pk, key=tkey, person=me.pk, user=me.user_id):
        found.group = place.group
        return found
    raise Http404


def pages_of(topic: Topic) -> int:
    return max(1, -(-topic.last_number // Post.PAGE))


def posts_page(place: Place, topic: Any, page: int) -> list[Message]:
    """The messages of a page by their numbers, the answer wherever it stands, and the person's own that wait.

    1 query; 2 where something of theirs waits.
    """
    first = (page - 1) * Post.PAGE + 1
    numbers = [*range(first, first + Post.PAGE), topic.solution or first]
    rows = _POSTS.rows(topic=topic.pk, group=place.group.pk, person=place.person.pk, numbers=numbers)
    if topic.own_waits:
        mine = Q(author=place.person) | Q(mine_unnamed=True)
        every = _posts(topic.pk, place.group.pk, place.person.pk)
        waiting = every.filter(mine, number__isnull=True, state__in=OWN_STATES)
        rows += waiting.order_by("created", "pk")
    return [Message._make(row) for row in rows]


def post_of(place: Place, pkey: str) -> Any:
    """A message of the group by its key, with what the person is to it. Raises Http404."""
    rows = Post.objects.of_group(place.group).select_related("topic", "author")
    found = rows.annotate(mine_unnamed=names.written_by(place.person)).filter(key=pkey).first()
    if found is None:
        raise Http404
    found.topic.group = place.group
    return found


def read_before(place: Place, now: datetime.datetime | None = None) -> datetime.datetime:
    """What is older counts as read: than one's joining, than 90 days (RULES §2)."""
    seat = place.group.seat
    oldest = (now or timezone.now()) - ReadMark.LIFE
    return max(seat.joined, oldest) if seat else oldest


# The questions of every visit, written once: Django takes longer to write them than a database to answer.


def _mark(user: int) -> Subquery:
    marks = ReadMark.objects.filter(person=user, kind=MARK, object=OuterRef("pk"))
    return Subquery(marks.values("up_to")[:1])


@lru_cache(maxsize=32)
def _topics_of(page: int, runs: bool) -> Prepared:
    """Those of a page and one more; of the first, the pinned ones too, and those left without an answer."""
    start = (page - 1) * TOPICS_A_PAGE

    def rows(
        group: int, user: int, before: datetime.datetime | None = None, since: datetime.datetime | None = None
    ) -> QuerySet[Topic, Any]:
        shown = Topic.objects.filter(group=group).shown()
        listed = shown.filter(pinned__isnull=True)
        latest = listed.order_by("-active", "-pk").values("pk")[start : start + TOPICS_A_PAGE + 1]
        counted = listed.order_by().values("group").annotate(topics=Count("pk")).values("topics")
        on_page = Q(pk__in=latest)
        if page == 1:
            on_page |= Q(pk__in=shown.filter(pinned__isnull=False).order_by().values("pk"))
        if runs:
            asked = shown.filter(kind=Topic.Kind.QUESTION, state=Topic.State.OPEN, last_number=1)
            left = asked.filter(created__lte=before, created__gte=since).order_by("-created")
            on_page |= Q(pk__in=left.values("pk")[:MOST_LEFT])
        # By id alone: a database that may choose reads every discussion of the group instead.
        found = Topic.objects.filter(on_page).annotate(
            author_name=F("author__name"), mark=_mark(user), listed=Subquery(counted)
        )
        return found.values_list(*Listed._fields)

    if runs:
        return Prepared(rows, group=int, user=int, before=datetime.datetime, since=datetime.datetime)
    return Prepared(rows, group=int, user=int)


def _own_waiting(person: int) -> QuerySet[Post]:
    """Of all their groups: told one, SQLite reads every message there."""
    named = Post.objects.filter(author=person, state__in=OWN_STATES).order_by().values("pk")
    mine = Q(pk__in=named) | Q(pk__in=names.written_without_name(person))
    rows = Post.objects.filter(mine, state__in=OWN_STATES)
    return rows.select_related("topic").order_by("-created", "-pk")


def _topic(group: int, key: str, person: int, user: int) -> QuerySet[Topic]:
    follows = Follow.objects.filter(topic=OuterRef("pk"), person=person)
    titles = Resource.objects.published().filter(slug=OuterRef("resource"))
    waiting = Post.objects.filter(topic=OuterRef("pk"), number__isnull=True, state__in=OWN_STATES)
    mine = Q(author=person) | Q(names.written_by(person))
    rows = Topic.objects.filter(group=group, key=key).shown().select_related("author")
    return rows.annotate(
        mark=_mark(user),
        following=Subquery(follows.values("is_on")[:1]),
        asked=names.asked_by(person),
        resource_title=Subquery(titles.values("title")[:1]),
        own_waits=Exists(waiting.filter(mine)),
    )


def _posts(topic: int, group: int, me: int) -> QuerySet[Post, Any]:
    quoted = Post.objects.filter(topic=topic, number=OuterRef("quotes"), state=Post.State.VISIBLE)
    seats = GroupMember.objects.filter(group=group, membership=OuterRef("author"))
    rows = Post.objects.filter(topic=topic).annotate(
        mine_unnamed=names.written_by(me),
        thanked=Exists(Thanks.objects.filter(post=OuterRef("pk"), person=me)),
        folded=Exists(Fold.objects.filter(person=me, other=OuterRef("author"))),
        runs=Exists(seats.present().filter(is_facilitator=True)),
        quoted_text=Subquery(quoted.annotate(part=Substr("text", 1, QUOTED)).values("part")[:1]),
        quoted_name=Subquery(quoted.values("author__name")[:1]),
        quoted_unnamed=Subquery(quoted.values("is_anonymous")[:1]),
        quoted_folded=Exists(
            Fold.objects.filter(person=me, other__posts__topic=topic, other__posts__number=OuterRef("quotes"))
        ),
        author_name=F("author__name"),
    )
    return rows.values_list(*Message._fields)


def _numbered(topic: int, group: int, person: int, numbers: list[int]) -> QuerySet[Post, Any]:
    return _posts(topic, group, person).filter(number__in=numbers).order_by("number")


_OWN_WAITING = Prepared(_own_waiting, person=int)
_TOPIC = Prepared(_topic, group=int, key=str, person=int, user=int)
_POSTS = Prepared(_numbered, topic=int, group=int, person=int, numbers=list)
