"""The one question behind what is new: groups that concern a person, and what they were told; one query."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Case as Either
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Fold, Group, JoinRequest
from exchanges.moderation.models import Case
from exchanges.notifications.models import Notice, ReadMark
from foundation.prepared import Prepared

GROUP, NOTICE = "group", "notice"
MARK = "topic"
# What a reader's own mark says they have seen: these notices bear the key of a message.
OF_A_MESSAGE = ("reply", "solution")
# The group of a message, as a sum, which no index leads to: the few that are held are looked through, not the
# many discussions of each group (measured: 1.3 ms become 0.2).
OF_HELD = F("topic__group") + 0


class Row(NamedTuple):
    """A group with what waits and is new there, or a notice (names after the slash)."""

    what: str
    school: int
    key: str  # / object
    circle: str  # / kind
    title: str
    state: str  # / address
    moment: datetime.datetime  # joined, or else opened / told
    classroom: int | None
    seat: int | None
    facilitates: int
    invitation: int | None
    reported: int
    held: int
    asked: int
    fresh: int
    latest: str


def rows_for(
    person: int, own: list[int], schools: list[int], judged: list[int], since: datetime.datetime
) -> list[Row]:
    """Ask for one person: `own` memberships in `schools`, of which they moderate `judged`."""
    found = _EVERYTHING.rows(person=person, own=own, schools=schools, judged=judged, since=since)
    return [Row(*row) for row in found]


def _everything(
    person: int, own: list[int], schools: list[int], judged: list[int], since: datetime.datetime
) -> QuerySet[Any, Any]:
    return _groups(person, own, schools, judged, since).union(_notices(person, schools, since), all=True)


_EVERYTHING = Prepared(_everything, person=int, own=list, schools=list, judged=list, since=datetime.datetime)


def _groups(
    person: int, own: list[int], schools: list[int], judged: list[int], since: datetime.datetime
) -> QuerySet[Any, Any]:
    """Those the person is in, is asked into, may take on, or must moderate."""
    rows = Group.objects.filter(school__in=schools).exclude(state=Group.State.ARCHIVED)
    rows = rows.annotate(
        mine=FilteredRelation(
            "members", condition=Q(members__membership__in=own, members__left__isnull=True)
        ),
        asked_in=FilteredRelation(
            "invitations",
            condition=Q(invitations__membership__in=own, invitations__declined__isnull=True),
        ),
        own_seat=F("mine__pk"),
        seat_joined=F("mine__joined"),
        invitation=F("asked_in__pk"),
    )
    decides = Q(mine__is_facilitator=True) | Q(school__in=judged)
    fresh = fresh_topics(person, own, since)
    rows = rows.annotate(
        reported=_waiting(decides, Case.objects.filter(group=OuterRef("pk"), state=Case.State.OPEN), "group"),
        held=_waiting(
            decides,
            Post.objects.annotate(of=OF_HELD).filter(of=OuterRef("pk"), state=Post.State.HELD),
            "of",
        ),
        asked=_waiting(decides, JoinRequest.objects.filter(group=OuterRef("pk"), outcome=""), "group"),
        fresh=Coalesce(Subquery(_counted(fresh, "group")), 0),
        latest=Coalesce(Subquery(fresh.order_by("-active", "-pk").values("title")[:1]), Value("")),
    )
    waits = Q(reported__gt=0) | Q(held__gt=0) | Q(asked__gt=0)
    rows = rows.filter(
        Q(own_seat__isnull=False)
        | Q(invitation__isnull=False)
        | Q(state=Group.State.SUGGESTED)
        | (Q(school__in=judged) & waits)
    )
    return rows.order_by().values_list(
        Value(GROUP, output_field=CharField()),
        "school_id",
        "key",
        "circle",
        "name",
        "state",
        Coalesce("seat_joined", "created"),
        "classroom_id",
        "own_seat",
        Either(When(mine__is_facilitator=True, then=Value(1)), default=Value(0)),
        "invitation",
        "reported",
        "held",
        "asked",
        "fresh",
        "latest",
    )


def fresh_topics(person: int, own: list[int], since: datetime.datetime) -> Any:
    """Discussions of the group that began since then and since one joined, unread, of nobody one folded."""
    read = ReadMark.objects.filter(person=person, kind=MARK, object=OuterRef("pk"))
    folded = Fold.objects.filter(person__in=own, other=OuterRef("author"))
    rows = Topic.objects.filter(group=OuterRef("pk"), is_visible=True, hides_title=False)
    # One bound, not two: an index serves one.
    begun = Greatest(OuterRef("seat_joined"), Value(since, output_field=DateTimeField()))
    rows = rows.filter(active__gte=since, created__gte=begun)
    return rows.exclude(author__in=own).exclude(Exists(read)).exclude(Exists(folded))


def _waiting(decides: Q, rows: Any, group: str) -> Either:
    """How many of `rows` wait, asked only where the person decides."""
    return Either(When(decides, then=Coalesce(Subquery(_counted(rows, group)), 0)), default=Value(0))


def _counted(rows: Any, group: str) -> Any:
    return rows.order_by().values(group).annotate(number=Count("pk")).values("number")


def _notices(person: int, schools: list[int], since: datetime.datetime) -> QuerySet[Any, Any]:
    """What the person was told and has not seen, on the page or by reading on in the discussion."""
    mark = ReadMark.objects.filter(person=person, kind=MARK, object=OuterRef("topic"))
    seen = Post.objects.filter(key=OuterRef("object"), number__lte=Subquery(mark.values("up_to")[:1]))
    rows = Notice.objects.filter(person=person, school__in=schools, read__isnull=True, at__gte=since)
    rows = rows.exclude(Q(kind__in=OF_A_MESSAGE) & Exists(seen))
    nothing = Value(None, output_field=IntegerField())
    zero = Value(0, output_field=IntegerField())
    return rows.order_by().values_list(
        Value(NOTICE, output_field=CharField()),
        "school_id",
        "object",
        "kind",
        "title",
        "address",
        "at",
        nothing,
        nothing,
        zero,
        nothing,
        zero,
        zero,
        zero,
        zero,
        Value("", output_field=CharField()),
    )
