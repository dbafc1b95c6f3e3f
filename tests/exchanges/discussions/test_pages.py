"""The pages of a group and of its discussions, as their readers find them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from exchanges.discussions import actions
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Fold, Group, whose_group
from exchanges.notifications.models import ReadMark
from tests.factories import make_group, make_member, make_post, make_resource, make_school, make_topic, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def amina(school):
    return make_member(school, "amina", "parent")


@pytest.fixture
def karim(school):
    return make_member(school, "karim", "parent")


@pytest.fixture
def group(amina, karim):
    return make_group(amina, members=[karim], moderation="after")


@pytest.fixture
def topic(group, amina):
    return make_topic(group, amina)


def at(name, group, *args):
    return reverse(name, args=[group.school.slug, group.key, *args])


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_group_offers_three_questions_that_fill_the_form(client, group, karim):
    client.force_login(karim.user)
    page = text_of(client, at("group", group))
    assert page.count("?depart=") == 3
    form = client.get(f"{at('ask', group)}?depart=3").context["form"]
    assert form["title"].value() and form["text"].value()
    assert form["kind"].value() == "organisation"


def test_a_question_is_asked_answered_solved_and_thanked(client, group, amina, karim):
    client.force_login(karim.user)
    typed = {"title": "Qui a le mot ?", "text": "Je l’ai perdu.", "kind": "question"}
    told = client.post(at("ask", group), typed, follow=True)
    assert b"2 parents" in told.content
    topic = Topic.objects.filter(group=group).get()
    client.force_login(amina.user)
    answered = client.post(at("reply", group, topic.key), {"text": "Le voici."})
    assert answered.url.endswith("#message-2")
    client.force_login(karim.user)
    client.post(at("solve_topic", group, topic.key), {"number": "2"})
    answer = Post.objects.of_topic(topic).get(number=2)
    client.post(at("thank", group, answer.key))
    page = text_of(client, at("topic", group, topic.key))
    assert page.count("Le voici.") == 2
    assert answer.thanks.get().person == karim
    # Nobody else sees that thanks were said, nor how many.
    client.force_login(amina.user)
    assert "take_back" not in text_of(client, at("topic", group, topic.key))


def test_a_long_discussion_is_read_by_number_in_as_many_queries_on_each_page(
    client, group, topic, karim, django_assert_max_num_queries
):
    Post.objects.bulk_create(
        Post(
            topic=topic,
            author=karim,
            number=n,
            state="visible",
            text="x",
            html="<p>x</p>",
            shown=timezone.now(),
        )
        for n in range(2, 10_001)
    )
    Topic.objects.filter(group=group).update(last_number=10_000)
    client.force_login(karim.user)
    # The first visit of a session is noted; later ones are not for ten minutes.
    text_of(client, at("group", group))
    counts = []
    for page in (1, 500):
        with django_assert_max_num_queries(8) as asked:
            shown = text_of(client, f"{at('topic', group, topic.key)}?page={page}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert 'id="message-10000"' in shown
    assert client.get(at("post", group, topic.key, 9_981)).url.endswith("?page=500#message-9981")
    assert client.get(f"{at('topic', group, topic.key)}?page=501").status_code == 404
    assert client.get(at("post", group, topic.key, 10_001)).status_code == 404


def test_what_is_new_is_said_in_words_and_reading_goes_on_where_it_stopped(
    client, group, topic, amina, karim
):
    client.force_login(karim.user)
    (row,) = client.get(at("group", group)).context["topics"]
    assert (row["state"], row["word"][:2]) == ("new", "1 ")
    text_of(client, at("topic", group, topic.key))
    assert ReadMark.objects.get(person=karim.user, object=topic.pk).up_to == 1
    assert "is-new" not in text_of(client, at("group", group))
    for number in range(22):
        make_post(topic, amina, f"Suite {number}")
    assert f"{topic.key}/#message-2" in text_of(client, at("group", group))
    page = text_of(client, f"{at('topic', group, topic.key)}?page=2")
    assert f"{topic.key}/#message-2" in page
    assert page.count("bar is-new") == 3
    assert ReadMark.objects.get(person=karim.user, object=topic.pk).up_to == 23


def test_what_is_older_than_ones_joining_is_not_new(client, group, topic, school):
    late = make_member(school, "lea", "parent")
    from exchanges.groups.actions.joining import let_in

    let_in(group, late)
    client.force_login(late.user)
    assert "is-new" not in text_of(client, at("group", group))


@pytest.mark.parametrize("state", ["held", "returned", "hidden", "rewrite"])
def test_what_is_not_shown_is_read_by_its_author_alone(client, group, topic, amina, karim, state):
    secret = "Un mot à relire."
    actions.moderate_first(topic, True)
    post = make_post(topic, karim, secret, state="held")
    if state in ("hidden", "rewrite"):
        actions.publish(post)
    Post.objects.of_topic(topic).filter(pk=post.pk).update(state=state)
    for reader, sees in ((karim, True), (amina, False)):
        client.force_login(reader.user)
        for address in (at("topic", group, topic.key), at("group", group)):
            page = text_of(client, address)
            assert sees or secret not in page
        assert (secret in text_of(client, at("topic", group, topic.key))) is sees
    client.force_login(amina.user)
    expected = 404 if state in ("held", "returned") else 403
    for name in ("edit_post", "withdraw_post"):
        assert client.get(at(name, group, post.key)).status_code == expected
    assert client.get(at("post_history", group, post.key)).status_code == 404


def test_a_changed_message_says_so_and_its_earlier_texts_go_with_it(client, group, topic, amina, karim):
    post = Post.objects.of_topic(topic).get()
    client.force_login(amina.user)
    client.post(at("edit_post", group, post.key), {"title": topic.title, "text": "Retrouvé !"})
    client.force_login(karim.user)
    assert "Je l’ai perdu." not in text_of(client, at("topic", group, topic.key))
    assert "Je l’ai perdu." in text_of(client, at("post_history", group, post.key))
    client.force_login(amina.user)
    client.post(at("withdraw_post", group, post.key))
    client.force_login(karim.user)
    assert client.get(at("post_history", group, post.key)).status_code == 404
    page = text_of(client, at("topic", group, topic.key))
    assert "Retrouvé" not in page
    assert topic.title not in page
    assert topic.title not in text_of(client, at("group", group))


def test_a_quote_is_shown_as_long_as_what_it_quotes(client, group, topic, amina, karim):
    make_post(topic, karim, "Moi aussi.", quotes=1)
    client.force_login(karim.user)
    assert text_of(client, at("topic", group, topic.key)).count("Je l’ai perdu.") == 2
    actions.hide(Post.objects.of_topic(topic).get(number=1))
    assert "Je l’ai perdu." not in text_of(client, at("topic", group, topic.key))


def test_somebody_i_no_longer_see_is_folded_for_me_and_not_for_others(
    client, group, topic, amina, karim, school
):
    Fold.objects.create(person=karim, other=amina)
    make_post(topic, karim, "Moi aussi.", quotes=1)
    client.force_login(karim.user)
    assert text_of(client, at("topic", group, topic.key)).count("Je l’ai perdu.") == 1
    assert "<details" in text_of(client, at("topic", group, topic.key))
    client.force_login(amina.user)
    assert 'class="fold folded"' not in text_of(client, at("topic", group, topic.key))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"state": "sleeping"}, "asleep"),
        ({"state": "archived"}, "archived"),
        ({"paused_until": timezone.now() + datetime.timedelta(days=9)}, "holiday"),
    ],
)
def test_a_group_that_is_read_only_says_so_and_takes_nothing(client, group, topic, karim, values, word):
    Group.objects.filter(school=group.school).update(**values)
    client.force_login(karim.user)
    context = client.get(at("topic", group, topic.key)).context
    assert context["closed"] == {"asleep": "sleeping", "archived": "archived", "holiday": "paused"}[word]
    assert context["form"] is None
    assert client.get(at("ask", group)).status_code == 403
    assert client.post(at("ask", group), {"title": "Et ?", "text": "x"}).status_code == 403


def test_of_a_parents_group_the_direction_reads_the_card_and_nothing_else(client, group, topic, school):
    director = make_member(school, "helene", "director")
    client.force_login(director.user)
    assert client.get(at("group", group)).url == at("group_card", group)
    post = Post.objects.of_topic(topic).get()
    for address in (
        at("topic", group, topic.key),
        at("ask", group),
        at("reply", group, topic.key),
        at("post", group, topic.key, 1),
        at("post_history", group, post.key),
        at("edit_post", group, post.key),
        at("withdraw_post", group, post.key),
    ):
        assert client.get(address).status_code == 404, address
    for name, key in (("thank", post.key), ("follow_topic", topic.key), ("pin_topic", topic.key)):
        assert client.post(at(name, group, key)).status_code == 404
    # Twin: a parent of the group opens them.
    assert actions.is_asker(director, topic) is False


def test_a_discussion_starts_from_a_resource_of_the_library(client, group, karim, amina):
    make_resource("ecran-nuit", "Un écran la nuit ?")
    address = "/groupes/choisir/?ressource=ecran-nuit"
    assert client.get(address).url.startswith("/compte/login/")
    assert b"/groupes/choisir/" not in client.get("/ressources/ecran-nuit/").content
    client.force_login(karim.user)
    assert address.encode() in client.get("/ressources/ecran-nuit/").content
    asked = f"{at('ask', group)}?ressource=ecran-nuit"
    assert asked in text_of(client, address)
    form = client.get(asked).context["form"]
    client.post(at("ask", group), {"title": form["title"].value(), "text": "Lu ?", "ressource": "ecran-nuit"})
    topic = Topic.objects.filter(group=group).get()
    assert "/ressources/ecran-nuit/" in text_of(client, at("topic", group, topic.key))


def test_pins_stand_first_and_only_who_runs_the_group_puts_them(client, group, amina, karim):
    old = make_topic(group, amina, "Règles du groupe ?")
    make_topic(group, amina, "Autre chose ?")
    client.force_login(karim.user)
    assert client.post(at("pin_topic", group, old.key)).status_code == 403
    client.force_login(amina.user)
    client.post(at("pin_topic", group, old.key))
    page = text_of(client, at("group", group))
    assert page.index("Règles du groupe") < page.index("Autre chose")


def test_hostile_texts_stay_text(client, group, amina, karim):
    topic = make_topic(
        group, amina, "<script>alert(1)</script> ?", "<img src=x onerror=alert(1)> " + "é" * 9_000
    )
    client.force_login(karim.user)
    for address in (at("group", group), at("topic", group, topic.key)):
        page = text_of(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_following_is_ones_own_choice(client, group, topic, amina, karim):
    client.force_login(karim.user)
    client.post(at("follow_topic", group, topic.key))
    assert client.get(at("topic", group, topic.key)).context["follows"] is True
    client.post(at("follow_topic", group, topic.key), {"stop": "1"})
    assert client.get(at("topic", group, topic.key)).context["follows"] is False
    assert member(karim).membership == karim


def test_a_question_left_without_answer_is_first_for_whoever_runs_the_group(client, group, amina, karim):
    """JOURNEYS §3.4: after two school days; wherever it stands among the others."""
    left = make_topic(group, karim, "Qui garde le jeudi ?")
    others = [make_topic(group, karim, f"Autre {number} ?") for number in range(25)]
    for other in others:
        make_post(other, amina)
    Topic.objects.filter(group=group, pk=left.pk).update(created=timezone.now() - datetime.timedelta(days=9))
    ago = timezone.now() - datetime.timedelta(days=8)
    Topic.objects.filter(group=group, pk=left.pk).update(active=ago)
    client.force_login(amina.user)
    text = text_of(client, at("group", group))
    assert text.index("Qui garde le jeudi") < text.index("Autre 24")
    # Twin: for a reader it is an old discussion, on the second page.
    client.force_login(karim.user)
    assert "Qui garde le jeudi" not in text_of(client, at("group", group))


def test_every_page_inside_a_group_says_in_one_piece_whose_it_is(client, group, topic, karim):
    client.force_login(karim.user)
    inside = [at("ask", group), at("search_group", group), at("group", group)]
    inside += [at("group_members", group), at("report_post", group, topic.key, 1)]
    whose = whose_group(group.circle, "")
    for address in inside:
        margin = text_of(client, address).partition('<p class="note">')[2].partition("</p>")[0]
        assert whose in margin, address
