"""Who is a party: the author, also without a name, whoever reported, whoever is named. They never decide."""

import re
from collections.abc import Iterable

from accounts.people.names import skeleton
from accounts.schools.models import Membership
from exchanges.discussions.actions import person_of
from exchanges.discussions.models import Post
from exchanges.moderation.models import Case, Report
from exchanges.moderation.targets import MEMBER, POST, Target

# A family name as short as this is also a word of every day.
SHORT_NAME = 3
_WORDS = re.compile(r"[^\W_]+")


def is_party(membership: Membership | None, target: Target) -> bool:
    """Whether this person may not decide on `target`."""
    if membership is None:
        return True
    if target.post is not None:
        return is_party_of_post(membership, target.post, _reporters(target.case))
    if target.person is not None and target.person.pk == membership.pk:
        return target.kind != "topic"
    return target.kind == MEMBER and _has_reported(membership, target)


def is_party_of_post(membership: Membership, post: Post, reporters: Iterable[int | None]) -> bool:
    """Author, reporter, or named in the text or in the title that it began."""
    author = person_of(post) if post.is_anonymous else None
    if author is not None and author.pk == membership.pk:
        return True
    return is_openly_party(membership, post, reporters)


def is_openly_party(membership: Membership, post: Post, reporters: Iterable[int | None]) -> bool:
    """As `is_party_of_post`, but for who wrote without a name: what others see or hear depends on this one.

    A question that went to the direction at once because its author runs the group would say who asks.
    """
    if membership.pk == post.author_id or membership.pk in set(reporters):
        return True
    return is_named(membership.name, post.text) or (
        post.number == 1 and is_named(membership.name, post.topic.title)
    )


def is_openly(membership: Membership, target: Target) -> bool:
    """As `is_party`, but for who wrote without a name."""
    if target.post is not None:
        return is_openly_party(membership, target.post, _reporters(target.case))
    return is_party(membership, target)


def is_named(name: str, text: str) -> bool:
    """Whether `text` holds the whole name, in any order of its words, or a family name standing alone."""
    return Named(name).in_text(text)


class Named:
    """As `is_named`, for one person and many texts: the words of their name are folded once."""

    def __init__(self, name: str) -> None:
        self.words = _folded(name)
        self.alone = self.words[-1] if len(self.words) > 1 and len(self.words[-1]) > SHORT_NAME else None
        self.wanted = sorted(self.words)

    def in_text(self, text: str) -> bool:
        said, long = _folded(text), len(self.words)
        if not long:
            return False
        if self.alone in said:
            return True
        return any(sorted(said[at : at + long]) == self.wanted for at in range(len(said) - long + 1))


def _folded(text: str) -> list[str]:
    return [skeleton(word) for word in _WORDS.findall(text)]


def _reporters(case: Case | None) -> list[int | None]:
    return list(case.reports.values_list("reporter_id", flat=True)) if case else []


def _has_reported(membership: Membership, target: Target) -> bool:
    """Whether there is an open report by this person on a message of the one concerned."""
    reports = Report.objects.filter(reporter=membership, case__state=Case.State.OPEN, case__kind=POST)
    keys = list(reports.values_list("case__object", flat=True))
    return bool(keys) and Post.objects.filter(author=target.person, key__in=keys).exists()
