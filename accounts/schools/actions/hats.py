"""Give and take away what people are in a school."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.schools.access import forget_members
from accounts.schools.actions.telling import note
from accounts.schools.errors import LastDirector, NotOneself, OtherSchool, TitleNeedsAnEnd
from accounts.schools.models import Classroom, Hat, Membership, Restriction, School

DAY = datetime.timedelta(days=1)
# Members of the council by right, whom parents cannot elect (FEATURES 2).
BY_RIGHT = (Hat.Kind.DIRECTOR, Hat.Kind.INTERIM, Hat.Kind.TEACHER)
# Without a last day these last; the others keep the one they had.
LASTING = (Hat.Kind.PARENT, Hat.Kind.TEACHER, Hat.Kind.DIRECTOR)


def worn_on(membership: Membership, day: datetime.date, *kinds: str) -> Any:
    """The hats of a member in force on `day`, whatever restrictions say."""
    hats = Hat.objects.filter(membership=membership).worn_on(day)
    return hats.filter(kind__in=kinds) if kinds else hats


@transaction.atomic
def give_hat(
    membership: Membership,
    kind: str,
    *,
    by: Any = None,
    classroom: Classroom | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    rights: list[str] | None = None,
    tell: bool = False,
) -> Hat:
    """Give a hat from `since` (today at the school) to `until`; the one worn already takes the new end.

    A director, interim or teacher sits in the council by right: a mandate of theirs ends the day before.
    Raises OtherSchool.
    """
    if classroom is not None and classroom.school_id != membership.school_id:
        raise OtherSchool
    since = since or membership.school.today()
    hat = worn_on(membership, since, kind).filter(classroom=classroom).first()
    if hat is None or kind == Hat.Kind.ELECTED:
        hat, is_new = Hat.objects.get_or_create(
            membership=membership,
            kind=kind,
            classroom=classroom,
            since=since,
            defaults={"until": until, "rights": rights or [], "given_by": by},
        )
        if not is_new:
            _change(hat, until, rights)
    elif not _change(hat, until, rights):
        return hat
    _note("hat_given", hat, by=by, tell=tell)
    if kind in BY_RIGHT:
        _end_mandates(membership, since, by=by, tell=tell)
    forget_members(membership.user)
    return hat


@transaction.atomic
def give_title(
    membership: Membership, kind: str, *, by: Any, until: datetime.date, rights: list[str] | None = None
) -> Hat:
    """Make somebody deputy, secretary, interim, helper or relay until a day; they are told.

    Raises NotOneself, TitleNeedsAnEnd.
    """
    if by is not None and by.pk == membership.user_id:
        raise NotOneself
    if until < membership.school.today():
        raise TitleNeedsAnEnd
    return give_hat(membership, kind, by=by, until=until, rights=rights or [], tell=True)


@transaction.atomic
def set_teachers_classes(membership: Membership, classrooms: list[Classroom], *, by: Any) -> None:
    """Let a teacher teach exactly these classes of the current year, from today."""
    today = membership.school.today()
    taught = list(worn_on(membership, today, Hat.Kind.TEACHER).select_related("classroom__year"))
    kept = {room.pk for room in classrooms}
    for hat in taught:
        if hat.classroom.year.is_current and hat.classroom_id not in kept:
            end_hat(hat, by=by, tell=True)
    known = {hat.classroom_id for hat in taught}
    for room in classrooms:
        if room.pk not in known:
            give_hat(membership, Hat.Kind.TEACHER, by=by, classroom=room, tell=True)


@transaction.atomic
def end_hat(hat: Hat, *, by: Any, last_day: datetime.date | None = None, tell: bool = False) -> None:
    """End a hat on `last_day` (yesterday at the school: at once). Raises LastDirector."""
    school = hat.membership.school
    if hat.kind == Hat.Kind.DIRECTOR:
        refuse_no_director(school, hat.membership)
    _end(hat, last_day or school.today() - DAY)
    _note("hat_ended", hat, by=by, tell=tell)
    forget_members(hat.membership.user)


@transaction.atomic
def end_mandates_of_council(membership: Membership, *, by: Any) -> None:
    """End the mandates of whoever sits by right in the council, once what two people were is one person's."""
    today = membership.school.today()
    sits = Hat.objects.filter(membership=membership, kind__in=BY_RIGHT)
    for hat in sits.lasting(today):
        _end_mandates(membership, max(hat.since, today), by=by, tell=False)
    forget_members(membership.user)


def _end_mandates(membership: Membership, since: datetime.date, *, by: Any, tell: bool) -> None:
    for mandate in worn_on(membership, since, Hat.Kind.ELECTED):
        _end(mandate, since - DAY)
        _note("hat_ended", mandate, by=by, tell=tell)


def refuse_no_director(school: School, leaver: Membership) -> None:
    """Raise LastDirector unless somebody else directs the school. Locks the school's row."""
    School.objects.select_for_update().get(pk=school.pk)
    if not is_directed_without(school, leaver):
        raise LastDirector


def is_directed_without(school: School, leaver: Membership) -> bool:
    """Whether somebody else directs the school without an end, and comes in: open account, no decision."""
    today = school.today()
    shut_out = Restriction.objects.filter(membership=OuterRef("membership"), classroom__isnull=True)
    others = Hat.objects.of_school(school).filter(
        ~Exists(shut_out.lasting(today)),
        kind=Hat.Kind.DIRECTOR,
        since__lte=today,
        until__isnull=True,
        membership__state=Membership.State.ACTIVE,
        membership__user__is_active=True,
    )
    return others.exclude(membership=leaver).exists()


def _end(hat: Hat, last: datetime.date) -> None:
    """Make `last` the last day; a hat that would end before it began was never worn."""
    if hat.since > last:
        hat.delete()
    elif hat.until is None or hat.until > last:
        hat.until = last
        hat.save(update_fields=["until"])


def _change(hat: Hat, until: datetime.date | None, rights: list[str] | None) -> bool:
    """Give a worn hat a new end or new rights; whether anything is new."""
    changed: dict[str, Any] = {}
    if until != hat.until and (until is not None or hat.kind in LASTING):
        changed["until"] = until
    if rights is not None and sorted(rights) != sorted(hat.rights):
        changed["rights"] = rights
    for name, value in changed.items():
        setattr(hat, name, value)
    if changed:
        hat.save(update_fields=list(changed))
    return bool(changed)


def _note(verb: str, hat: Hat, *, by: Any, tell: bool) -> None:
    note(
        verb,
        hat.membership,
        by=by,
        tell=tell,
        kind=hat.kind,
        classroom=hat.classroom.key if hat.classroom else "",
        until=hat.until.isoformat() if hat.until else "",
    )
