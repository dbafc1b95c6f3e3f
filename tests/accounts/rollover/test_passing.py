"""The change of year: whole or not at all, once, undone whole for 30 days."""

import datetime

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import AuditEntry, Hat, Invitation, Mandate, Membership, Restriction, Rollover, Slip
from accounts.rollover.actions import leavers_of, pass_year, prepare_year, undo_year
from accounts.rollover.errors import AlreadyPassed, AlreadyUndone, NameTakenSince, PlanChanged, TooLate
from accounts.rollover.plan import make_plan
from accounts.schools.actions import give_hat, join, leave
from accounts.schools.years import current_year, prepared_year
from tests.accounts.rollover.year_of_tests import (
    make_awaited,
    make_class_code,
    make_year_end,
    photograph,
)
from tests.factories import UserFactory, make_member, make_school, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db):
    """A year end with everybody in it."""
    school = make_year_end()
    cp, ce1, cm2 = school.rooms
    school.amina = make_member(school, "amina", "parent", rooms=[cp])
    school.elected = make_member(school, "karim", "parent", "elected", rooms=[ce1])
    school.leaver = make_member(school, "sonia", "parent", rooms=[cm2])
    school.teacher = make_member(school, "lea", "teacher", rooms=[cp])
    school.helper = make_member(school, "ines", "parent", "helper", rooms=[cp])
    school.proche = make_member(school, "mamie", "proche", rooms=[cp])
    school.awaited = make_awaited(school, "Bois", cp)
    school.lost = make_awaited(school, "Mer", cm2)
    school.code = make_class_code(cp)
    return school


def go(school, **options):
    return pass_year(school, current_year(school), by=school.director.user, **options)


def rooms_of(membership, *kinds) -> list[str]:
    seen = member(membership)
    ids = seen.classes(*kinds) if seen else ()
    return sorted(room.name for room in membership.school.classrooms.filter(pk__in=ids))


def test_links_go_to_the_next_class_and_the_old_one_can_still_be_read(school):
    go(school)
    assert rooms_of(school.amina) == ["CE1 A"]
    assert member(school.amina).past_classes() == {school.rooms[0].pk}
    assert rooms_of(school.teacher, "teacher") == ["CP A"]
    assert current_year(school) == school.year


def test_what_was_given_for_the_year_ends(school):
    go(school)
    assert not member(school.helper).wears("helper")
    assert not member(school.elected).wears("elected")
    assert member(school.proche) is None


def test_who_has_no_link_left_leaves_and_is_told_to_what_comes_after(school):
    passage = go(school)
    assert set(passage.leavers) == {school.leaver, school.proche}
    assert set(leavers_of(passage.rollover)) == {school.leaver, school.proche}
    assert member(school.leaver) is None
    assert AuditEntry.objects.filter(verb="left", about=school.leaver.user.key).exists()
    assert {room.name for room in passage.past_classes} == {"CP A", "CE1 A", "CM2"}


def test_papers_of_the_past_end_and_those_not_in_yet_are_awaited_in_the_next_class(school):
    go(school)
    school.code.refresh_from_db()
    assert school.code.ended
    assert not Slip.objects.filter(ended__isnull=True).exists()
    school.awaited.refresh_from_db()
    school.lost.refresh_from_db()
    assert [room.name for room in school.awaited.classrooms.all()] == ["CE1 A"]
    assert school.awaited.state == Invitation.State.WAITING
    assert school.lost.state == Invitation.State.REVOKED


def test_a_paper_that_gives_an_account_back_stays_good(school):
    slip = Slip.objects.get(invitation=school.awaited)
    Slip.objects.filter(pk=slip.pk).update(gives_back=True)
    go(school)
    slip.refresh_from_db()
    assert slip.ended is None


def test_elected_parents_may_keep_their_mandate_until_the_elections(school):
    Hat.objects.filter(membership=school.elected, kind="elected").update(until=datetime.date(2099, 1, 1))
    go(school, keep_mandates=True)
    mandate = Mandate.objects.get(hat__membership=school.elected)
    assert mandate.hat.until == datetime.date(school.year.starts.year, 11, 30)
    assert member(school.elected).wears("elected")


def test_an_elected_parent_who_leaves_keeps_no_mandate(school):
    give = make_member(school, "paul", "parent", "elected", rooms=school.rooms[2:])
    go(school, keep_mandates=True)
    assert member(give) is None


def test_a_barred_parent_is_barred_in_the_next_class_and_again_after_coming_back(school):
    Restriction.objects.create(
        membership=school.amina,
        classroom=school.rooms[0],
        decided_on=datetime.date(2026, 10, 1),
        reference="coffre",
    )
    passage = go(school)
    assert member(school.amina) is None
    assert Hat.objects.filter(membership=school.amina, classroom=school.next[1]).exists()
    undo_year(passage.rollover, by=school.director.user)
    assert member(school.amina) is None


def test_a_court_decision_recorded_after_the_change_holds_after_coming_back(school):
    passage = go(school)
    Restriction.objects.create(
        membership=school.amina,
        classroom=school.next[1],
        decided_on=datetime.date(2026, 10, 1),
        reference="coffre",
    )
    undo_year(passage.rollover, by=school.director.user)
    assert member(school.amina) is None


def test_it_comes_back_whole(school):
    before = photograph()
    rollover = go(school).rollover
    assert photograph() != before
    undo_year(rollover, by=school.director.user)
    assert photograph() == before


