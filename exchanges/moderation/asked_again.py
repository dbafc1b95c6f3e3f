"""Second readings that wait for somebody who runs groups, as the queue asks for all that waits: by reference.

As `readers.may_read` says of one, here of all in a question: neither whoever decided or asks, nor a party.
"""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.audit.merged import MERGED
from accounts.audit.models import AuditEntry
from exchanges.discussions.models import Post, Topic
from exchanges.moderation import targets
from exchanges.moderation.models import Case as Reported
from exchanges.moderation.models import Decision, Report, SecondReading

READING = "reading"


def asked_again(groups: list[int], school: int, own: int, key: str) -> QuerySet[Decision, Any]:
    """A decision of these groups a row, in the columns of `glance.Waiting`, for one by id and account.

    Two things are left to ask: whether the text names them; of whom an account was brought into, who decided.
    """
    asked = SecondReading.objects.filter(
        group__in=groups, outcome="", reader=SecondReading.Reader.FACILITATOR
    ).order_by()
    this = asked.filter(decision=OuterRef("number"))
    post = Post.objects.filter(topic__group__school=school, key=OuterRef("object")).order_by()
    merged = Exists(AuditEntry.objects.filter(verb=MERGED, about=key))
    rows = Decision.objects.filter(school=school, number__in=asked.values("decision")).exclude(actor=key)
    rows = rows.filter(_is_there(school), ~Exists(this.filter(author=own)), ~_has_reported(own, asked))
    return rows.order_by().values_list(
        Value(READING, output_field=CharField()),
        Cast("number", CharField()),
        _first(this, "group"),
        _first(this, "asked"),
        Value(value=False, output_field=BooleanField()),
        _first(post, "pk"),
        _first(post, "topic"),
        Value(None, output_field=IntegerField()),
        _first(this, "asked"),
        _first(this, "pk"),
        Value(None, output_field=IntegerField()),
        "ground",
        _first(this, "words"),
        "at",
        "verb",
        "hat",
        Case(When(merged, then="actor"), default=Value(""), output_field=CharField()),
        Coalesce(_first(post.annotate(said=_SAID), "said"), Value(""), output_field=TextField()),
    )


def _first(rows: Any, name: str) -> Subquery:
    return Subquery(rows.values(name)[:1])


def _is_there(school: int) -> Q:
    """What was decided on is not gone; a member goes with what they asked."""
    posts = Post.objects.filter(topic__group__school=school, key=OuterRef("object"))
    topics = Topic.objects.filter(group__school=school, key=OuterRef("object"))
    on_post = Q(Exists(posts), kind=targets.POST)
    return on_post | Q(Exists(topics), kind=targets.TOPIC) | Q(kind=targets.MEMBER)


def _has_reported(own: int, asked: QuerySet[SecondReading]) -> Q:
    """The message: in its open case, else in the one that was decided; of a member, any message of theirs."""
    opened = Reported.objects.open().filter(kind=targets.POST, object=OuterRef("object"))
    told = Report.objects.filter(reporter=own)
    waits = told.filter(case__state=Reported.State.OPEN, case__kind=targets.POST)
    now, then = waits.filter(case__object=OuterRef("object")), told.filter(case__key=OuterRef("case"))
    theirs = Post.objects.filter(
        author__in=asked.filter(decision=OuterRef(OuterRef("number"))).values("author"),
        key__in=waits.order_by().values("case__object"),
    )
    of_post = Q(Exists(now)) | (~Q(Exists(opened)) & Q(Exists(then)))
    return Q(of_post, kind=targets.POST) | Q(Exists(theirs), kind=targets.MEMBER)


# What one who is named there would be found in: of the first message its title too.
_SAID = Case(
    When(number=1, then=Concat("topic__title", Value("\n"), "text", output_field=TextField())),
    default="text",
    output_field=TextField(),
)
