"""What is new for one person, by school: what they must answer, then what they may want to know (RULES §6).

One list, of which the page, the mail and the sheet are renderings. It tells of nothing that the person could
not open: each group is asked by its own policy, and a notice of a group that was left is not told.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.people.models import User
from accounts.schools.member import Member
from exchanges.groups import policy as groups
from exchanges.groups.models import Group
from exchanges.letter.asking import GROUP, Row, rows_for
from exchanges.moderation.policy import judges_for_school
from foundation.html import isolated

# What is older waits in its group; marks of reading live longer.
WINDOW = datetime.timedelta(days=30)
# A suggestion stays in the list of groups longer than it is news.
SUGGESTED_FOR = datetime.timedelta(days=14)
_GROUP_IN_ADDRESS = re.compile(r"/groupes/([bcdfghjkmnpqrstvwxz]{8})/")
PLACE = "THE-SLUG"
KEY = "bbbbbbbb"


@dataclass(frozen=True)
class Item:
    """One thing told: a title that stands alone, a sentence, where it leads, and what the link says."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""
    at: datetime.datetime | None = None
    # Of a title that was stored: the language its reader had then.
    lang: str = ""


@dataclass(frozen=True)
class OwnGroup:
    """A group that the person reads, and how many discussions are new to them there."""

    name: str
    url: str
    fresh: int


@dataclass
class SchoolNews:
    """What concerns a person in one school: to answer, to know, and what is new by group."""

    answer: list[Item] = field(default_factory=list)
    news: list[Item] = field(default_factory=list)
    fresh: list[Item] = field(default_factory=list)
    groups: list[OwnGroup] = field(default_factory=list)
    # Runs a group here: the list « À relire » is theirs.
    facilitates: bool = False


WhatsNew = dict[int, SchoolNews]


def whats_new(user: User, members: Sequence[Member], now: datetime.datetime | None = None) -> WhatsNew:
    """Return what is new by the id of each school; one query, whatever the number of schools and groups."""
    moment = now or timezone.now()
    open_to = {
        member.school.pk: member
        for member in members
        if member.membership is not None and not member.is_pending and member.opens_past
    }
    found: WhatsNew = defaultdict(SchoolNews)
    if not open_to:
        return found
    rows = rows_for(
        user.pk,
        [member.membership.pk for member in open_to.values() if member.membership],
        list(open_to),
        [school for school, member in open_to.items() if judges_for_school(member)],
        moment - WINDOW,
    )
    by_school: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_school[row.school].append(row)
    for school, told in by_school.items():
        found[school] = _of_school(open_to[school], told, moment, user.language)
    return found


def _of_school(member: Member, rows: Sequence[Row], now: datetime.datetime, language: str) -> SchoolNews:
    known = [_Known(member, row) for row in rows if row.what == GROUP]
    readable = {one.row.key for one in known if one.reads}
    shown = readable | {one.row.key for one in known if one.is_asked_in or one.can_take_on}
    notices = [row for row in rows if row.what != GROUP and _may_be_told(row, shown)]
    found = SchoolNews(facilitates=any(one.decides for one in known))
    found.answer += _to_moderate(member, known)
    found.answer += _to_reread(member, known)
    for one in known:
        found.answer += one.to_answer()
    for row in sorted(notices, key=lambda row: row.moment, reverse=True):
        url = reverse("told", args=[row.circle, row.key])
        found.news.append(Item(title=row.title, url=url, at=row.moment, lang=language))
    found.news += [item for one in known for item in one.suggested(now)]
    found.fresh = [item for one in known for item in one.fresh()]
    mine = [OwnGroup(one.row.title, one.address("group"), one.row.fresh) for one in known if one.reads]
    found.groups = sorted(mine, key=lambda group: (not group.fresh, group.name.casefold()))
    return found


