"""Notices of illegal content: from anybody, decided by the host moderator, both sides told (RULES §6)."""

import datetime
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from accounts.outbox.actions import post as post_mail
from exchanges.discussions.models import Attachment, Post
from exchanges.moderation import log, policy, targets
from exchanges.moderation.actions.deciding import decide
from exchanges.moderation.actions.reporting import open_case
from exchanges.moderation.errors import AlreadyDecided, NotTheirs
from exchanges.moderation.escalation import escalate
from exchanges.moderation.models import Case, Decision, Ground, IllegalNotice, Report
from exchanges.moderation.targets import POST
from exchanges.moderation.telling import NOTICE_OUTCOME, NOTICE_RECEIPT, NOTICE_WAITS
from exchanges.moderation.telling_deciders import host_moderators
from foundation.keys import random_key

KEY = "[bcdfghjkmnpqrstvwxz]{8}"
_TOPIC = re.compile(f"/groupes/(?P<group>{KEY})/(?P<topic>{KEY})/(?:message/(?P<number>[0-9]{{1,7}})/)?")
_FILE = re.compile("/fichiers/(?P<file>[bcdfghjkmnpqrstvwxz]{8,24})/")
Outcome = IllegalNotice.Outcome


@transaction.atomic
def receive_notice(values: Mapping[str, Any], now: datetime.datetime | None = None) -> IllegalNotice:
    """Store a notice (`address`, `reasons`, `name`, `email`, `good_faith`, `language`) and tell of it.

    The receipt is the same whatever the address: it tells nobody what exists here. One of a school's items
    is a case of its direction too.
    """
    moment = now or timezone.now()
    post = found_at(values["address"])
    notice = IllegalNotice.objects.create(
        receipt=random_key(12).upper(), at=moment, case=_case(post, moment), **values
    )
    if notice.email:
        post_mail(NOTICE_RECEIPT, notice.receipt, address=notice.email, language=notice.language, due=moment)
    for user in host_moderators():
        post_mail(NOTICE_WAITS, notice.receipt, person=user, due=moment)
    return notice


@transaction.atomic
def decide_notice(
    by: Any,
    notice: IllegalNotice,
    outcome: str,
    answer: str,
    *,
    now: datetime.datetime | None = None,
) -> Decision | None:
    """Answer a notice; content removed, or kept, is decided as its case is. Both sides are told.

    Raises NotTheirs, AlreadyDecided.
    """
    moment = now or timezone.now()
    if not policy.judges_everywhere(by) or outcome not in Outcome.values:
        raise NotTheirs
    waiting = IllegalNotice.objects.filter(pk=notice.pk, outcome="")
    if not waiting.update(outcome=outcome, answer=answer, decided=moment, decided_by=by):
        raise AlreadyDecided
    notice.refresh_from_db()
    if notice.email:
        post_mail(NOTICE_OUTCOME, notice.receipt, address=notice.email, language=notice.language, due=moment)
    return _carry_out(by, notice, outcome, answer, moment)


def found_at(address: str) -> Post | None:
    """Return the message that an address of ours leads to, also that of a file or of a discussion."""
    path = urlsplit(address.strip()).path
    if match := _TOPIC.search(path):
        rows = targets.posts_of(None).filter(topic__key=match["topic"], topic__group__key=match["group"])
        return rows.filter(number=int(match["number"] or 1)).first()
    if match := _FILE.search(path):
        file = Attachment.objects.unscoped().filter(key=match["file"], post__isnull=False).first()
        return targets.posts_of(None).filter(pk=file.post_id).first() if file else None
    return None


def _case(post: Post | None, now: datetime.datetime) -> Case | None:
    """Open the direction's case, escalated from the start; of what is gone there is none."""
    if post is None or post.state not in (Post.State.VISIBLE, Post.State.HIDDEN):
        return None
    log.lock(post.topic.group.school)
    case = open_case(post, now)
    Report.objects.create(case=case, ground=Ground.ILLEGAL, at=now)
    escalate(case, now)
    return case


def _is_gone(case: Case) -> bool:
    """Whether somebody of the school, or its author, took it away before the host."""
    there = Post.objects.of_school(case.school_id).filter(key=case.object)
    return not there.filter(state__in=(Post.State.VISIBLE, Post.State.HIDDEN)).exists()


def _carry_out(
    by: Any, notice: IllegalNotice, outcome: str, answer: str, now: datetime.datetime
) -> Decision | None:
    case = notice.case
    if case is None or outcome == Outcome.UNKNOWN:
        return None
    if case.state != Case.State.OPEN and (outcome == Outcome.KEPT or _is_gone(case)):
        return None
    verb = Decision.Verb.REMOVE if outcome == Outcome.REMOVED else Decision.Verb.KEEP
    kind, key = (targets.CASE, case.key) if case.state == Case.State.OPEN else (POST, case.object)
    return decide(
        None, verb, kind=kind, object=key, ground=Ground.ILLEGAL, words=answer[:500], now=now, by_host=by
    )
