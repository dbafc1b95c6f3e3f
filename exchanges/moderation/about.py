"""Whose page a decision is on."""

from accounts.audit.merged import keys_of
from accounts.schools.models import Membership
from exchanges.discussions.actions import author_of
from exchanges.moderation import targets
from exchanges.moderation.errors import Gone
from exchanges.moderation.models import Decision


def is_theirs(membership: Membership, decision: Decision) -> bool:
    """Whether a decision concerns this person: the log names them, or they wrote it without their name."""
    if membership.school_id != decision.school_id:
        return False
    if decision.about:
        return decision.about in keys_of(membership.user.key)
    if decision.kind != targets.POST:
        return False
    try:
        post = targets.of_decision(decision).post
    except Gone:
        return False
    author = author_of(post) if post is not None and post.is_anonymous else None
    return author is not None and author.pk == membership.pk
