"""One decision as its page tells it to whom it concerns, with what became of it, in one question."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from exchanges.moderation.models import Decision, JudgedText, SaidWhy, SecondReading
from foundation.prepared import Prepared


def told(school: int, number: int) -> Any | None:
    """Return the decision of that number, None if there is none; beside it, each perhaps None:

    `said`: the words to its author; `judged`: the text as it was; `undone_verb`, `undone_at`: the last that
    took it back; `latest`: the number of the last that changed its object; `asked`, `reader`, `outcome`:
    the second reading.
    """
    return next(iter(_TOLD.rows(school=school, numbers=[number])), None)


def _told(school: int, numbers: list[int]) -> QuerySet[Decision]:
    # A list of one: Django writes no question about a number below zero, with which Prepared marks places.
    log = Decision.objects.filter(school=school)
    undone = log.filter(reverses=OuterRef("number")).order_by("-number")
    changed = log.filter(kind=OuterRef("kind"), object=OuterRef("object"))
    changed = changed.exclude(verb=Decision.Verb.OPEN_TEXT).order_by("-number")
    judged = JudgedText.objects.filter(school=school, kind=OuterRef("kind"), object=OuterRef("object"))
    said = SaidWhy.objects.filter(school=school, decision=OuterRef("number")).order_by("pk")
    reading = SecondReading.objects.filter(school=school, decision=OuterRef("number")).order_by("pk")
    rows = log.filter(number__in=numbers).select_related("school").order_by()
    return rows.annotate(
        said=_first(said, "words"),
        judged=_first(judged.order_by("pk"), "text"),
        undone_verb=_first(undone, "verb"),
        undone_at=_first(undone, "at"),
        latest=_first(changed, "number"),
        asked=_first(reading, "asked"),
        reader=_first(reading, "reader"),
        outcome=_first(reading, "outcome"),
    )


def _first(rows: Any, name: str) -> Subquery:
    return Subquery(rows.values(name)[:1])


_TOLD = Prepared(_told, school=int, numbers=list)
