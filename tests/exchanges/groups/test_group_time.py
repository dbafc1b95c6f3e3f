"""What time does to groups, what is mailed of them, and what is left of somebody who goes."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from exchanges.groups import actions, privacy
from exchanges.groups.errors import NotSuggested
from exchanges.groups.models import Fold, Group, GroupMember, JoinRequest
from tests.factories import make_group, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with time_machine.travel("2026-11-24 09:00Z", tick=False):
        yield


def state(group):
    return Group.objects.of_school(group.school_id).get(pk=group.pk).state


def written(now=None):
    """Subjects and lines of the mails that leave at `now`, emptied."""
    send_now(now)
    found = [(one.to[0], one.subject, one.body) for one in mail.outbox]
    mail.outbox.clear()
    return found


def test_a_request_nobody_answers_is_accepted_after_72_hours_and_not_before(school):
    group = make_group(school.amina, joining="request")
    asked = actions.ask_to_join(member(school.lea), group)
    assert actions.accept_waiting(asked.at + 71 * datetime.timedelta(hours=1)) == 0
    assert actions.accept_waiting(asked.at + 72 * datetime.timedelta(hours=1)) == 1
    asked.refresh_from_db()
    assert asked.outcome == "lapsed" and GroupMember.objects.readers(group).count() == 2
    assert actions.accept_waiting(asked.at + 3 * DAY) == 0


def test_it_is_not_where_the_group_became_one_by_invitation_nor_for_whoever_left_the_circle(school):
    group = make_group(school.amina, joining="request")
    actions.ask_to_join(member(school.lea), group)
    actions.change_group(group, {"joining": "invitation"}, by=member(school.amina))
    later = timezone.now() + 4 * DAY
    assert actions.accept_waiting(later) == 0
    actions.change_group(group, {"joining": "request"}, by=member(school.amina))
    school.lea.hats.all().delete()
    assert actions.accept_waiting(later) == 0
    assert JoinRequest.objects.get(group=group).outcome == "refused"


def test_a_group_silent_for_60_days_or_that_nobody_runs_falls_asleep(school):
    silent = make_group(school.amina, name="Silencieux")
    alive = make_group(school.amina, name="Vivant")
    orphan = make_group(school.karim, members=[school.amina], name="Orphelin")
    now = timezone.now()
    Group.objects.of_school(school).filter(pk=silent.pk).update(active=now - 60 * DAY)
    Group.objects.of_school(school).filter(pk=alive.pk).update(active=now - 60 * DAY)
    actions.touch(alive, now)
    school.karim.state = "left"
    school.karim.save()
    assert actions.sleep_due(now) == 2
    assert (state(silent), state(alive), state(orphan)) == ("sleeping", "open", "sleeping")
    assert actions.sleep_due(now) == 0


def test_whoever_runs_a_group_alone_is_reminded_each_month_until_a_second_does(school):
    group = make_group(school.amina, members=[school.karim])
    now = timezone.now()
    assert actions.remind_alone(now + 29 * DAY) == 0
    assert actions.remind_alone(now + 30 * DAY) == 1
    assert actions.remind_alone(now + 59 * DAY) == 0
    assert actions.remind_alone(now + 60 * DAY) == 1
    actions.name_facilitator(group, school.karim, by=member(school.amina))
    assert actions.remind_alone(now + 90 * DAY) == 0


def test_in_a_group_of_parents_and_teachers_each_side_runs_it(school):
    group = make_group(school.prof, circle="parents-enseignants", members=[school.amina, school.director])
    later = timezone.now() + 31 * DAY
    actions.name_facilitator(group, school.director, by=None)
    assert actions.remind_alone(later) == 1
    Group.objects.of_school(school).update(reminded=None)
    actions.name_facilitator(group, school.amina, by=None)
    assert actions.remind_alone(later) == 0


def test_a_suggestion_nobody_takes_on_is_gone_after_60_days(school):
    values = {"name": "Devoirs", "purpose": "x", "charter": "y"}
    group = actions.suggest_group(member(school.director), values)
    old = timezone.now() + 60 * DAY
    assert actions.forget_suggestions(old - DAY) == 0
    with time_machine.travel(old), pytest.raises(NotSuggested):
        actions.take_on(member(school.amina), group)
    assert actions.forget_suggestions(old) == 1


def test_mails_ask_and_answer_in_delivery_hours_and_name_no_discreet_group(school):
    group = make_group(school.amina, name="Les mardis", joining="request", is_discreet=True)
    asked = actions.ask_to_join(member(school.lea), group)
    (to, _subject, body), *rest = written()
    assert to == school.amina.user.email and not rest
    assert "Les mardis" not in body and "Lea" not in body
    actions.answer_request(asked, True, by=member(school.amina))
    assert [to for to, _subject, _body in written()] == [school.lea.user.email]
    # On Saturday it waits for Monday, and what is no longer so is not said.
    with time_machine.travel("2026-11-28 10:00Z", tick=False):
        actions.leave(group, school.lea)
        actions.ask_to_join(member(school.lea), group)
        assert not written()
        actions.take_request_back(member(school.lea), group)
    assert not written(datetime.datetime(2026, 11, 30, 9, tzinfo=datetime.UTC))


def test_an_invitation_and_a_new_role_are_told_unless_one_wants_no_mail_of_groups(school):
    from exchanges.notifications.models import Preference

    group = make_group(school.amina, members=[school.karim], name="Les mardis", joining="invitation")
    make_group(school.amina, members=[school.lea], name="Ensemble")
    actions.invite(group, school.lea, by=member(school.amina))
    actions.name_facilitator(group, school.karim, by=member(school.amina))
    told = {to: body for to, _subject, body in written()}
    assert set(told) == {school.lea.user.email, school.karim.user.email}
    assert "Les mardis" in told[school.lea.user.email]
    Preference.objects.create(person=school.karim.user, rhythm="none")
    actions.step_down(group, school.karim)
    actions.name_facilitator(group, school.karim, by=member(school.amina))
    assert not written()


def test_a_person_sees_takes_along_and_erases_their_places(school):
    group = make_group(school.amina, members=[school.karim], name="Les mardis")
    hidden = make_group(school.karim, members=[school.amina], name="De CP", classroom=school.rooms[1])
    actions.fold(school.amina, school.karim)
    actions.fold(school.lea, school.amina)
    said = str(privacy.held(school.amina.user)) + str(privacy.export(school.amina.user))
    assert "Les mardis" in said and "De CP" in said and "Karim" not in said
    privacy.erase(school.amina.user, keep_contributions=True)
    assert not GroupMember.objects.filter(membership=school.amina).exists()
    assert not Fold.objects.unscoped().exists()
    assert (state(group), state(hidden)) == ("sleeping", "open")
