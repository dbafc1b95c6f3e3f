"""What a page of a group or a discussion asks of the database: as many queries whatever its size."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.http import Http404
from django.utils import timezone

from exchanges.discussions.actions import names
from exchanges.discussions.models import Follow, Post, Thanks, Topic
from exchanges.discussions.place import Place
from exchanges.groups.models import Fold, GroupMember
from exchanges.notifications.models import ReadMark
from resources.catalogue.models import Resource

MARK = "topic"
TOPICS_A_PAGE = 20
QUOTED = 240
# What is still its author's to see, and not yet or no longer others'.
OWN_STATES = (Post.State.HELD, Post.State.RETURNED, Post.State.REWRITE)


@dataclass(frozen=True)
class TopicPage:
    """Discussions of one page; those that are pinned stand first on the first."""

    topics: list[Any]
    number: int
    total: int


def topics_page(place: Place, number: int) -> TopicPage:
    """1 query; 2 where there is more than a page. Raises Http404 past the last page."""
    shown = Topic.objects.filter(group=place.group).shown()
    listed = shown.filter(pinned__isnull=True).order_by("-active", "-pk")
    start = (number - 1) * TOPICS_A_PAGE
    on_page = Q(pk__in=Subquery(listed.values("pk")[start : start + TOPICS_A_PAGE + 1]))
    if number == 1:
        on_page |= Q(pinned__isnull=False)
    rows = list(shown.filter(on_page).annotate(mark=_mark(place)).select_related("author"))
    pinned: list[Any] = sorted((row for row in rows if row.pinned), key=_pinned, reverse=True)
    others = sorted(
        (row for row in rows if not row.pinned), key=lambda row: (row.active, row.pk), reverse=True
    )
    if number > 1 and not others:
        raise Http404
    total = number
    if len(others) > TOPICS_A_PAGE:
        total = -(-listed.count() // TOPICS_A_PAGE)
    return TopicPage([*pinned, *others[:TOPICS_A_PAGE]], number, total)


def _pinned(topic: Any) -> datetime.datetime:
    pinned: datetime.datetime = topic.pinned
    return pinned


def own_waiting(place: Place) -> list[Any]:
    """What the person wrote here and others do not see yet, the latest first. 1 query."""
    mine = Q(author=place.person) | Q(names.written_by(place.person))
    rows = Post.objects.of_group(place.group).filter(mine, state__in=OWN_STATES)
    return list(rows.select_related("topic").order_by("-created", "-pk")[:20])


def topic_of(place: Place, tkey: str) -> Any:
    """A discussion, with what the person is in it. Raises Http404."""
    follows = Follow.objects.filter(topic=OuterRef("pk"), person=place.person)
    titles = Resource.objects.published().filter(slug=OuterRef("resource"))
    waiting = Post.objects.filter(topic=OuterRef("pk"), number__isnull=True, state__in=OWN_STATES)
    mine = Q(author=place.person) | Q(names.written_by(place.person))
    rows = Topic.objects.filter(group=place.group).shown().select_related("author")
    topic = rows.annotate(
        mark=_mark(place),
        following=Subquery(follows.values("is_on")[:1]),
        asked=names.asked_by(place.person),
        resource_title=Subquery(titles.values("title")[:1]),
        own_waits=Exists(waiting.filter(mine)),
    )
    found = topic.filter(key=tkey).first()
    if found is None:
        raise Http404
    found.group = place.group
    return found


def pages_of(topic: Topic) -> int:
    return max(1, -(-topic.last_number // Post.PAGE))


def posts_page(place: Place, topic: Any, page: int) -> list[Any]:
    """The messages of a page by their numbers, the answer wherever it stands, and the person's own that wait.

    1 query; 2 where something of theirs waits.
    """
    first = (page - 1) * Post.PAGE + 1
    numbers = set(range(first, first + Post.PAGE))
    if topic.solution:
        numbers.add(topic.solution)
    rows = list(_posts(place, topic).filter(number__in=numbers).order_by("number"))
    if topic.own_waits:
        mine = Q(author=place.person) | Q(mine_unnamed=True)
        waiting = _posts(place, topic).filter(mine, number__isnull=True, state__in=OWN_STATES)
        rows += waiting.order_by("created", "pk")
    for row in rows:
        row.topic = topic
    return rows


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


def _mark(place: Place) -> Subquery:
    marks = ReadMark.objects.filter(person=place.person.user_id, kind=MARK, object=OuterRef("pk"))
    return Subquery(marks.values("up_to")[:1])


def _posts(place: Place, topic: Topic) -> QuerySet[Post]:
    quoted = Post.objects.filter(topic=topic, number=OuterRef("quotes"), state=Post.State.VISIBLE)
    seats = GroupMember.objects.filter(group=place.group, membership=OuterRef("author"))
    me = place.person
    return (
        Post.objects.of_topic(topic)
        .select_related("author")
        .annotate(
            mine_unnamed=names.written_by(me),
            thanked=Exists(Thanks.objects.filter(post=OuterRef("pk"), person=me)),
            folded=Exists(Fold.objects.filter(person=me, other=OuterRef("author"))),
            runs=Exists(seats.present().filter(is_facilitator=True)),
            quoted_text=Subquery(quoted.annotate(part=Substr("text", 1, QUOTED)).values("part")[:1]),
            quoted_name=Subquery(quoted.values("author__name")[:1]),
            quoted_unnamed=Subquery(quoted.values("is_anonymous")[:1]),
            quoted_folded=Exists(
                Fold.objects.filter(
                    person=me, other__posts__topic=topic, other__posts__number=OuterRef("quotes")
                )
            ),
            author_name=F("author__name"),
        )
    )
