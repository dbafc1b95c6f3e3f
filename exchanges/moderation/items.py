"""One thing of the queue, and what of it a person who decides may see and do."""

import datetime
from dataclasses import dataclass, field

from accounts.schools.member import Member
from accounts.schools.models import School
from exchanges.discussions.actions.names import own_of
from exchanges.discussions.models import Post
from exchanges.groups.models import Group, JoinRequest
from exchanges.moderation import policy
from exchanges.moderation.models import Case, Decision, SecondReading
from exchanges.moderation.parties import Named


@dataclass
class Item:
    """One thing that waits. Without `shows_text` nothing of what was written is in it, not even a title."""

    kind: str
    key: str
    school: School
    group: Group | None
    since: datetime.datetime
    is_overdue: bool = False
    is_danger: bool = False
    is_escalated: bool = False
    # Reasons in words, and what reporters wrote beside them: never who.
    grounds: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    shows_text: bool = False
    needs_opening: bool = False
    post: Post | None = None
    before: list[Post] = field(default_factory=list)
    # (key, name) of each file of the message; None: not asked for yet.
    files: list[tuple[str, str]] | None = None
    # Who wrote it without a name, where this person opened that; None: not asked for yet.
    opened_name: str | None = None
    request: JoinRequest | None = None
    reading: SecondReading | None = None
    decision: Decision | None = None
    is_party: bool = False
    hat: str = ""
    # Verbs: those that decide it, and those on its discussion or its author.
    decisions: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    # The direction may have the facilitators told; when it last did.
    can_warn: bool = False
    told: datetime.datetime | None = None
    case: Case | None = None
    reporters: frozenset[int] = frozenset()


def account_of(post: Post) -> str:
    """The key of its author's account; "" of who left. A page of the queue knows it without the account."""
    known: str | None = post.__dict__.get("account")
    if known is None:
        known = post.author.user.key if post.author else ""
    return known


def finished(items: list[Item], members: dict[int, Member]) -> list[Item]:
    """Say what may be decided by whom, and take out what they may not see."""
    anonymous = any(item.post is not None and item.post.is_anonymous for item in items)
    for member in members.values():
        own = member.membership
        hidden = set(own_of(own)) if own is not None and anonymous else set()
        finish([item for item in items if item.school.pk == member.school.pk], member, hidden)
    return sorted(items, key=by_urgency)


def by_urgency(item: Item) -> tuple[bool, datetime.datetime]:
    """Danger before all, then what waits longest."""
    return (not item.is_danger, item.since)


def finish(items: list[Item], member: Member, anonymous: set[int]) -> list[Item]:
    """As `finished`, for one person, who wrote the messages of `anonymous` without a name."""
    named = Named(member.membership.name) if member.membership else None
    for item in items:
        _finish(item, member, anonymous, named)
    return items


def _finish(item: Item, member: Member, anonymous: set[int], named: Named | None) -> None:
    item.is_party = _is_party(item, member, anonymous, named)
    if item.is_party or not item.shows_text:
        _blank(item)
        return
    if item.kind == "reading":
        return
    if item.request is not None:
        item.decisions = policy.ON_REQUEST
    elif item.post is not None:
        reported = item.case is not None
        verbs = policy.verbs_on(item.post, is_reported=reported)
        if policy.can_hide_meanwhile(item.post, is_reported=reported):
            verbs = (*verbs, Decision.Verb.HIDE_MEANWHILE)
        item.decisions = verbs
        item.beside = _beside(item)


def _beside(item: Item) -> tuple[str, ...]:
    """Of who wrote without a name nothing is decided before the name is opened."""
    assert item.post is not None  # noqa: S101 - asked before
    if item.post.is_anonymous:
        verbs = (*policy.ON_TOPIC, *([Decision.Verb.OPEN_NAME] if item.case is not None else []))
    else:
        verbs = (*policy.ON_TOPIC, *policy.ON_PERSON)
    return tuple(verb for verb in verbs if policy.may_use(item.hat, verb))


def _is_party(item: Item, member: Member, anonymous: set[int], named: Named | None) -> bool:
    own = member.membership
    if own is None or named is None or own.pk in item.reporters:
        return True
    if item.request is not None:
        return item.request.membership_id == own.pk
    post = item.post
    if post is None:
        return False
    title = post.topic.title if post.number == 1 or post.topic.last_number == 0 else ""
    return post.author_id == own.pk or post.pk in anonymous or named.in_text(f"{title}\n{post.text}")


def _blank(item: Item) -> None:
    """Nothing of what was written, of who wrote it, or of who asks."""
    item.shows_text = item.needs_opening = False
    item.post = item.request = item.reading = None
    item.before, item.said = [], []
    item.decisions = item.beside = ()
