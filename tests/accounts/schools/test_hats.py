"""Hats given, changed and ended; years, restrictions and titles at their edges."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.people.models import User
from accounts.schools import policy
from accounts.schools.actions import (
    end_hat,
    give_hat,
    give_title,
    join,
    leave,
    rename_member,
    set_teachers_classes,
    start_year,
)
from accounts.schools.actions.opening import add_classroom
from accounts.schools.errors import LastDirector, NameTaken, NotOneself, OtherSchool, TitleNeedsAnEnd
from accounts.schools.models import Hat, Membership, Restriction
from accounts.schools.privacy import schools_led_alone
from tests.factories import UserFactory, make_member, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_a_hat_given_twice_is_one(moulin):
    room = moulin.school.rooms[0]
    first = give_hat(moulin.paul, "parent", classroom=room)
    assert give_hat(moulin.paul, "parent", classroom=room).pk == first.pk


def test_a_hat_that_ended_can_be_given_again(moulin):
    hat = Hat.objects.get(membership=moulin.paul)
    Hat.objects.filter(membership=moulin.paul).update(since=moulin.school.today() - 9 * DAY)
    hat.refresh_from_db()
    end_hat(hat, by=moulin.director.user)
    assert member(moulin.paul) is None
    give_hat(moulin.paul, "parent", classroom=moulin.school.rooms[0])
    assert member(moulin.paul).wears("parent")


def test_a_title_given_again_takes_the_new_end_and_rights(moulin):
    today, by = moulin.school.today(), moulin.director.user
    give_title(moulin.teacher, "deputy", by=by, until=today + DAY, rights=["members"])
    give_title(moulin.teacher, "deputy", by=by, until=today + 9 * DAY, rights=["documents"])
    hat = Hat.objects.get(membership=moulin.teacher, kind="deputy")
    assert (hat.until, hat.rights) == (today + 9 * DAY, ["documents"])
    assert member(moulin.teacher).rights == {"documents"}


def shut_out(other):
    Restriction.objects.create(membership=other, decided_on="2026-09-01", reference="Armoire 2")


def close_account(other):
    User.objects.filter(pk=other.user_id).update(is_active=False)


def give_an_end(other):
    Hat.objects.filter(membership=other, kind="director").update(until=other.school.today() + DAY)


@pytest.mark.parametrize("happens", [shut_out, close_account, give_an_end])
def test_a_director_who_does_not_come_in_or_stay_is_no_other_director(moulin, happens):
    """Who leaves and who erases their account are asked the same question."""
    other = make_member(moulin.school, "mireille", "director")
    assert schools_led_alone(moulin.director.user) == []
    happens(other)
    with pytest.raises(LastDirector):
        leave(moulin.director, by=moulin.director.user)
    member(moulin.director)
    assert schools_led_alone(moulin.director.user) == [moulin.school]


def test_a_title_needs_a_day_to_come(moulin):
    with pytest.raises(TitleNeedsAnEnd):
        give_title(
            moulin.teacher, "deputy", by=moulin.director.user, until=moulin.school.today() - DAY, rights=[]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        give_hat(moulin.teacher, "helper")


def test_nobody_gives_themselves_a_title(moulin, sign_in):
    interim = make_member(moulin.school, "ines", "interim", rights=["members"])
    with pytest.raises(NotOneself):
        give_title(
            interim, "deputy", by=interim.user, until=moulin.school.today() + DAY, rights=["documents"]
        )
    page = f"{moulin.url}membres/{interim.key}/titre/"
    data = {"kind": "deputy", "rights": ["documents"], "until": "2027-06-30"}
    client = sign_in(interim.user)
    assert client.post(page, data).status_code == 404
    # The twin: to somebody else.
    assert client.post(f"{moulin.url}membres/{moulin.teacher.key}/titre/", data).status_code == 302
    assert member(moulin.teacher).rights == {"documents"}


def test_a_right_that_no_code_knows_opens_nothing(moulin):
    hat = Hat.objects.get(membership=moulin.secretary)
    hat.rights = ["members", "everything", "leads"]
    hat.save()
    assert member(moulin.secretary).rights == {"members"}


def test_a_class_of_another_school_is_given_to_nobody(moulin, curie):
    with pytest.raises(OtherSchool):
        give_hat(moulin.paul, "parent", classroom=curie.school.rooms[0])


def test_the_teacher_who_is_a_parent_here_is_both_apart(moulin):
    first, second = moulin.school.rooms
    give_hat(moulin.teacher, "parent", classroom=second)
    worn = member(moulin.teacher)
    assert worn.classes("teacher") == {first.pk}
    assert worn.classes("parent") == {second.pk}
    assert policy.can_let_in(worn, first.pk)
    assert not policy.can_let_in(worn, second.pk)


def test_a_class_of_a_past_year_is_read_and_gives_no_other_right(moulin):
    """The year has turned, the hat has no end: its class is last year's."""
    room = moulin.school.rooms[0]
    moulin.school.years.update(is_current=False)
    start_year(moulin.school, datetime.date(2027, 9, 1))
    new = add_classroom(moulin.school, "CE1 A")
    paul, teacher = member(moulin.paul), member(moulin.teacher)
    assert policy.is_member(paul)
    assert not policy.may_write(paul)
    assert not paul.wears("parent")
    assert (paul.classes(), paul.past_classes()) == (frozenset(), {room.pk})
    assert not policy.can_let_in(teacher, room.pk)
    # The twin: a class of the year that runs.
    give_hat(moulin.paul, "parent", classroom=new)
    paul = member(moulin.paul)
    assert policy.may_write(paul)
    assert (paul.classes("parent"), paul.past_classes()) == ({new.pk}, {room.pk})


