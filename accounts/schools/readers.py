"""How many people can read a page of the school: the bold number of « Qui peut lire ici ». One query each."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.schools import policy
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership, School
from foundation.prepared import Prepared

Kind = Hat.Kind


def count_members(school: School) -> int:
    """Those let in who wear a hat today.

    A court decision takes nobody off: every member reads this number, and would see it fall by one.
    """
    rows = _MEMBERS.rows(school=school.pk, day=school.today())
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


def _members(school: int, day: datetime.date) -> QuerySet:
    hats = Hat.objects.filter(membership=OuterRef("pk")).worn_on(day)
    present = Membership.objects.filter(Exists(hats), school=school, state=Membership.State.ACTIVE)
    return present.order_by().values("school").annotate(people=Count("pk"))


def _hats_of(*kinds: str) -> Callable[..., QuerySet]:
    def build(school: int, day: datetime.date) -> QuerySet:
        hats = Hat.objects.filter(
            Q(classroom__isnull=True) | Q(classroom__year__is_current=True),
            membership__school=school,
            membership__state=Membership.State.ACTIVE,
            kind__in=kinds,
        )
        return hats.worn_on(day).unbarred(day).select_related("membership", "mandate").order_by("pk")

    return build


_MEMBERS = Prepared(_members, school=int, day=datetime.date)
_HATS = {
    kind: Prepared(_hats_of(*Hat.STAFF, *filter(None, [kind])), school=int, day=datetime.date)
    for kind in ("", Kind.TEACHER, Kind.ELECTED)
}