def test_it_comes_back_whole_in_another_season_too():
    """Hats that began before today end otherwise than those of today."""
    with time_machine.travel("2026-10-15 12:00Z"):
        school = make_year_end()
        make_member(school, "amina", "parent")
        make_member(school, "karim", "parent", "elected", rooms=school.rooms[2:])
        make_member(school, "ines", "helper", "deputy", rights=["members"])
    with time_machine.travel("2027-07-06 12:00Z"):
        make_member(school, "sam", "proche", "relay")
        before = photograph()
        rollover = go(school).rollover
        old = Hat.objects.of_school(school).get(membership__name="Karim", kind="parent")
        assert old.until == datetime.date(2027, 7, 5)
        undo_year(rollover, by=school.director.user)
        assert photograph() == before


def test_it_can_be_done_again_after_coming_back(school):
    rollover = go(school).rollover
    undo_year(rollover, by=school.director.user)
    go(school)
    assert rooms_of(school.amina) == ["CE1 A"]
    assert Rollover.objects.of_school(school).count() == 2


def test_what_came_in_since_stays_and_what_left_since_stays_away(school):
    rollover = go(school).rollover
    new = make_member(school, "neuf", "parent", rooms=school.next[:1])
    leave(school.amina, by=None)
    undo_year(rollover, by=school.director.user)
    assert Hat.objects.filter(membership=new, classroom=school.next[0]).exists()
    school.amina.refresh_from_db()
    assert school.amina.state == Membership.State.LEFT


def test_a_paper_printed_since_is_not_taken_back(school):
    rollover = go(school).rollover
    old = Slip.objects.get(invitation=school.awaited)
    newer = Slip.objects.create(
        invitation=school.awaited, selector="ZZZZ", salt="s", verifier="v", expires="2099-01-01T00:00Z"
    )
    undo_year(rollover, by=school.director.user)
    old.refresh_from_db()
    newer.refresh_from_db()
    assert old.ended and newer.ended is None


def test_an_account_erased_since_does_not_come_back(school):
    rollover = go(school).rollover
    school.amina.user.delete()
    school.proche.user.delete()
    undo_year(rollover, by=school.director.user)
    assert not Membership.objects.of_school(school).filter(name__in=["Amina", "Mamie"]).exists()


def test_a_name_taken_since_is_told_before_anything_moves(school):
    rollover = go(school).rollover
    join(UserFactory(username="autre"), school, school.leaver.name)
    before = photograph()
    with pytest.raises(NameTakenSince):
        undo_year(rollover, by=school.director.user)
    assert photograph() == before


def test_after_thirty_days_it_is_refused_and_on_the_thirtieth_it_is_not(school):
    rollover = go(school).rollover
    with time_machine.travel(rollover.done + datetime.timedelta(days=30, seconds=1)), pytest.raises(TooLate):
        undo_year(rollover, by=school.director.user)
    with time_machine.travel(rollover.done + datetime.timedelta(days=30)):
        undo_year(rollover, by=school.director.user)
    with pytest.raises(AlreadyUndone):
        undo_year(rollover, by=school.director.user)


def test_a_second_change_of_the_same_year_is_refused(school):
    year = current_year(school)
    go(school)
    with pytest.raises(AlreadyPassed):
        pass_year(school, year, by=school.director.user)


def test_what_was_read_must_still_be_true(school):
    mark = make_plan(school).mark
    late = make_member(school, "tard", "parent")
    with pytest.raises(PlanChanged):
        go(school, seen=mark)
    go(school, seen=make_plan(school).mark)
    assert rooms_of(late) == ["CE1 A"]


def test_a_failure_anywhere_in_the_middle_leaves_all_as_it_was(school):
    """Each write fails in its turn; at the end of the row, nothing fails and the year has changed."""
    before, failed = photograph(), 0
    while True:
        writes = FailAt(failed)
        try:
            with connection.execute_wrapper(writes):
                go(school)
            break
        except DatabaseError:
            assert photograph() == before
            assert not Rollover.objects.of_school(school).exists()
            failed += 1
    assert failed > 10
    assert current_year(school) == school.year


class FailAt:
    """Refuse the write number `turn`, as a full disk would."""

    def __init__(self, turn: int) -> None:
        self.left = turn

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            if not self.left:
                raise DatabaseError("no room left")
            self.left -= 1
        return execute(sql, params, many, context)


def test_another_school_is_not_touched(school):
    other = make_year_end("marie-curie")
    neighbour = make_member(other, "voisine", "parent")
    go(school)
    assert current_year(other).pk != other.year.pk
    assert rooms_of(neighbour) == ["CP A"]


def test_the_file_of_next_year_begins_on_the_day_of_the_change(school):
    assert prepared_year(school) == school.year
    hat = give_hat(school.amina, "parent", classroom=school.next[0], since=school.year.starts)
    assert rooms_of(school.amina) == ["CP A"]
    go(school)
    hat.refresh_from_db()
    assert hat.since == school.today()
    assert rooms_of(school.amina) == ["CP A"]
    assert prepared_year(school) is None


def test_a_year_of_the_southern_calendar_has_its_own_days(db):
    school = make_school("noumea")
    school.years.update(starts=datetime.date(2027, 2, 15), ends=datetime.date(2027, 12, 31), name="2027")
    year = prepare_year(school, ["CP"], by=None)
    assert (year.name, year.starts, year.ends) == (
        "2028",
        datetime.date(2028, 1, 1),
        datetime.date(2028, 12, 31),
    )


def test_the_act_stands_in_the_audit(school):
    go(school)
    entry = AuditEntry.objects.get(verb="year_changed")
    assert entry.actor == school.director.user.key
    assert entry.at <= timezone.now()
