"""A query on a school's data without a school is loud."""

import pytest
from django.db.models import Count, Q

from accounts.schools.models import Classroom, Hat, Membership, School
from accounts.schools.scope import UnscopedQuery

pytestmark = pytest.mark.django_db

UNSCOPED = [
    lambda: list(Membership.objects.all()),
    lambda: Membership.objects.filter(name="Paul").first(),
    lambda: Membership.objects.present().count(),
    lambda: Hat.objects.running().exists(),
    lambda: Membership.objects.filter(school__isnull=False).count(),
    lambda: Membership.objects.exclude(school=School(pk=1)).count(),
    lambda: Membership.objects.filter(~Q(school=1)).count(),
    lambda: Membership.objects.filter(Q(school=1) | Q(name="Paul")).count(),
    lambda: Classroom.objects.current().update(name="X"),
    lambda: Membership.objects.filter(name="Paul").delete(),
    lambda: Membership.objects.get(key="bcdfghjk"),
    lambda: list(Membership.objects.values("name")),
    lambda: list(Membership.objects.iterator()),
    lambda: Membership.objects.aggregate(rows=Count("pk")),
    lambda: Membership.objects.order_by("pk").last(),
    lambda: Membership.objects.in_bulk(),
    lambda: len(Membership.objects.all()[:3]),
    lambda: bool(Membership.objects.all()),
    lambda: Membership.objects.filter(~Q(school=1), name="Paul").count(),
]
SCOPED = [
    lambda: list(Membership.objects.filter(school=1)),
    lambda: list(Membership.objects.of_school(School(pk=1))),
    lambda: list(Hat.objects.filter(membership=1)),
    lambda: list(Hat.objects.filter(classroom=1)),
    lambda: list(Membership.objects.filter(user=1)),
    lambda: list(Membership.objects.filter(school=1).exclude(name="Paul")),
    lambda: list(Membership.objects.filter(school__in=[1, 2])),
    lambda: list(Membership.objects.filter(school__in=[])),
    lambda: list(Membership.objects.none()),
    lambda: Membership.objects.filter(Q(school=1) | Q(user=2)).count(),
    lambda: Hat.objects.filter(membership__school=1, kind="parent").exists(),
    lambda: Membership.objects.unscoped().filter(name="Paul").count(),
    lambda: list(Membership.objects.filter(pk__in=Hat.objects.filter(classroom=1).values("membership"))),
]


@pytest.mark.parametrize("ask", UNSCOPED)
def test_without_a_school_it_raises(ask):
    with pytest.raises(UnscopedQuery):
        ask()


@pytest.mark.parametrize("ask", SCOPED)
def test_with_one_it_answers(ask):
    ask()
