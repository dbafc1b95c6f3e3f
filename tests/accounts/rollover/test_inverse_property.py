"""Whatever the school, a change of year that is undone leaves every row as it was."""

import datetime

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Hat, Membership, Restriction
from accounts.rollover.actions import LEAVES, pass_year, place, prepare_year, promote, undo_year
from accounts.rollover.plan import make_plan
from accounts.schools.models import Classroom
from accounts.schools.years import current_year
from tests.accounts.rollover.year_of_tests import make_awaited, make_class_code, photograph
from tests.factories import make_member, make_school

CLASSES = ("CP A", "CE1 A", "CM2")
room = st.integers(0, 2)
target = st.one_of(st.none(), st.just(LEAVES), room)
hat = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Hat.Kind.values),
        "room": room,
        "since": st.integers(-300, 0),
        "until": st.one_of(st.none(), st.integers(0, 400)),
    }
)
person = st.fixed_dictionaries(
    {
        "hats": st.lists(hat, max_size=4),
        "pending": st.booleans(),
        "said": st.lists(st.tuples(room, target, st.booleans()), max_size=2),
        "filed": st.lists(room, max_size=2),
        "barred": st.one_of(st.none(), room),
    }
)
awaited = st.tuples(
    st.lists(room, max_size=2), st.lists(room, max_size=1), st.sampled_from(["parent", "teacher"])
)
small_school = st.fixed_dictionaries(
    {
        "promotions": st.lists(target, min_size=3, max_size=3),
        "people": st.lists(person, max_size=4),
        "awaited": st.lists(awaited, max_size=3),
        "codes": st.lists(room, max_size=2, unique=True),
        "keep_mandates": st.booleans(),
        "again": st.booleans(),
    }
)


def build(plan: dict):
    """Store the school that the example describes."""
    school = make_school(classes=CLASSES)
    director = make_member(school, "anne", "director")
    year = prepare_year(school, CLASSES, by=director.user)
    coming = list(Classroom.objects.filter(year=year))

    def of(chosen):
        return coming[chosen] if isinstance(chosen, int) else chosen

    promote(school, {old: of(to) for old, to in zip(school.rooms, plan["promotions"], strict=True)}, by=None)
    for number, described in enumerate(plan["people"]):
        store_person(school, make_member(school, f"personne{number}"), described, coming, of)
    for number, (old, new, kind) in enumerate(plan["awaited"]):
        rooms = [school.rooms[each] for each in old] + [coming[each] for each in new]
        make_awaited(school, f"Attendu{number}", *rooms, kind=kind)
    for each in plan["codes"]:
        make_class_code(school.rooms[each])
    return school, director.user


def store_person(school, membership, described, coming, of):
    today = school.today()
    if described["pending"]:
        Membership.objects.unscoped().filter(pk=membership.pk).update(state="pending")
    for worn in described["hats"]:
        in_class = worn["kind"] in Hat.IN_CLASS
        since = today + datetime.timedelta(days=worn["since"])
        until = today + datetime.timedelta(days=worn["until"] if worn["until"] is not None else 30)
        always = worn["until"] is None and worn["kind"] in (*Hat.IN_CLASS, "director", "elected")
        Hat.objects.get_or_create(
            membership=membership,
            kind=worn["kind"],
            classroom=school.rooms[worn["room"]] if in_class else None,
            since=since,
            defaults={"until": None if always else until},
        )
    for old, to, by_school in described["said"]:
        place(membership, "parent", school.rooms[old], of(to), by=None, by_school=by_school)
    for each in described["filed"]:
        Hat.objects.get_or_create(
            membership=membership, kind="parent", classroom=coming[each], since=coming[each].year.starts
        )
    if described["barred"] is not None:
        barred = school.rooms[described["barred"]]
        Restriction.objects.create(
            membership=membership, classroom=barred, decided_on=today, reference="coffre"
        )


class ComesBack(TestCase):
    """One example, one database rolled back."""

    @settings(max_examples=60)
    @given(small_school)
    def test_every_row_is_as_it_was(self, described: dict) -> None:
        with time_machine.travel("2027-06-20 12:00Z", tick=False):
            school, director = build(described)
            before = photograph()
            for _ in range(2 if described["again"] else 1):
                keep = described["keep_mandates"]
                passed = pass_year(school, current_year(school), by=director, keep_mandates=keep)
                self.nobody_keeps_an_old_class_or_slips_out_of_a_court_decision(school)
                undo_year(passed.rollover, by=director)
                assert photograph() == before

    def nobody_keeps_an_old_class_or_slips_out_of_a_court_decision(self, school) -> None:
        from tests.factories import member

        for membership in Membership.objects.of_school(school).select_related("user", "school"):
            seen = member(membership)
            barred = Restriction.objects.filter(membership=membership, classroom__year__is_current=False)
            worn = set(seen.classes("parent")) if seen else set()
            current = set(Classroom.objects.of_school(school).current().values_list("pk", flat=True))
            assert worn <= current
            for restriction in barred:
                promotion = getattr(restriction.classroom, "promotion", None)
                if promotion is not None and promotion.new_id:
                    assert promotion.new_id not in worn or self.placed(membership, restriction)

    def placed(self, membership, restriction) -> bool:
        """The direction said otherwise for this very link."""
        from accounts.models import NextClass

        said = NextClass.objects.filter(membership=membership, old=restriction.classroom, by_school=True)
        return said.exists()


def test_the_examples_change_something(db):
    """Twin: the photograph bites."""
    person = {"hats": [{"kind": "parent", "room": 0, "since": -9, "until": None}], "pending": False}
    person |= {"said": [], "filed": [], "barred": None}
    example = {"promotions": [1, 2, LEAVES], "people": [person], "awaited": [], "codes": []}
    school, director = build(example)
    before = photograph()
    assert make_plan(school).moves
    pass_year(school, current_year(school), by=director)
    assert photograph() != before
