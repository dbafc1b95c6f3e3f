"""The dry run: who goes where, by whose word, told as links."""

import datetime

import pytest

from accounts.models import Hat, Restriction
from accounts.rollover.actions import LEAVES, place, promote
from accounts.rollover.errors import NotPrepared
from accounts.rollover.plan import make_plan
from accounts.rollover.words import in_words
from accounts.schools.actions import give_hat, join
from tests.accounts.rollover.year_of_tests import make_awaited, make_year_end
from tests.factories import UserFactory, make_member, make_school

pytestmark = pytest.mark.django_db


def lines(school) -> list[str]:
    """With plain spaces: names of classes are not broken at the end of a line."""
    return [line.replace("\xa0", " ") for part in in_words(make_plan(school)) for line in part.lines]


def goes_to(school, membership) -> list[str]:
    return [room.name for person, _kind, room in make_plan(school).gained if person == membership]


def test_it_is_told_in_links_and_never_in_pupils(rf):
    school = make_year_end()
    cp, ce1, cm2 = school.rooms
    for number in range(3):
        make_member(school, f"cp-{number}", "parent", rooms=[cp])
    make_member(school, "deux", "parent", rooms=[cp, ce1])
    for number in range(2):
        make_member(school, f"cm2-{number}", "parent", rooms=[cm2])
    text = lines(school)
    assert "4 liens montent en CE1 A." in text or "4 links go up to CE1 A." in text
    assert "1 lien monte en CE2 A." in text or "1 link goes up to CE2 A." in text
    assert "2 personnes partent." in text or "2 people leave." in text
    assert not any("élève" in line or "enfant" in line or "pupil" in line for line in text)


def test_a_class_placed_person_by_person_leaves_links_without_a_class():
    school = make_year_end()
    cp = school.rooms[0]
    promote(school, {cp: None}, by=None)
    amina, karim = make_member(school, "amina", "parent"), make_member(school, "karim", "parent")
    assert len(make_plan(school).unplaced) == 2
    place(amina, "parent", cp, school.next[0], by=None, by_school=True)
    assert [move.hat.membership for move in make_plan(school).unplaced] == [karim]
    assert goes_to(school, amina) == ["CP A"]


def test_the_parents_tick_comes_before_the_class_and_the_direction_before_both():
    school = make_year_end()
    cp = school.rooms[0]
    amina = make_member(school, "amina", "parent")
    assert goes_to(school, amina) == ["CE1 A"]
    place(amina, "parent", cp, school.next[3], by=amina.user)
    assert goes_to(school, amina) == ["CM2"]
    place(amina, "parent", cp, school.next[0], by=None, by_school=True)
    place(amina, "parent", cp, LEAVES, by=amina.user)
    assert goes_to(school, amina) == ["CP A"]


def test_a_parent_who_says_we_leave_is_a_leaver():
    school = make_year_end()
    amina = make_member(school, "amina", "parent")
    place(amina, "parent", school.rooms[0], LEAVES, by=amina.user)
    assert make_plan(school).leavers == (amina,)


def test_a_new_file_says_more_than_the_class():
    school = make_year_end()
    amina = make_member(school, "amina", "parent")
    give_hat(amina, "parent", classroom=school.next[0], since=school.year.starts)
    plan = make_plan(school)
    assert goes_to(school, amina) == []
    assert [hat.classroom for hat in plan.filed] == [school.next[0]]
    assert plan.leavers == ()


def test_a_teacher_keeps_a_class_of_the_same_name():
    school = make_year_end()
    make_member(school, "lea", "teacher", rooms=school.rooms[:1])
    lost = make_member(school, "paul", "teacher", rooms=school.rooms[1:2])
    school.next[1].delete()
    plan = make_plan(school)
    assert [(kind, room.name) for _person, kind, room in plan.gained] == [("teacher", "CP A")]
    assert plan.leavers == (lost,)


def test_who_has_another_hat_does_not_leave():
    school = make_year_end()
    make_member(school, "chef", "parent", "director", rooms=school.rooms[2:])
    assert make_plan(school).leavers == ()


def test_whoever_had_a_title_only_stays_without_one():
    school = make_year_end()
    zoe = make_member(school, "zoe", "secretary", rights=["members"])
    plan = make_plan(school)
    assert plan.untitled == (zoe,)
    assert plan.leavers == ()


def test_an_interim_stays_where_nobody_else_directs():
    school = make_year_end()
    interim = make_member(school, "paul", "interim", rights=["members"])
    assert [hat.membership for hat in make_plan(school).ending] == [interim]
    Hat.objects.filter(membership=school.director).delete()
    assert make_plan(school).ending == ()


def test_a_request_that_nobody_answered_lapses():
    school = make_year_end()
    sam = join(UserFactory(username="sam"), school, "Sam", state="pending")
    give_hat(sam, "parent", classroom=school.rooms[0])
    plan = make_plan(school)
    assert plan.lapsed == (sam,)
    assert plan.gained == ()


def test_those_not_in_yet_follow_their_class():
    school = make_year_end()
    follows = make_awaited(school, "Bois", school.rooms[0])
    leaves = make_awaited(school, "Mer", school.rooms[2])
    filed = make_awaited(school, "Pré", school.rooms[1], school.next[3])
    found = {each.invitation: [room.name for room in each.gains] for each in make_plan(school).awaited}
    assert found == {follows: ["CE1 A"], leaves: [], filed: []}


def restricted(membership, room) -> Restriction:
    return Restriction.objects.create(
        membership=membership, classroom=room, decided_on=datetime.date(2026, 10, 1), reference="coffre"
    )


def test_a_court_decision_follows_into_the_next_class():
    school = make_year_end()
    amina = make_member(school, "amina", "parent")
    restricted(amina, school.rooms[0])
    assert [room.name for _old, room in make_plan(school).restrictions] == ["CE1 A"]
    place(amina, "parent", school.rooms[0], school.next[0], by=None, by_school=True)
    assert [room.name for _old, room in make_plan(school).restrictions] == ["CP A"]


def test_where_the_next_class_is_not_sure_a_court_decision_covers_all_that_the_file_gives():
    school = make_year_end()
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:2])
    restricted(amina, school.rooms[0])
    for room in (school.next[0], school.next[2]):
        give_hat(amina, "parent", classroom=room, since=school.year.starts)
    barred = {room.name for _old, room in make_plan(school).restrictions}
    assert {"CP A", "CE2 A"} <= barred


def test_the_tick_of_a_barred_parent_moves_nothing():
    school = make_year_end()
    amina = make_member(school, "amina", "parent")
    place(amina, "parent", school.rooms[0], school.next[3], by=amina.user)
    restricted(amina, school.rooms[0])
    assert goes_to(school, amina) == ["CE1 A"]
    assert [room.name for _old, room in make_plan(school).restrictions] == ["CE1 A"]


def test_another_schools_people_are_not_read():
    school, other = make_year_end(), make_year_end("marie-curie")
    make_member(other, "voisin", "parent")
    plan = make_plan(school)
    assert plan.moves == ()
    assert len(make_plan(other).moves) == 1


def test_without_classes_for_next_year_there_is_no_plan():
    with pytest.raises(NotPrepared):
        make_plan(make_school())
