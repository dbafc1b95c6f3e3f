"""What is kept of a judgement beside the log, for 30 days after the last decision (RULES §4)."""

import datetime
from typing import Protocol

from exchanges.moderation import policy
from exchanges.moderation.models import Decision, JudgedText, SaidWhy
from exchanges.moderation.targets import Target


class Judging(Protocol):
    """The act that judges."""

    @property
    def verb(self) -> str: ...
    @property
    def now(self) -> datetime.datetime: ...


def keep_text(target: Target, act: Judging) -> None:
    """Keep the text as it was judged: removed, it can be shown again; undone, it is known what was read."""
    post = target.post
    judged = (*policy.ON_REPORTED, *policy.ON_HELD)
    if post is None or not post.text or act.verb not in judged:
        return
    JudgedText.objects.filter(school=target.school).update_or_create(
        kind=target.kind,
        object=target.key,
        defaults={"school": target.school, "text": post.text, "erase_on": act.now + JudgedText.LIFE},
    )


def keep_longer(target: Target, now: datetime.datetime) -> None:
    """A further decision was taken: 30 days begin again."""
    rows = JudgedText.objects.of_school(target.school).filter(kind=target.kind, object=target.key)
    rows.update(erase_on=now + JudgedText.LIFE)


def text_of(target: Target) -> str | None:
    """The text that was judged, None once it is erased."""
    rows = JudgedText.objects.of_school(target.school).filter(kind=target.kind, object=target.key)
    row = rows.first()
    return row.text if row else None


def keep_words(decision: Decision, words: str) -> None:
    """Keep what whoever decided says to the author; the log holds no words."""
    if words:
        SaidWhy.objects.create(
            school=decision.school,
            decision=decision.number,
            words=words[:500],
            erase_on=decision.at + JudgedText.LIFE,
        )


def words_of(decision: Decision) -> str:
    """What was said to the author, "" once it is erased."""
    rows = SaidWhy.objects.of_school(decision.school_id).filter(decision=decision.number)
    row = rows.first()
    return row.words if row else ""
