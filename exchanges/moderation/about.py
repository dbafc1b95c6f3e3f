"""Whose page a decision is on."""

from accounts.audit.merged import keys_of
from accounts.schools.models import Membership
from exchanges.discussions.actions.names import written_by
from exchanges.discussions.models import Post
from exchanges.moderation import targets
from exchanges.moderation.models import Decision


def is_theirs(membership: Membership, decision: Decision) -> bool:
    """Whether a decision concerns this person: the log names them, or they wrote it without their name."""
    if membership.school_id != decision.school_id:
        return False
    if decision.about:
        own = membership.user.key
        return decision.about == own or decision.about in keys_of(own)
    if decision.kind != targets.POST:
        return False
    unnamed = Post.objects.of_school(decision.school_id).filter(key=decision.object, is_anonymous=True)
    return unnamed.filter(written_by(membership)).exists()