class _Known:
    """A group as its policies see it, made of a row."""

    def __init__(self, member: Member, row: Row) -> None:
        self.member, self.row = member, row
        self.group = Group(key=row.key, circle=row.circle, state=row.state, classroom_id=row.classroom)
        self.group.__dict__ |= {
            "seat_id": row.seat,
            "seat_joined": row.moment,
            "seat_is_facilitator": bool(row.facilitates),
            "seat_is_silenced": False,
            "seat_declines_reports": False,
            "seat_mute_until": None,
            "invitation_id": row.invitation,
            "removed": False,
        }
        self.reads = groups.can_read(member, self.group)
        self.decides = groups.can_facilitate(member, self.group)
        self.can_take_on = groups.can_take_on(member, self.group)
        self.is_asked_in = row.invitation is not None and groups.can_join(member, self.group)

    def address(self, name: str) -> str:
        return _address(name, self.member.school.slug, self.row.key)

    def to_answer(self) -> list[Item]:
        row, found = self.row, []
        if self.decides and row.asked and not judges_for_school(self.member):
            words = ngettext(
                "%(count)d person asks to come into “%(group)s”",
                "%(count)d people ask to come into “%(group)s”",
                row.asked,
            )
            found.append(
                Item(
                    title=words % {"count": row.asked, "group": isolated(row.title)},
                    text=gettext("Without an answer within three days, they are in."),
                    url=self.address("group_requests"),
                    label=gettext("Answer"),
                )
            )
        if self.is_asked_in:
            found.append(
                Item(
                    title=gettext("You are invited into the group “%(group)s”")
                    % {"group": isolated(row.title)},
                    text=gettext("You read what it is for, then you say yes or no."),
                    url=self.address("group_card"),
                    label=gettext("See the group"),
                )
            )
        return found

    def suggested(self, now: datetime.datetime) -> list[Item]:
        if not self.can_take_on or self.row.moment < now - SUGGESTED_FOR:
            return []
        return [
            Item(
                title=gettext("The school suggests a group: “%(group)s”")
                % {"group": isolated(self.row.title)},
                text=gettext("It begins when a parent takes it on."),
                url=self.address("group_card"),
                label=gettext("See the group"),
                at=self.row.moment,
            )
        ]

    def fresh(self) -> list[Item]:
        count, latest = self.row.fresh, self.row.latest
        if not (self.reads and count):
            return []
        words = ngettext(
            "%(count)d new discussion in “%(group)s”", "%(count)d new discussions in “%(group)s”", count
        )
        return [
            Item(
                title=words % {"count": count, "group": isolated(self.row.title)},
                text=latest if count == 1 else gettext("The latest: %(title)s") % {"title": isolated(latest)},
                url=self.address("group"),
                label=gettext("Open the group"),
            )
        ]


def _to_moderate(member: Member, known: Sequence[_Known]) -> list[Item]:
    """The direction's queue, in the admin: first of its items."""
    if not judges_for_school(member):
        return []
    count = sum(one.row.reported + one.row.held + one.row.asked for one in known)
    if not count:
        return []
    words = ngettext("%(count)d thing to moderate", "%(count)d things to moderate", count)
    return [
        Item(
            title=words % {"count": count},
            text=gettext("Of a parents’ group you read a message only once its case is given to you."),
            url=_address("admin:moderation_queue"),
            label=gettext("To moderate"),
        )
    ]


def _to_reread(member: Member, known: Sequence[_Known]) -> list[Item]:
    """What waits in the groups that a person runs, without being of the direction."""
    if judges_for_school(member):
        return []
    waiting = [one for one in known if one.decides and (one.row.held or one.row.reported)]
    count = sum(one.row.held + one.row.reported for one in waiting)
    if not count:
        return []
    words = ngettext("%(count)d message to read again", "%(count)d messages to read again", count)
    return [
        Item(
            title=words % {"count": count},
            text=gettext(", ").join(isolated(one.row.title) for one in waiting),
            url=_address("moderation", member.school.slug),
            label=gettext("Read again"),
        )
    ]


def _may_be_told(notice: Row, shown: set[str]) -> bool:
    """Whether the group of a notice, if it has one, is still one the person may open."""
    group = _GROUP_IN_ADDRESS.search(notice.state)
    return group is None or group[1] in shown


def _address(name: str, slug: str = "", key: str = "") -> str:
    """The address of a page, "" while there is none."""
    return _pattern(name, bool(slug), bool(key)).replace(PLACE, slug).replace(KEY, key or KEY)


@cache
def _pattern(name: str, has_school: bool, has_key: bool) -> str:
    try:
        return reverse(name, args=[*[PLACE] * has_school, *[KEY] * has_key])
    except NoReverseMatch:
        return ""
