"""The only way from a request to a school: 404 or 403 is decided here, once, for every view."""

import datetime
from collections import defaultdict
from dataclasses import replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.schools.asked import as_waiting
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership, School
from accounts.schools.policy import may_write
from foundation.prepared import Prepared

SEEN_AS = "seen_as"


def members_of(user: Any) -> tuple[Member, ...]:
    """Return what `user` is in each school, oldest membership first; one query, kept on the user."""
    if not user.is_authenticated:
        return ()
    kept = user.__dict__.get("_members")
    if kept is None:
        kept = user.__dict__["_members"] = _load(user)
    return kept


def forget_members(user: Any) -> None:
    """Read the hats of `user` again at the next question, after an act that changed them."""
    user.__dict__.pop("_members", None)


def member_in(user: Any, school: School) -> Member | None:
    """Return what `user` is in `school`, None if nothing: absent, gone and restricted are the same."""
    return next((member for member in linked(user) if member.school.pk == school.pk), None)


def linked(user: Any) -> list[Member]:
    """As `members_of`, without the schools of which the person only believes that they wait there.

    For what is asked of the school's own rows, not of what the person is shown.
    """
    return [member for member in members_of(user) if not member.kept_away]


def known_to(user: Any, membership: str) -> Q:
    """Rows whose `membership` the person knows to be theirs: of a school they are in, or have left."""
    here = [member.school.pk for member in linked(user)]
    return Q(**{f"{membership}__school__in": here}) | Q(**{f"{membership}__state": Membership.State.LEFT})


def member_of(request: HttpRequest, slug: str) -> Member:
    """Return the member that this request acts as in the school `slug`; 404 to whoever is nobody there.

    Whoever waits to be let in is a member too, whom no policy lets do anything.
    """
    own = themselves(request, slug)
    seen = request.session.get(SEEN_AS) or {}
    if not (own.leads and seen.get("school") == own.school.pk):
        return own
    parent = seen_as_parent(own.school, seen.get("classroom"), own.today)
    if parent is None:
        # The class is gone: there is nobody left to see as.
        return own
    if request.method not in {"GET", "HEAD"}:
        raise OnlyLooking
    return parent


def themselves(request: HttpRequest, slug: str) -> Member:
    """As `member_of`, for the pages that begin and end the look "as a parent": the person as they are."""
    own = next((member for member in members_of(request.user) if member.school.slug == slug), None)
    if own is None:
        raise Http404
    return own


def seen_in(request: HttpRequest) -> Member | None:
    """The parent as whom the direction looks at its school now, for the banner of every page."""
    seen = (request.session.get(SEEN_AS) or {}) if request.user.is_authenticated else {}
    if not seen:
        return None
    own = next((m for m in members_of(request.user) if m.leads and m.school.pk == seen.get("school")), None)
    return seen_as_parent(own.school, seen.get("classroom"), own.today) if own else None


def front_of(request: HttpRequest, slug: str) -> tuple[School, Member | None]:
    """Return a school for its public page, and what the person is there; a closed one to its people."""
    for member in members_of(request.user):
        if member.school.slug == slug:
            return member.school, member_of(request, slug)
    school = School.objects.open().filter(slug=slug).first()
    if school is None:
        raise Http404
    return school, None


def allow(answer: bool) -> None:
    """Raise 403 unless `answer`: for what the person may know of, but not do."""
    if not answer:
        raise PermissionDenied


def allow_writing(member: Member) -> None:
    """Raise 403 unless the person may write; somebody suspended is told until when, and why."""
    if member.is_suspended():
        raise Suspended(member)
    if member.seen_as:
        raise OnlyLooking
    allow(may_write(member))


class OnlyLooking(PermissionDenied):
    """Nothing is done while one looks "as a parent"."""

    @property
    def words(self) -> str:
        return gettext(
            "You are looking as a parent: nothing can be written. Come back to your own page first."
        )


class Suspended(PermissionDenied):
    """The direction has taken the right to write away for some days, and gave the reason."""

    def __init__(self, member: Member) -> None:
        super().__init__()
        self.member = member

    @property
    def words(self) -> str:
        """What the person is told: until when, and the direction's reason."""
        membership = cast(Membership, self.member.membership)
        return gettext(
            "You cannot write until %(day)s. The direction of the school gave this reason: %(why)s"
        ) % {
            "day": suspended_until(self.member.school, membership),
            "why": membership.suspended_why,
        }


def suspended_until(school: School, membership: Membership) -> str:
    """Until when somebody may not write, in words and in the school's own time; "" if they may."""
    until = membership.suspended_until
    if until is None or until <= timezone.now():
        return ""
    return date_format(until.astimezone(ZoneInfo(school.time_zone)), "DATETIME_FORMAT")


def seen_as_parent(school: School, classroom: int | None, today: datetime.date) -> Member | None:
    """Make the parent of no child whom the director sees a page as; None if the class is gone."""
    room = Classroom.objects.of_school(school).current().filter(pk=classroom).first()
    if room is None:
        return None
    hat = Hat(kind=Hat.Kind.PARENT, classroom=room, since=today)
    return Member(school, None, (hat,), today, seen_as=True)


def _load(user: Any) -> tuple[Member, ...]:
    # A day too wide: each school's own date decides, in `member_from`.
    since = timezone.now().date() - datetime.timedelta(days=1)
    by_membership: dict[Membership, list[Any]] = defaultdict(list)
    for hat in _HATS.rows(user=user.pk, since=since):
        by_membership[hat.membership].append(hat)
    for membership in by_membership:
        # Known already: no rule asks the database for it again.
        membership.user = user
    members, away = [], []
    for membership, hats in by_membership.items():
        member = member_from(membership, hats)
        if member is not None:
            members.append(member)
        elif any(hat.barred_until for hat in hats):
            away.append(membership)
    return tuple(members + _kept_away(away) if away else members)


def _kept_away(memberships: list[Membership]) -> list[Member]:
    """Of those who asked to be let in, what they are told; one query, for nobody but them."""
    found = (member_from(shown, hats) for shown, hats in as_waiting(memberships))
    return [replace(member, kept_away=True) for member in found if member is not None]


def _hats(user: int, since: datetime.date) -> Any:
    """The hats of a person that may be worn somewhere in the world."""
    return (
        Hat.objects.lasting(since)
        .filter(membership__user=user)
        .exclude(membership__state=Membership.State.LEFT)
        .with_barred_until()
        .select_related("membership__school", "classroom__year", "mandate__parent_list")
        .order_by("membership__joined", "membership", "kind", "classroom__position", "classroom__name", "pk")
    )


# Asked at every request of somebody signed in.
_HATS = Prepared(_hats, user=int, since=datetime.date)


def member_from(membership: Membership, hats: list[Any]) -> Member | None:
    """Return the member that these hats, each with `barred_until`, make today at the school; None if none."""
    today = membership.school.today(timezone.now())
    # Whoever waits sees and may do nothing more, be there a decision or none: they are told the same.
    waits = membership.state == Membership.State.PENDING
    worn = [hat for hat in hats if (hat.runs_on(today) if waits else hat.is_worn_on(today))]
    if not worn:
        return None
    now = tuple(hat for hat in worn if hat.classroom is None or hat.classroom.year.is_current)
    past = tuple(hat for hat in worn if hat.classroom is not None and not hat.classroom.year.is_current)
    return Member(membership.school, membership, now, today, past_hats=past)
