"""Mails of answers: the first at once, later ones together, titles only, nothing that may not be read."""

import datetime
import re

import pytest
import time_machine
from django.core import mail

from accounts.outbox.models import Delivery
from accounts.schools.actions.hats import end_hat
from accounts.schools.models import Hat
from exchanges.discussions import actions as discussions
from exchanges.groups import actions as groups
from exchanges.notifications.actions import choose, mark_read
from tests.factories import make_group, make_member, make_post, make_school, make_topic
from tests.sending import send_now

pytestmark = pytest.mark.django_db
TITLE = "Qui a le mot de la kermesse ?"
SECRET = "Il est sous le tapis rouge."


def at(text):
    """A moment in Paris, "2026-11-24 10:00"."""
    return datetime.datetime.fromisoformat(f"{text}+01:00")


@pytest.fixture
def clock():
    with time_machine.travel(at("2026-11-24 09:00"), tick=False) as moved:
        yield moved


@pytest.fixture
def school(clock):
    return make_school(holiday_zone="A")


@pytest.fixture
def people(school):
    return {name: make_member(school, name, "parent") for name in ("amina", "bilal", "chloe", "david")}


@pytest.fixture
def group(school, people):
    amina, *others = people.values()
    return make_group(amina, members=others)


@pytest.fixture
def topic(group, people):
    return make_topic(group, people["amina"], TITLE, "Je l’ai perdu.")


def sent_to(name):
    return [message for message in mail.outbox if message.to == [f"{name}@famille.example"]]


def whole(message):
    return "\n".join(
        [message.subject, message.body, message.alternatives[0].content, str(message.extra_headers)]
    )


def test_the_first_answer_to_my_question_comes_at_once_and_later_ones_next_day_in_one_mail(
    topic, people, clock
):
    make_post(topic, people["bilal"], SECRET)
    send_now()
    (first,) = sent_to("amina")
    assert TITLE in first.subject
    assert "Groupe" in first.body or topic.group.name in first.body
    assert SECRET not in whole(first)
    assert f"/{topic.key}/message/2/" in first.body

    for hour in (11, 14, 17):
        clock.move_to(at(f"2026-11-24 {hour}:00"))
        make_post(topic, people["chloe"], SECRET)
        send_now()
    assert len(sent_to("amina")) == 1
    clock.move_to(at("2026-11-25 06:59"))
    send_now()
    assert len(sent_to("amina")) == 1
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    _first, later = sent_to("amina")
    assert "3" in later.subject
    assert SECRET not in whole(later)
    assert f"/{topic.key}/message/3/" in later.body
    assert not sent_to("bilal"), "nobody is mailed of what they only read"


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("2026-11-24 20:00", "2026-11-25 07:00"),
        ("2026-11-27 21:00", "2026-11-30 07:00"),
        ("2026-12-19 10:00", "2027-01-04 07:00"),
    ],
)
def test_out_of_hours_the_first_answer_waits_for_seven(topic, people, clock, said, leaves):
    clock.move_to(at(said))
    make_post(topic, people["bilal"])
    clock.move_to(at(leaves) - datetime.timedelta(minutes=1))
    send_now()
    assert not mail.outbox
    clock.move_to(at(leaves))
    send_now()
    assert len(sent_to("amina")) == 1


def test_answers_of_one_evening_make_one_mail_in_the_morning(topic, people, clock):
    for minute, name in ((0, "bilal"), (10, "chloe"), (20, "david")):
        clock.move_to(at(f"2026-11-24 21:{minute:02}"))
        make_post(topic, people[name])
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    (told,) = sent_to("amina")
    assert "3" in told.subject


def test_a_week_end_of_answers_in_two_discussions_comes_on_monday_in_one_mail(group, topic, people, clock):
    other = make_topic(group, people["amina"], "Qui garde Léo mercredi ?")
    for one in (topic, other):
        make_post(one, people["bilal"])
    send_now()
    assert len(sent_to("amina")) == 2, "the first of each, at once"
    for day in ("27 18:00", "28 10:00", "29 22:00"):
        clock.move_to(at(f"2026-11-{day}"))
        for one in (topic, other):
            make_post(one, people["bilal"])
    clock.move_to(at("2026-11-30 07:00"))
    send_now()
    digest = sent_to("amina")[2:]
    assert len(digest) == 1
    assert TITLE in digest[0].body
    assert "Qui garde Léo mercredi ?" in digest[0].body


def test_who_follows_is_told_like_who_asked_and_who_stopped_is_not(topic, people):
    discussions.follow(topic, people["bilal"], True)
    discussions.follow(topic, people["amina"], False)
    make_post(topic, people["chloe"])
    send_now()
    assert len(sent_to("bilal")) == 1
    assert not sent_to("amina")


@pytest.mark.parametrize("quiet", ["silenced", "rhythm"])
def test_a_silent_group_or_no_rhythm_leaves_only_answers_to_my_own_question(
    group, topic, people, clock, quiet
):
    for name in ("amina", "bilal"):
        if quiet == "silenced":
            groups.silence(group, people[name], True)
        else:
            choose(people[name].user, {"rhythm": "none"})
    discussions.follow(topic, people["bilal"], True)
    for moment in ("2026-11-24 10:00", "2026-11-24 11:00"):
        clock.move_to(at(moment))
        make_post(topic, people["chloe"])
        send_now()
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    assert len(sent_to("amina")) == 2
    assert not sent_to("bilal")


