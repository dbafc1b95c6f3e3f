"""Where one reads: a person in a group they have joined, found in two queries, and the addresses there."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.schools.access import member_of
from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.discussions.models import Post
from exchanges.groups import policy
from exchanges.groups.models import Group, group_with_seat, who_can_read, whose_group


class WithKey(Protocol):
    """A discussion, or a row of one."""

    @property
    def key(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """A reader of a group; `readers` is how many there are."""

    member: Member
    group: Group
    readers: int

    @property
    def person(self) -> Membership:
        if self.member.membership is None:
            raise Http404
        return self.member.membership

    @cached_property
    def base(self) -> str:
        return reverse("group", args=[self.member.school.slug, self.group.key])

    def of_topic(self, topic: WithKey) -> str:
        return f"{self.base}{topic.key}/"

    def of_number(self, topic: WithKey, number: int) -> str:
        return f"{self.base}{topic.key}/message/{number}/"

    def at_number(self, topic: WithKey, number: int) -> str:
        """The page and the anchor of a message, without asking where it stands."""
        page = (number - 1) // Post.PAGE + 1
        query = f"?page={page}" if page > 1 else ""
        return f"{self.of_topic(topic)}{query}#message-{number}"

    def of_post(self, post: Post, act: str) -> str:
        return f"{self.base}message/{post.key}/{act}/"

    def optional(self, name: str, *args: Any) -> str:
        """An address of a feature that stands above this one; "" where it is not there."""
        try:
            return reverse(name, args=[self.member.school.slug, *args])
        except NoReverseMatch:
            return ""

    @cached_property
    def context(self) -> dict[str, Any]:
        """What every page of a group shows."""
        return {
            "school": self.member.school,
            "member": self.member,
            "group": self.group,
            "whose": self.whose,
            "reads": self.reads,
            "see": self.optional("group_members", self.group.key),
            "base": self.base,
        }

    @property
    def whose(self) -> str:
        room = self.group.classroom.name if self.group.classroom else ""
        return whose_group(self.group.circle, room)

    @property
    def reads(self) -> SafeString:
        return who_can_read(self.group, self.readers)

    def crumbs(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """From the school through the group to this page; a step is (label, address)."""
        school = self.member.school
        found = [
            {"label": school.name, "url": school.get_absolute_url()},
            {"label": gettext("Groups"), "url": self.optional("groups")},
            {"label": self.group.name, "url": self.base if steps else ""},
        ]
        return [*found, *({"label": label, "url": url} for label, url in steps)]


def place_of(request: HttpRequest, slug: str, gkey: str) -> Place:
    """The person and a group they have joined; 404 for any other."""
    member = member_of(request, slug)
    found = in_group(member, gkey)
    if found is None:
        raise Http404
    return found


def in_group(member: Member, gkey: str) -> Place | None:
    """The person and a group they read, None for any other; 1 query."""
    if member.membership is None:
        return None
    group = group_with_seat(member, gkey)
    if group is None or not policy.can_read(member, group):
        return None
    readers: int = group.__dict__["readers"]
    return Place(member, group, readers)
