"""The desk of somebody who decides: what waits there, found by reference, shown, decided, taken back."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.people.models import User
from accounts.schools.errors import SchoolError
from accounts.schools.member import Member
from accounts.schools.models import School
from exchanges.moderation import policy, queue, targets
from exchanges.moderation.actions import (
    Outcome,
    answer_second_reading,
    decide,
    names_opened_to,
    open_text,
    open_text_to_host,
)
from exchanges.moderation.beside import Beside, beside
from exchanges.moderation.errors import Gone, ModerationError, NotTheirs
from exchanges.moderation.glance import Glance
from exchanges.moderation.items import Item
from exchanges.moderation.models import Decision

Verb = Decision.Verb
READING = "reading"
# How many are decided together; also what an address holds.
TOGETHER = 100


@dataclass
class Desk:
    """What waits for `user`, a member of these schools who decides there; for the host without a school."""

    user: User
    members: dict[int, Member]
    items: list[Item]
    host: Any = None
    # Facilitators decide by the seat they have in a group, whatever else they are: key and id of each.
    runs: dict[str, int] | None = None
    by_ref: dict[str, Item] = field(init=False)

    def __post_init__(self) -> None:
        self.by_ref = {ref_of(item): item for item in self.items}

    def member(self, item: Item) -> Member | None:
        return self.members.get(item.school.pk)

    # Shown ------------------------------------------------------------------------------------------------

    def show(
        self, items: Sequence[Item], now: datetime.datetime | None = None, beside: Beside | None = None
    ) -> None:
        """Log what is shown to this person for the first time: of parents' groups, to the host of any group.

        RULES §3. What is no longer theirs to read meanwhile is shown without its text. `beside` is
        `self.beside(items)`, if the page has it.
        """
        wanted = [item for item in items if item.needs_opening]
        if not wanted:
            return
        seen = (beside or self.beside(wanted, now)).shown
        for item in wanted:
            member = self.member(item)
            if _opened_as(item) in seen or (member is None and self.host is None):
                continue
            try:
                if member is not None:
                    open_text(member, item, now)
                elif item.post is not None:
                    open_text_to_host(self.host, item.post, now)
            except ModerationError:
                item.shows_text = False

    def beside(self, items: Sequence[Item], now: datetime.datetime | None = None) -> Beside:
        """What the log tells this person beside `items`. 1 query."""
        schools = [member.school for member in self.members.values()]
        return beside(self.user, schools, self.runs, items, now or timezone.now())

    def open_names(self, items: Iterable[Item], opened: Iterable[str]) -> dict[str, str]:
        """By the message's key, the names that this person has `opened` by a decision."""
        found = [
            (item, item.post)
            for item in items
            if item.post is not None and item.post.is_anonymous and item.post.key in opened
        ]
        names = {post.key: item.opened_name for item, post in found if item.opened_name}
        wanted = [post for item, post in found if item.opened_name is None]
        names |= names_opened_to(self.user, wanted) if wanted else {}
        for item, post in found:
            if post.key in names:
                item.beside = _beside_of_opened(item)
        return names

    # Decided ----------------------------------------------------------------------------------------------

    def decide(self, ref: str, verb: str, said: dict[str, Any]) -> Outcome:
        """Take one decision; what is not on this desk (any more) answers as the action does."""
        item = self.by_ref.get(ref)
        kind, key = (item.kind, item.key) if item else kind_and_key(ref)
        try:
            return Outcome(kind, key, self._decide(item, kind, key, verb, said))
        except (ModerationError, SchoolError) as error:
            return Outcome(kind, key, error=error)

    def _decide(self, item: Item | None, kind: str, key: str, verb: str, said: dict[str, Any]) -> Decision:
        if kind == READING:
            if item is None or item.reading is None:
                raise NotTheirs
            by_host = self.host
            member = None if by_host else self.member(item)
            return answer_second_reading(member, item.reading, verb, now=said["now"], by_host=by_host)
        if kind not in (targets.CASE, targets.HELD, targets.REQUEST):
            raise Gone
        if item is not None:
            return decide(self.member(item), verb, kind=kind, object=key, **said)
        return self._decide_unseen(kind, key, verb, said)

    def _decide_unseen(self, kind: str, key: str, verb: str, said: dict[str, Any]) -> Decision:
        """Decided by somebody else meanwhile, or never on this desk: each own school is asked."""
        for member in self.members.values():
            try:
                return decide(member, verb, kind=kind, object=key, **said)
            except Gone:
                continue
        raise Gone

    # Afterwards -------------------------------------------------------------------------------------------

    def standing(self, ref: str) -> Decision | None:
        """The decision that stands on something no longer on this desk, of one's own schools; else None."""
        kind, key = kind_and_key(ref)
        rows = self.decisions().exclude(verb__in=(Verb.OPEN_TEXT, Verb.HIDE_MEANWHILE))
        found = Q(case=key) if kind == targets.CASE else Q(object=key)
        return rows.filter(found).order_by("-number").first() if key else None

    def decisions(self) -> QuerySet[Decision]:
        """The log as far as it is this person's to act on."""
        rows = Decision.objects.filter(school__in=self.members).select_related("school")
        return rows if self.runs is None else rows.filter(group__in=list(self.runs))


