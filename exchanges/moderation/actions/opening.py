"""Open what is shut: a text of a parents' group to the direction, a name; each is logged (RULES §2, §3)."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.outbox.actions import post as post_mail
from accounts.schools.member import Member
from accounts.schools.models import Membership, School
from exchanges.discussions import actions as discussions
from exchanges.discussions.models import Post
from exchanges.groups.actions import tell_group
from exchanges.groups.models import Circle
from exchanges.moderation import log, policy, targets
from exchanges.moderation.errors import NotTheirs
from exchanges.moderation.escalation import is_escalated
from exchanges.moderation.models import Case, Decision
from exchanges.moderation.standing import Decider
from exchanges.moderation.telling import REPORT
from exchanges.moderation.telling_deciders import deciders

Verb = Decision.Verb


@transaction.atomic
def open_text(actor: Member, thing: Any, now: datetime.datetime | None = None) -> Decision | None:
    """Note that somebody of the direction is shown a text of a parents' group: once a person and thing.

    `thing` is a case, or an item of the queue. Returns the row, None where nothing is to be noted: another
    circle, shown before. Raises NotTheirs before it is escalated.
    """
    moment = now or timezone.now()
    kind = targets.CASE if isinstance(thing, Case) else thing.kind
    log.lock(actor.school)
    target = targets.find(kind, thing.key, actor.school)
    if target.group is None or target.group.circle != Circle.PARENTS:
        return None
    if not (policy.judges_for_school(actor) and is_escalated(target, moment)):
        raise NotTheirs
    by, hat = Decider(actor), policy.hat_for_school(actor)
    case = target.case.key if target.case else ""
    seen = Decision.objects.of_school(actor.school).filter(kind=target.kind, object=target.key, case=case)
    if seen.filter(verb=Verb.OPEN_TEXT, actor=by.key).exists():
        return None
    tell_group(target.group, "text_opened", hat=hat, once=f"{case or target.key} {by.key}")
    return log.append(
        actor.school,
        Verb.OPEN_TEXT,
        at=moment,
        kind=target.kind,
        object=target.key,
        case=case,
        group=target.group.key,
        actor=by.key,
        hat=hat,
    )


def is_opened_to(person_key: str, school: School, post_key: str) -> bool:
    """Whether this account opened the name behind a message."""
    rows = Decision.objects.of_school(school).filter(kind=targets.POST, object=post_key)
    return rows.filter(verb=Verb.OPEN_NAME, actor=person_key).exists()


def name_opened_to(person: Any, post: Post) -> Membership | None:
    """Return who wrote `post` without a name, to whoever opened it by a decision; None to all others."""
    if not is_opened_to(person.key, post.topic.group.school, post.key):
        return None
    return discussions.open_name(post)


@transaction.atomic
def warn_facilitators(actor: Member, case: Case, now: datetime.datetime | None = None) -> bool:
    """Have the facilitators told again of what waits; False if they were within the half-day (RULES §3)."""
    moment = now or timezone.now()
    if not policy.judges_for_school(actor):
        raise NotTheirs
    again = moment - datetime.timedelta(hours=12)
    rows = Case.objects.of_school(actor.school).open().filter(pk=case.pk).exclude(warned__gt=again)
    if not rows.update(warned=moment):
        return False
    post = targets.posts_of(actor.school).get(key=case.object)
    due = case.school.calendar.next_delivery(moment)
    for one in deciders(post, case, moment):
        revision = int(moment.timestamp()) // 60
        post_mail(REPORT, case.key, person=one.user, school=case.school, due=due, revision=revision)
    return True
