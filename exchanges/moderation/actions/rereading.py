"""A second reading: asked once by the author, read by one who is neither party nor decider (RULES §4)."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.schools.member import Member
from exchanges.moderation import log, policy, targets
from exchanges.moderation.about import is_theirs
from exchanges.moderation.actions.undoing import refuse_if_not_last, reversing, revert
from exchanges.moderation.errors import AlreadyDecided, CannotAskAgain, IsParty, NotTheirs
from exchanges.moderation.kept import keep_longer
from exchanges.moderation.models import Decision, SecondReading
from exchanges.moderation.readers import first_readers, hat_of_reader
from exchanges.moderation.standing import Decider
from exchanges.moderation.telling import take_back, tell_outcome
from exchanges.moderation.telling_reporters import tell_reporters

Verb = Decision.Verb
Outcome = SecondReading.Outcome


@transaction.atomic
def ask_second_reading(
    member: Member, decision: Decision, words: str = "", now: datetime.datetime | None = None
) -> SecondReading:
    """Ask that somebody else reads again; where there is nobody, the outcome says so at once.

    Raises CannotAskAgain (not the author, too late, asked before), AlreadyDecided (undone since).
    """
    moment = now or timezone.now()
    log.lock(decision.school)
    if member.membership is None or not is_theirs(member.membership, decision):
        raise CannotAskAgain
    if not policy.can_ask_again(decision, moment):
        raise CannotAskAgain
    refuse_if_not_last(decision)
    target = targets.of_decision(decision)
    reader, _people = first_readers(decision, target, moment)
    values: dict[str, Any] = {"reader": reader} if reader else {"outcome": Outcome.NOBODY, "answered": moment}
    try:
        with transaction.atomic():
            return SecondReading.objects.create(
                school=decision.school,
                group=target.group,
                decision=decision.number,
                author=member.membership,
                words=words.strip()[:500],
                asked=moment,
                **values,
            )
    except IntegrityError as error:
        raise CannotAskAgain from error


@transaction.atomic
def answer_second_reading(
    actor: Member | None,
    reading: SecondReading,
    outcome: str,
    *,
    now: datetime.datetime | None = None,
    by_host: Any = None,
) -> Decision:
    """Say whether the decision stands; reversed, things are as before it, and no case is open again.

    Raises NotTheirs, IsParty, AlreadyDecided, CannotUndo.
    """
    moment, by = now or timezone.now(), Decider(actor, by_host)
    log.lock(reading.school)
    decision = Decision.objects.of_school(reading.school_id).get(number=reading.decision)
    target = targets.of_decision(decision)
    hat = hat_of_reader(by, reading, decision, target, moment)
    if by.key == decision.actor:
        raise IsParty
    if outcome not in (Outcome.UPHELD, Outcome.REVERSED):
        raise NotTheirs
    waiting = SecondReading.objects.of_school(reading.school_id).filter(pk=reading.pk, outcome="")
    if not waiting.update(outcome=outcome, answered=moment):
        raise AlreadyDecided(targets.last_on(decision.kind, decision.object, decision.school))
    if outcome == Outcome.REVERSED:
        refuse_if_not_last(decision)
        revert(decision, target, moment)
        take_back(decision)
    keep_longer(target, moment)
    verb = Verb.REVERSED if outcome == Outcome.REVERSED else Verb.UPHELD
    row = reversing(decision, verb, by.key, hat, moment)
    reading.outcome, reading.answered = outcome, moment
    if outcome == Outcome.REVERSED and target.case is not None and decision.case:
        tell_reporters(target.case, moment)
    tell_outcome(row, reading, moment)
    return row
