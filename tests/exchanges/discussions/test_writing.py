"""Asked and answered: once each, held where the group wants it, and nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from exchanges.discussions import actions
from exchanges.discussions.errors import FirstDay, NotNow, SentOther
from exchanges.discussions.models import Follow, Post
from exchanges.discussions.texts import clean_text, rendered
from exchanges.groups.models import GroupMember
from tests.factories import (
    make_group,
    make_member,
    make_post,
    make_resource,
    make_school,
    make_topic,
    member,
    seen_group,
)

pytestmark = pytest.mark.django_db

KEY = "0123456789abcdef" * 2


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def amina(school):
    return make_member(school, "amina", "parent")


@pytest.fixture
def karim(school):
    return make_member(school, "karim", "parent")


def in_class(school, amina, *others, **values):
    return make_group(amina, members=others, classroom=school.rooms[0], moderation="after", **values)


def newcomer(school, name):
    return make_member(school, name, "parent")


def token_in(client, address):
    """The token as the form of the page holds it, not as the context has it."""
    form = client.get(address).content.decode().split("data-draft=")[1]
    return form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def state_of(group, person, text="Bonjour.", files=()):
    made = actions.ask(
        member(person), seen_group(group, person), {"title": "Une question ?", "text": text}, files
    )
    return made.state


def test_in_september_the_first_question_of_a_class_group_is_shown_at_once(school, amina, karim):
    group = in_class(school, amina, karim, newcomer(school, "lea"))
    assert state_of(group, karim) == Post.State.VISIBLE
    lea = school.memberships.get(name="Lea")
    assert state_of(group, lea, "Voir www.exemple.fr") == Post.State.HELD
    # Somebody of whom a message was shown here is a newcomer no more.
    assert state_of(group, karim, "Voir www.exemple.fr") == Post.State.VISIBLE


def test_elsewhere_the_first_message_of_a_newcomer_waits_and_the_next_ones_do_not(amina, karim):
    group = make_group(amina, members=[karim])
    assert state_of(group, karim) == Post.State.HELD
    actions.publish(Post.objects.of_group(group).get())
    assert state_of(group, karim) == Post.State.VISIBLE
    group.moderation = "before"
    group.save()
    assert state_of(group, karim) == Post.State.HELD
    assert state_of(group, amina) == Post.State.VISIBLE


def test_nobody_is_told_of_a_message_that_waits(amina, karim):
    group = make_group(amina, members=[karim], moderation="before")
    topic = make_topic(group, amina)
    held = make_post(topic, karim, state="held")
    assert not Follow.objects.filter(topic=topic, told__isnull=False).exists()
    assert actions.publish(held)
    assert Follow.objects.get(topic=topic, person=amina).told is not None


def test_a_newcomer_asks_three_questions_on_the_first_day_and_gives_two_links(school, amina, karim):
    group = in_class(school, amina, karim)
    now = timezone.now()
    for number in range(3):
        values = {"title": f"Question {number} ?", "text": "a" if number else "www.a.fr et www.b.fr"}
        actions.ask(member(karim), seen_group(group, karim), values, now=now)
    for values in ({"title": "Encore ?", "text": "x"},):
        with pytest.raises(FirstDay):
            actions.ask(member(karim), seen_group(group, karim), values, now=now)
    topic = make_topic(group, amina)
    topic.group = seen_group(group, karim)
    with pytest.raises(FirstDay):
        actions.reply(member(karim), topic, {"text": "Et www.c.fr"}, now=now)
    assert actions.reply(member(karim), topic, {"text": "Sans lien"}, now=now)
    karim.joined -= datetime.timedelta(days=2)
    karim.save()
    assert actions.reply(member(karim), topic, {"text": "Et www.c.fr"}, now=now)


def test_the_same_form_is_one_message_and_another_text_is_asked_about(amina, karim):
    topic = make_topic(make_group(amina, members=[karim]), amina)
    topic.group = seen_group(topic.group, karim)
    first = actions.reply(member(karim), topic, {"text": "Oui.", "client_key": KEY})
    assert actions.reply(member(karim), topic, {"text": "Oui. ", "client_key": KEY}) == first
    with pytest.raises(SentOther) as refused:
        actions.reply(member(karim), topic, {"text": "Non.", "client_key": KEY})
    assert refused.value.post == first
    week = timezone.now() + datetime.timedelta(days=8)
    assert actions.reply(member(karim), topic, {"text": "Non.", "client_key": KEY}, now=week) != first


def test_a_discussion_closed_meanwhile_takes_no_answer_and_gives_the_text_back(client, school, amina, karim):
    topic = make_topic(make_group(amina, members=[karim]), amina)
    topic.group = seen_group(topic.group, karim)
    actions.close(topic)
    with pytest.raises(NotNow):
        actions.reply(member(karim), topic, {"text": "Trop tard ?"})
    client.force_login(karim.user)
    address = reverse("reply", args=[school.slug, topic.group.key, topic.key])
    page = client.post(address, {"text": "Trop tard ?", "client_key": KEY})
    assert page.status_code == 200
    assert "Trop tard ?" in page.content.decode()
    assert Post.objects.of_topic(topic).count() == 1


def test_a_text_that_names_a_teacher_is_asked_back_once_and_sent_as_it_is(client, school, amina, karim):
    group = make_group(amina, members=[karim])
    client.force_login(amina.user)
    address = reverse("ask", args=[school.slug, group.key])
    typed = {"title": "Les devoirs ?", "text": "Mme Rivière en donne trop.", "client_key": KEY}
    asked = client.post(address, typed)
    assert asked.context["form"].asks_back
    assert not Post.objects.of_group(group).exists()
    assert client.post(address, typed | {"as_it_is": "1"}).status_code == 302
    assert Post.objects.of_group(group).count() == 1
    # Twin: words that name nobody are sent at once.
    plain = {"title": "La sortie ?", "text": "Qui a le mot ?", "client_key": KEY[::-1]}
    assert client.post(address, plain).status_code == 302


@pytest.mark.parametrize("lost", ["session", "token"])
def test_a_message_sent_too_late_comes_back_filled_and_is_sent_again(school, amina, lost):
    from django.test import Client

    group = make_group(amina)
    address = reverse("ask", args=[school.slug, group.key])
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina.user)
    token = token_in(client, address)
    typed = {"title": "La cantine ?", "text": "Quel <menu> lundi ?", "kind": "question", "client_key": KEY}
    origin = {"HTTP_ORIGIN": "http://testserver"}
    if lost == "session":
        del client.cookies["sessionid"]
        back = client.post(address, typed | {"csrfmiddlewaretoken": token}, **origin)
    else:
        back = client.post(address, typed | {"csrfmiddlewaretoken": "x" * 64}, **origin)
    page = back.content.decode()
    assert back.status_code == 403
    assert 'value="La cantine ?"' in page
    assert "Quel &lt;menu&gt; lundi ?" in page
    assert KEY in page
    assert not Post.objects.of_group(group).exists()
    # What another site sends is given back to nobody.
    forged = client.post(address, typed, HTTP_ORIGIN="https://ailleurs.example")
    assert KEY not in forged.content.decode()
    client.force_login(amina.user)
    fresh = token_in(client, address)
    sent = client.post(address, typed | {"csrfmiddlewaretoken": fresh}, **origin)
    assert sent.status_code == 302
    topic = Post.objects.of_group(group).get().topic
    # The form under a discussion, and the buttons of its messages, hold theirs too.
    for name in ("topic", "reply"):
        assert token_in(client, reverse(name, args=[school.slug, group.key, topic.key]))


def test_an_address_of_ours_shows_its_title_and_headings_are_no_headings(settings):
    make_resource("ecran-nuit", "Un écran la nuit ?")
    html, _version = rendered(
        f"# Titre\n\nVoir {settings.SITE_URL}/ressources/ecran-nuit/, et https://x.fr/a_b."
    )
    assert '<a href="/ressources/ecran-nuit/">Un écran la nuit' in html
    assert '<a href="https://x.fr/a_b" rel="noopener noreferrer">https://x.fr/a_b</a>.' in html
    assert "<h2>" not in html
    assert "<strong>Titre</strong>" in html


def test_signs_that_act_on_their_neighbours_are_not_stored():
    zalgo = "a" + "\u0301" * 40 + "b"
    assert clean_text(f"\u202eabc\u2066{zalgo}\u200b") == "abcá" + "\u0301" * 3 + "b"
    # Twin: Arabic with its vowels, and an emoji joined of several, stay as they are.
    for text in ("مُدَرِّسَة", "👩\u200d👧", "Việt"):
        assert clean_text(text) == text


def test_the_hat_of_the_class_is_said_where_somebody_has_two(school, amina):
    both = make_member(school, "odile", "teacher", "parent", rooms=[school.rooms[0]])
    group = make_group(both, circle="parents-enseignants", moderation="after")
    assert make_topic(group, both).author_hat == "teacher"
    parents = make_group(amina, name="Les parents", members=[both], moderation="after")
    assert make_topic(parents, both).author_hat == "parent"


def test_somebody_muted_or_suspended_writes_nothing_and_reads_all(client, school, amina, karim):
    topic = make_topic(make_group(amina, members=[karim]), amina)
    address = reverse("reply", args=[school.slug, topic.group.key, topic.key])
    until = timezone.now() + datetime.timedelta(days=2)
    GroupMember.objects.filter(group=topic.group, membership=karim).update(mute_until=until)
    client.force_login(karim.user)
    page = client.get(reverse("topic", args=[school.slug, topic.group.key, topic.key]))
    assert page.status_code == 200
    assert page.context["form"] is None
    assert client.get(address).status_code == 403
    GroupMember.objects.filter(group=topic.group, membership=karim).update(mute_until=None)
    assert client.get(address).status_code == 200
