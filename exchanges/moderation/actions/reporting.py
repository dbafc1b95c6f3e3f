"""Report a message; two people of seven days in the group hide it until somebody has read it (RULES §4)."""

import datetime
import itertools

from django.db import transaction
from django.utils import timezone

from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.discussions import actions as discussions
from exchanges.discussions.models import Post
from exchanges.groups.models import GroupMember
from exchanges.moderation import log
from exchanges.moderation.escalation import escalate, is_escalated
from exchanges.moderation.models import Case, Ground, Report
from exchanges.moderation.targets import POST, find
from exchanges.moderation.telling_deciders import tell_of_danger, tell_of_report

State = Post.State


@transaction.atomic
def report(
    member: Member, post: Post, ground: str, words: str = "", now: datetime.datetime | None = None
) -> Case:
    """Store one person's reason; twice is once, but a danger told later counts. Returns the case.

    The view asked `discussions.policy.can_report`. Reports of a school stand in line, so that two at the same
    moment both count.
    """
    moment = now or timezone.now()
    log.lock(member.school)
    post = Post.objects.of_school(member.school).select_related("topic__group__school").get(pk=post.pk)
    case = open_case(post, moment)
    _store(case, member, post, ground, words, moment)
    _hide_by_number(case, post, moment)
    _tell(case, post, ground, moment)
    return case


def open_case(post: Post, now: datetime.datetime) -> Case:
    """Return the open case of a message, opened if there is none; the caller has locked the log."""
    group = post.topic.group
    values = {"school": group.school, "group": group, "opened": now}
    case, made = Case.objects.filter(school=group.school_id).get_or_create(
        kind=POST, object=post.key, state=Case.State.OPEN, defaults=values
    )
    if made:
        discussions.mark_reported(post, now)
    return case


def _store(case: Case, member: Member, post: Post, ground: str, words: str, now: datetime.datetime) -> None:
    values = {"ground": ground, "words": words, "counts": counts(member, post, now), "at": now}
    row, made = Report.objects.get_or_create(case=case, reporter=member.membership, defaults=values)
    if not made and ground == Ground.DANGER and row.ground != ground:
        row.ground, row.words = ground, words
        row.save(update_fields=["ground", "words"])


def counts(member: Member, post: Post, now: datetime.datetime) -> bool:
    """Whether this person's report hides with another's: 7 × 24 h in the group, may write, not the author."""
    membership = member.membership
    if membership is None or member.is_suspended(now) or is_author(membership, post):
        return False
    seats = GroupMember.objects.filter(group=post.topic.group_id, membership=membership, left__isnull=True)
    seats = seats.filter(joined__lte=now - Report.MEMBER_FOR).exclude(mute_until__gt=now)
    return seats.exists()


def is_author(membership: Membership, post: Post) -> bool:
    """Whether they wrote it, also without their name."""
    author = discussions.person_of(post)
    return author is not None and author.pk == membership.pk


# Hide by number -------------------------------------------------------------------------------------------


def _hide_by_number(case: Case, post: Post, now: datetime.datetime) -> None:
    """Hide what two people reported, unless it was judged since it is as it is, or their share is used up."""
    if post.state != State.VISIBLE or _is_judged(post):
        return
    rows = list(case.reports.filter(counts=True, reporter__isnull=False).order_by("at", "pk"))
    for pair in itertools.combinations(rows, 2):
        if _has_share(pair, now):
            _hide(case, post, pair, now)
            return


def _is_judged(post: Post) -> bool:
    """Kept or shown again by a decision on a report, and not changed since."""
    return post.judged is not None and (post.edited is None or post.edited <= post.judged)


def _has_share(pair: tuple[Report, Report], now: datetime.datetime) -> bool:
    """Whether these two hid fewer than two messages together in 30 days."""
    since = now - Report.SHARE_DAYS
    first, second = (row.reporter_id for row in pair)
    hid = Case.objects.filter(reports__reporter=first, reports__hid=True, hidden__gt=since)
    both = Report.objects.filter(reporter=second, hid=True, case__in=hid.values("pk"))
    return both.values("case").distinct().count() < Report.SHARE_OF_A_PAIR


def _hide(case: Case, post: Post, pair: tuple[Report, Report], now: datetime.datetime) -> None:
    if not discussions.hide(post):
        return
    Report.objects.filter(case=case, pk__in=[row.pk for row in pair]).update(hid=True)
    Case.objects.of_school(case.school_id).filter(pk=case.pk).update(hidden=now)
    case.hidden = now


# Tell -----------------------------------------------------------------------------------------------------


def _tell(case: Case, post: Post, ground: str, now: datetime.datetime) -> None:
    """Danger at once to all who decide; else a facilitator, and the direction if there is none."""
    if ground == Ground.DANGER and not case.is_danger:
        Case.objects.of_school(case.school_id).filter(pk=case.pk).update(is_danger=True)
        case.is_danger = True
        escalate(case, now)
        tell_of_danger(case, post, now)
        return
    if is_escalated(find(POST, post.key, case.school), now):
        escalate(case, now)
    tell_of_report(case, post, now)
