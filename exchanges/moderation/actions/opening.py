"""Open what is shut: a text of a parents' group to the direction, a name; each is logged (RULES §2, §3)."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.schools.member import Member
from accounts.schools.models import School
from exchanges.discussions.actions.names import name_behind
from exchanges.discussions.models import Post
from exchanges.groups.actions import tell_group
from exchanges.groups.models import Circle
from exchanges.moderation import log, policy, targets
from exchanges.moderation.errors import NotTheirs
from exchanges.moderation.models import Case, Decision
from exchanges.moderation.readers import hat_of_reader
from exchanges.moderation.standing import Decider, is_for_direction
from exchanges.moderation.targets import Target
from exchanges.moderation.telling_deciders import tell_digest
from exchanges.moderation.waiting import facilitators_of

Verb = Decision.Verb
# What the group is told: a message with those before it, or a message alone.
AROUND, ALONE = "open_text", "open_message"
AGAIN_AFTER = datetime.timedelta(hours=12)


@transaction.atomic
def open_text(actor: Member, thing: Any, now: datetime.datetime | None = None) -> Decision | None:
    """Note that somebody of the direction is shown a text of a parents' group: once a person and thing.

    `thing` is a case, or an item of the queue. Returns the row, None where nothing is to be noted: another
    circle, shown before. Raises NotTheirs before it is escalated, or where the second reading is another's.
    """
    moment, by = now or timezone.now(), Decider(actor)
    log.lock(actor.school)
    reading = getattr(thing, "reading", None)
    kind = targets.CASE if isinstance(thing, Case) else thing.kind
    target = targets.of_decision(thing.decision) if reading else targets.find(kind, thing.key, actor.school)
    if target.group is None or target.group.circle != Circle.PARENTS:
        return None
    if reading is not None:
        hat = hat_of_reader(by, reading, thing.decision, target, moment)
        return _note(target, by, hat, ALONE, moment)
    if not (policy.judges_for_school(actor) and is_for_direction(target, moment)):
        raise NotTheirs
    return _note(target, by, policy.hat_for_school(actor), AROUND, moment)


@transaction.atomic
def open_text_to_host(user: Any, post: Post, now: datetime.datetime | None = None) -> Decision | None:
    """Note that the host moderator, who is of no group, is shown a message of one; once a person and case.

    Raises NotTheirs.
    """
    if not policy.judges_everywhere(user):
        raise NotTheirs
    log.lock(post.topic.group.school)
    target = targets.find(targets.POST, post.key, post.topic.group.school)
    return _note(target, Decider(None, user), Decision.As.HOST, ALONE, now or timezone.now())


def _note(target: Target, by: Decider, hat: str, line: str, now: datetime.datetime) -> Decision | None:
    """Log an opening and tell the group of it, unless this person was shown it before; the log is ours."""
    case = target.case.key if target.case else ""
    seen = Decision.objects.of_school(target.school).filter(kind=target.kind, object=target.key, case=case)
    if target.group is None or seen.filter(verb=Verb.OPEN_TEXT, actor=by.key).exists():
        return None
    tell_group(target.group, line, hat=hat, once=f"{case or target.key} {by.key}")
    return log.append(
        target.school,
        Verb.OPEN_TEXT,
        at=now,
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


def names_opened_to(person: Any, posts: Iterable[Post]) -> dict[str, str]:
    """Who wrote each without a name, by key, to whoever opened it by a decision. 1 query."""
    opened = Decision.objects.filter(
        school=OuterRef("topic__group__school"),
        kind=targets.POST,
        object=OuterRef("key"),
        verb=Verb.OPEN_NAME,
        actor=person.key,
    )
    rows = Post.objects.unscoped().filter(Exists(opened), pk__in=[post.pk for post in posts])
    named = rows.filter(is_anonymous=True).annotate(name=name_behind()).exclude(name=None)
    return dict(named.order_by().values_list("key", "name"))


@transaction.atomic
def warn_facilitators(actor: Member, thing: Any, now: datetime.datetime | None = None) -> bool:
    """Have the facilitators told again of a case, or of an item of the queue; once a half-day (RULES §3).

    Returns whether anybody is told; False too for a case of which they were told within 12 hours.
    """
    moment = now or timezone.now()
    if not policy.judges_for_school(actor):
        raise NotTheirs
    case = thing if isinstance(thing, Case) else thing.case
    if case is not None:
        again = Case.objects.of_school(actor.school).open().filter(pk=case.pk)
        if not again.exclude(warned__gt=moment - AGAIN_AFTER).update(warned=moment):
            return False
    group = thing.group
    runs = facilitators_of([group], moment)[group.pk]
    for one in runs:
        tell_digest(actor.school, one.user, moment, about=group.key)
    return bool(runs)