# Whose ----------------------------------------------------------------------------------------------------


def of_facilitator(user: Any, member: Member, now: datetime.datetime | None = None) -> Desk:
    """What waits in the groups that somebody runs."""
    runs = {group.key: group.pk for group in queue.groups_run(member)}
    return Desk(user, {member.school.pk: member}, queue.items_for_facilitator(member, now), runs=runs)


def page_of_facilitator(
    user: Any, member: Member, number: Any, now: datetime.datetime | None = None
) -> tuple[Desk, Glance]:
    """As `of_facilitator`, but one page: nothing else is read."""
    groups = queue.groups_run(member)
    glance = queue.page_for_facilitator(member, groups, number, now)
    runs = {group.key: group.pk for group in groups}
    return Desk(user, {member.school.pk: member}, glance.items, runs=runs), glance


def of_direction(user: Any, members: Sequence[Member], now: datetime.datetime | None = None) -> Desk:
    """What waits for the direction of one's schools."""
    judging = {one.school.pk: one for one in members if one.membership and policy.judges_for_school(one)}
    return Desk(user, judging, queue.items_for_direction(judging.values(), now))


def of_host(user: Any) -> Desk:
    """The second readings that nobody of a school can do."""
    items = queue.items_for_host() if policy.judges_everywhere(user) else []
    for item in items:
        item.shows_text, item.needs_opening = True, item.post is not None
    return Desk(user, {}, items, host=user)


# What one names ---------------------------------------------------------------------------------------------


def ref_of(item: Item) -> str:
    """How a page names an item: its kind and key; of a second reading the school too."""
    if item.kind == READING:
        return f"{READING}:{item.school.slug}:{item.key}"
    return f"{item.kind}:{item.key}"


def kind_and_key(ref: str) -> tuple[str, str]:
    kind, _colon, key = ref.partition(":")
    return kind, key[:60]


def digest_of(item: Item) -> str:
    """A short print of what was read, so that a decision is never taken on another text."""
    post = item.post
    if post is None:
        return ""
    said = "\n".join([post.topic.title if post.number in (None, 1) else "", post.text])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def school_in(desk: Desk, slug: str) -> School | None:
    return next((one.school for one in desk.members.values() if one.school.slug == slug), None)


def _opened_as(item: Item) -> tuple[str, str]:
    """Under which object and case the log names the showing of an item."""
    case = item.case.key if item.case else ""
    if item.kind == READING and item.decision is not None:
        case = item.decision.case
    return (item.post.key if item.post is not None else item.key), case


def _beside_of_opened(item: Item) -> tuple[str, ...]:
    """Once its name is open, what may be decided of the person too."""
    verbs = [verb for verb in item.beside if verb != Verb.OPEN_NAME]
    return (*verbs, *(verb for verb in policy.ON_PERSON if policy.may_use(item.hat, verb)))
