"""How many people can read a page of the school: the bold number of « Qui peut lire ici ». One query each."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from accounts.audit.models import AuditEntry
from accounts.schools import policy
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership, School
from foundation.howmany import HowMany
from foundation.prepared import Prepared

Kind = Hat.Kind


def count_members(school: School) -> int:
    """Those let in who wear a hat today.

    A court decision takes nobody off: every member reads this number, and would see it fall by one.
    """
    now = _NOW.rows(school=school.pk)
    # Counting two thousand takes a millisecond: once a day, and after each act on record in the school.
    return _counted(school.pk, school.created, school.today(), *now[0]) if now else 0


@lru_cache(256)
def _counted(school: int, _created: datetime.datetime, day: datetime.date, _people: int, _act: int) -> int:
    rows = _MEMBERS.rows(school=school, day=day)
    return rows[0]["people"] if rows else 0


def count_readers(school: School, may: Callable[[Member], bool], kind: str = "") -> int:
    """Those of the direction, its titles and whoever wears `kind`, to whom the policy `may` says yes."""
    today = school.today()
    worn: dict[Membership, list[Hat]] = defaultdict(list)
    for hat in _HATS[kind].rows(school=school.pk, day=today):
        worn[hat.membership].append(hat)
    people: Iterable[Member] = (Member(school, one, tuple(hats), today) for one, hats in worn.items())
    return sum(may(member) for member in people)


def count_keepers(school: School) -> int:
    """Those who see its people by name: the direction, and whoever it gave the right *members* to."""
    return count_readers(school, lambda one: policy.can_manage_members(one) or policy.can_give_hats(one))


def _now(school: int) -> QuerySet:
    """How many people there are, hat or not, and the last act on record."""
    last = AuditEntry.objects.of_school(school).order_by("-at", "-pk").values("pk")[:1]
    present = Membership.objects.of_school(school).present().order_by().values("pk")
    return School.objects.filter(pk=school).order_by().values_list(HowMany(present), Subquery(last))


def _members(school: int, day: datetime.date) -> QuerySet:
    hats = Hat.objects.filter(membership=OuterRef("pk")).worn_on(day)
    present = Membership.objects.filter(Exists(hats), school=school, state=Membership.State.ACTIVE)
    return present.order_by().values("school").annotate(people=Count("pk"))


def _hats_of(*kinds: str) -> Callable[..., QuerySet]:
    def build(school: int, day: datetime.date) -> QuerySet:
        hats = Hat.objects.few_of_school(school, kinds).filter(membership__state=Membership.State.ACTIVE)
        return hats.worn_on(day).unbarred(day).select_related("membership", "mandate").order_by("pk")

    return build


_NOW = Prepared(_now, school=int)
_MEMBERS = Prepared(_members, school=int, day=datetime.date)
_HATS = {
    kind: Prepared(_hats_of(*Hat.STAFF, *filter(None, [kind])), school=int, day=datetime.date)
    for kind in ("", Kind.TEACHER, Kind.ELECTED)
}