def test_the_last_director_stays(moulin):
    hat = Hat.objects.get(membership=moulin.director)
    for act in (lambda: end_hat(hat, by=None), lambda: leave(moulin.director, by=moulin.director.user)):
        with pytest.raises(LastDirector):
            act()
    # An interim, somebody who comes later, whose account is closed, or elsewhere is no director.
    make_member(moulin.school, "ines", "interim", rights=[])
    later = make_member(moulin.school, "lea", "parent")
    give_hat(later, "director", since=moulin.school.today() + 9 * DAY)
    closed = make_member(moulin.school, "clos", "director")
    closed.user.is_active = False
    closed.user.save()
    with pytest.raises(LastDirector):
        leave(moulin.director, by=moulin.director.user)
    make_member(moulin.school, "denis", "director")
    leave(moulin.director, by=moulin.director.user)
    assert member(moulin.director) is None


def test_teachers_classes_are_exactly_those_ticked(moulin, sign_in):
    first, second = moulin.school.rooms
    page = f"{moulin.url}membres/{moulin.teacher.key}/classes/"
    assert sign_in(moulin.director.user).post(page, {"classrooms": [second.pk]}).status_code == 302
    assert member(moulin.teacher).classes("teacher") == {second.pk}
    set_teachers_classes(moulin.teacher, [first, second], by=moulin.director.user)
    assert member(moulin.teacher).classes("teacher") == {first.pk, second.pk}


def test_what_others_do_to_me_is_mailed_to_me(moulin):
    until = moulin.school.today() + 9 * DAY
    give_title(moulin.teacher, "deputy", by=moulin.director.user, until=until, rights=["members"])
    send_now()
    assert [one.to for one in mail.outbox] == [["tom@famille.example"]]
    mail.outbox.clear()
    leave(moulin.paul, by=moulin.director.user, tell=True)
    leave(moulin.amina, by=moulin.amina.user, tell=True)
    send_now()
    assert [one.to for one in mail.outbox] == [["paul@famille.example"]]


def test_nothing_is_mailed_before_the_school_opens(moulin):
    moulin.school.opened = None
    moulin.school.save()
    until = moulin.school.today() + 9 * DAY
    give_title(moulin.teacher, "deputy", by=moulin.director.user, until=until, rights=[])
    send_now()
    assert mail.outbox == []


def test_whoever_is_in_does_not_go_back_to_waiting(moulin):
    join(moulin.paul.user, moulin.school, "Paul", state="pending")
    moulin.paul.refresh_from_db()
    assert moulin.paul.state == "active"
    waiting = UserFactory(username="wanda", display_name="Wanda")
    join(waiting, moulin.school, "Wanda", state="pending")
    assert join(waiting, moulin.school, "Wanda").state == "active"


def test_a_name_that_looks_like_anothers_is_refused(moulin, sign_in):
    for name in ("PAUL", "Paúl", "PauI"):
        with pytest.raises(NameTaken):
            join(UserFactory(), moulin.school, name)
        with pytest.raises(NameTaken):
            rename_member(moulin.amina, name, by=None)
    rename_member(moulin.amina, "Amina Haddad", by=moulin.director.user)
    leave(moulin.paul, by=None)
    assert join(UserFactory(), moulin.school, "Paul").name == "Paul"
    assert Membership.objects.of_school(moulin.school).filter(name="Paul").count() == 2


def test_the_direction_is_handed_over_by_a_director(moulin, sign_in):
    interim = make_member(moulin.school, "ines", "interim", rights=["members"])
    page = f"{moulin.url}membres/{moulin.teacher.key}/direction/"
    assert sign_in(interim.user).post(page).status_code == 404
    client = sign_in(moulin.director.user)
    assert client.post(page).status_code == 302
    assert member(moulin.teacher).is_director
    hat = Hat.objects.get(membership=moulin.director, kind="director")
    answer = client.post(f"{moulin.url}membres/{moulin.director.key}/fin/", {"hat": hat.pk})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    assert member(moulin.director) is None