def test_a_pause_stops_all_until_its_day(topic, people, clock):
    choose(people["amina"].user, {"paused_until": datetime.date(2026, 11, 26)})
    make_post(topic, people["bilal"])
    send_now()
    assert not sent_to("amina")
    assert Delivery.objects.get().reason == "paused"
    clock.move_to(at("2026-11-25 10:00"))
    send_now()
    make_post(topic, people["chloe"])
    assert not sent_to("amina")
    clock.move_to(at("2026-11-26 07:00"))
    send_now()
    assert len(sent_to("amina")) == 1


def test_what_was_read_meanwhile_is_not_mailed(topic, people, clock):
    clock.move_to(at("2026-11-24 20:00"))
    make_post(topic, people["bilal"])
    mark_read(people["amina"].user, "topic", topic.pk, 2, at("2026-11-24 22:00"))
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    assert not mail.outbox


def hide(post, people, group):
    discussions.hide(post)


def lose_the_class(post, people, group):
    end_hat(Hat.objects.get(membership=people["amina"]), by=None)


def leave(post, people, group):
    groups.leave(group, people["amina"])


@pytest.mark.parametrize("act", [hide, lose_the_class, leave])
@pytest.mark.parametrize("which", ["first", "later"])
def test_nothing_is_mailed_of_what_may_no_longer_be_read(group, topic, people, clock, act, which):
    groups.name_facilitator(group, people["bilal"], by=None)
    if which == "later":
        make_post(topic, people["bilal"])
        send_now()
    mail.outbox.clear()
    clock.move_to(at("2026-11-24 20:00"))
    act(make_post(topic, people["chloe"], SECRET), people, group)
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    assert not sent_to("amina")


def test_a_held_message_is_mailed_to_nobody_before_it_is_shown(group, topic, people):
    discussions.moderate_first(topic, True)
    post = make_post(topic, people["bilal"], SECRET, state="held")
    send_now()
    assert not mail.outbox
    discussions.publish(post)
    send_now()
    assert len(sent_to("amina")) == 1


def test_of_a_discreet_group_nothing_is_named(school, people, clock):
    amina, *others = people.values()
    discreet = make_group(amina, members=others, name="Séparation et école", is_discreet=True)
    topic = make_topic(discreet, amina, "Mon divorce et la cantine")
    for hour in (10, 12):
        clock.move_to(at(f"2026-11-24 {hour}:00"))
        make_post(topic, people["bilal"], SECRET)
        send_now()
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    assert len(sent_to("amina")) == 2
    for message in sent_to("amina"):
        assert "réponse vous attend" in message.subject
        assert not re.search("divorce|Séparation|tapis", whole(message))


def test_who_asked_without_a_name_is_told_of_each_answer_and_the_mail_betrays_nobody(school, people, clock):
    crowd = [make_member(school, f"parent-{n}", "parent") for n in range(9)]
    amina, *others = people.values()
    group = make_group(others[0], members=[amina, *others[1:], *crowd])
    topic = make_topic(group, amina, TITLE, anonymous=True)
    for hour, name in ((10, "bilal"), (12, "chloe")):
        clock.move_to(at(f"2026-11-24 {hour}:00"))
        make_post(topic, people[name])
        send_now()
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    assert len(sent_to("amina")) == 2
    assert len(mail.outbox) == 2
    assert "amina" not in "".join(map(whole, mail.outbox)).lower()


# The way out ------------------------------------------------------------------------------------------------


def way_out(message):
    return re.search(r"<https?://[^/]+(/courrier/[^>]+)>", message.extra_headers["List-Unsubscribe"])[1]


def test_the_mails_own_button_stops_it_without_sign_in(topic, people, clock, client):
    make_post(topic, people["bilal"])
    send_now()
    (first,) = sent_to("amina")
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = way_out(first)

    page = client.get(address).content.decode()
    assert TITLE not in page
    make_post(topic, people["chloe"])
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    clock.move_to(at("2026-11-25 07:00"))
    send_now()
    assert len(sent_to("amina")) == 1


def test_the_whole_group_can_be_silenced_there_by_its_reader_alone(group, topic, people, client):
    discussions.follow(topic, people["bilal"], True)
    make_post(topic, people["chloe"])
    send_now()
    client.post(way_out(sent_to("bilal")[0]), {"what": "group"})
    silent = {seat.membership.name for seat in group.members.filter(is_silenced=True)}
    assert silent == {people["bilal"].name}


def test_a_token_that_is_not_ours_or_too_old_opens_nothing(topic, people, clock, client):
    make_post(topic, people["bilal"])
    send_now()
    address = way_out(sent_to("amina")[0])
    forged = address[:-2] + ("aa/" if not address.endswith("aa/") else "bb/")
    assert client.post(forged).status_code == 404
    clock.shift(datetime.timedelta(days=91))
    assert client.post(address).status_code == 404
    clock.shift(datetime.timedelta(days=-2))
    assert client.post(address).status_code == 200
