"""A prepared query gives what the queryset gives, with one query, whatever the values."""

import datetime

import pytest
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from accounts.schools.models import Hat, Membership
from accounts.schools.scope import UnscopedQuery
from foundation.prepared import LENGTHS_KEPT, Prepared
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db


def hats(user, day):
    others = Membership.objects.filter(school=OuterRef("membership__school")).exclude(user=user)
    rows = Hat.objects.filter(Q(until__isnull=True) | Q(until__gte=day), membership__user=user)
    return (
        rows.annotate(has_others=Exists(others))
        .select_related("membership__school", "classroom")
        .order_by("pk")
    )


@pytest.fixture
def prepared():
    return Prepared(hats, user=int, day=datetime.date)


def told(rows):
    return [
        (
            hat.pk,
            hat.kind,
            hat.until,
            hat.classroom,
            hat.membership,
            hat.membership.school,
            bool(hat.has_others),
        )
        for hat in rows
    ]


def test_it_gives_the_rows_of_the_queryset_for_each_value(prepared, django_assert_num_queries):
    school = make_school()
    day = school.today()
    people = [
        make_member(school, "amina", "parent", rooms=school.rooms),
        make_member(school, "claire", "director"),
        make_member(make_school("seule"), "zoe", "helper", until=day + datetime.timedelta(days=2)),
    ]
    for asked in (day, day + datetime.timedelta(days=3)):
        for member in people:
            with django_assert_num_queries(1):
                found = prepared.rows(user=member.user_id, day=asked)
                assert all(hat.membership.school.name for hat in found)
            assert told(found) == told(hats(member.user_id, asked))


def test_dates_and_lists_come_back_as_python(prepared):
    school = make_school()
    member = make_member(school, "patricia", "secretary", rights=["members"])
    (hat,) = prepared.rows(user=member.user_id, day=school.today())
    assert hat.rights == ["members"]
    assert isinstance(hat.since, datetime.date)
    assert hat.membership.joined.tzinfo is not None


def test_nobody_gets_the_rows_of_another(prepared):
    amina, boris = (make_member(make_school(f"e-{name}"), name, "parent") for name in ("amina", "boris"))
    day = amina.school.today()
    for own in (amina, boris, amina):
        assert {hat.membership for hat in prepared.rows(user=own.user_id, day=day)} == {own}


def test_a_value_changed_on_its_way_to_the_database_is_refused():
    wrong = Prepared(
        lambda day: Hat.objects.unscoped().filter(until__gte=day - datetime.timedelta(days=1)),
        day=datetime.date,
    )
    with pytest.raises(ValueError, match="day"):
        wrong.rows(day=datetime.date(2026, 11, 24))


def counted(schools, now):
    rows = Membership.objects.filter(school__in=schools, joined__lte=now).order_by()
    return rows.values("school").annotate(count=Count("pk"), first=Min("joined"))


def test_lists_of_ids_moments_and_dicts_come_as_from_the_queryset():
    schools = [make_school(f"e-{number}") for number in range(3)]
    for number, school in enumerate(schools):
        for person in range(number + 1):
            make_member(school, f"p{number}{person}", "parent")
    now, ids = timezone.now(), [school.pk for school in schools]
    prepared = Prepared(counted, schools=list, now=datetime.datetime)
    asked = (ids[:1], ids, ids[2:], ids[1:])
    for wanted in asked:
        for moment in (now, now - datetime.timedelta(days=1)):
            found = sorted(prepared.rows(schools=wanted, now=moment), key=lambda row: row["school"])
            assert found == sorted(counted(wanted, moment), key=lambda row: row["school"])


def test_no_more_than_the_usual_lengths_of_a_list_are_kept():
    school = make_school()
    make_member(school, "amina", "parent")
    prepared = Prepared(counted, schools=list, now=datetime.datetime)
    many = [school.pk, *range(school.pk + 1, school.pk + 60)]
    for length in range(1, len(many) + 1):
        (row,) = prepared.rows(schools=many[:length], now=timezone.now() + datetime.timedelta(minutes=1))
        assert row["count"] == 1
    assert len(prepared._made) < len(LENGTHS_KEPT)
    assert prepared.rows(schools=[], now=timezone.now()) == []


def named(key):
    return Membership.objects.unscoped().filter(key=key)


def test_a_text_is_compared_as_it_is_and_tuples_come_as_from_the_queryset():
    people = [make_member(make_school(f"e-{name}"), name, "parent") for name in ("amina", "boris")]
    prepared = Prepared(lambda key: named(key).values_list("pk", "name", "school__slug"), key=str)
    for one in people:
        assert prepared.rows(key=one.key) == [(one.pk, one.name, one.school.slug)]
    assert prepared.rows(key="x' OR 1=1") == []


def test_a_query_of_every_school_is_as_loud_as_when_it_is_not_prepared():
    with pytest.raises(UnscopedQuery):
        Prepared(lambda key: Membership.objects.filter(key=key), key=str).rows(key="bcdfghjk")


def test_words_that_never_change_stand_in_the_sql_and_what_is_asked_does_not():
    from foundation.prepared import _literal

    assert [_literal(value) for value in ("open", "", 7, -3)] == ["'open'", "''", "7", "-3"]
    assert _literal('%"moderation"%') == "'%%\"moderation\"%%'"
    for unsafe in ("l’été", "o'clock", "a\\b", "a;b", "x" * 61, True, None, 1.5, b"x", ["open"]):
        assert _literal(unsafe) == "", unsafe


def test_a_part_of_a_text_written_into_the_sql_is_found_as_by_the_queryset():
    school = make_school()
    for name in ("amina", "karim", "mira"):
        make_member(school, name, "parent")

    def with_mi(school):
        return Membership.objects.filter(school=school, name__contains="mi").order_by("name")

    found = Prepared(with_mi, school=int).rows(school=school.pk)
    assert found == list(with_mi(school.pk))
    assert 0 < len(found) < 3
