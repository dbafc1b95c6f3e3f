"""« Sans mon nom »: the name leaks by no page, row, order or hour (RULES §2)."""

import ast
import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from exchanges.discussions import actions, privacy
from exchanges.discussions.actions.names import author_of
from exchanges.discussions.errors import NotWithoutName
from exchanges.discussions.models import AnonymousAuthor, Follow, Post
from exchanges.groups.models import Fold
from exchanges.notifications.models import Notice
from tests.factories import make_group, make_member, make_post, make_school, make_topic, member, seen_group

pytestmark = pytest.mark.django_db

NAME = "Zéphyrine Quatremère"


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def asker(school):
    return make_member(school, "zephyrine", "parent", display_name=NAME)


@pytest.fixture
def others(school):
    return [make_member(school, f"parent{n}", "parent") for n in range(9)]


@pytest.fixture
def group(asker, others):
    return make_group(others[0], members=[asker, *others[1:]])


@pytest.fixture
def topic(group, asker):
    return make_topic(group, asker, "Mon enfant pleure le matin ?", "Que faire ?", anonymous=True)


def pages(client, school, group, topic):
    base = reverse("group", args=[school.slug, group.key])
    first = Post.objects.of_topic(topic).get(number=1)
    for address in (base, f"{base}{topic.key}/", f"{base}{topic.key}/repondre/?citer=1"):
        answer = client.get(address)
        assert answer.status_code == 200
        yield answer.content.decode()
    for act in ("modifier", "retirer", "historique"):
        yield client.get(f"{base}message/{first.key}/{act}/").content.decode()


def test_nobody_reads_the_name_and_the_author_reads_that_it_is_theirs(
    client, school, group, topic, asker, others
):
    make_post(topic, asker, "Merci à tous.", anonymous=True)
    for reader in (others[0], others[5]):
        client.force_login(reader.user)
        for page in pages(client, school, group, topic):
            assert NAME not in page
            assert asker.key not in page
    client.force_login(asker.user)
    page = client.get(reverse("topic", args=[school.slug, group.key, topic.key])).content.decode()
    assert "The person who asks" in page or "personne qui demande" in page
    assert NAME not in page.split("</header>")[-1]
    assert "/retirer/" in page


def test_no_row_but_the_one_apart_says_who_asks_and_no_finer_time_than_the_hour(topic, asker):
    post = Post.objects.of_topic(topic).get()
    assert (post.author_id, topic.author_id, post.author_hat, topic.author_hat) == (None, None, "", "")
    assert not Follow.objects.filter(topic=topic).exists()
    for moment in (post.created, post.shown, topic.created):
        assert (moment.minute, moment.second, moment.microsecond) == (0, 0, 0)
    assert author_of(post) == asker


def test_every_message_without_a_name_waits_whatever_the_group(group, others, asker):
    for moderation in ("after", "first", "before"):
        group.moderation = moderation
        group.save()
        held = actions.ask(
            member(asker),
            seen_group(group, asker),
            {"title": "Une question ?", "text": "x", "anonymous": True},
        )
        assert (held.state, held.number) == (Post.State.HELD, None)


def test_only_who_asked_answers_as_the_person_who_asks(topic, others, asker):
    for person, wanted in ((others[2], False), (asker, True)):
        topic.group = seen_group(topic.group, person)
        values = {"text": "Moi.", "anonymous": True}
        if wanted:
            assert actions.reply(member(person), topic, values).state == Post.State.HELD
        else:
            with pytest.raises(NotWithoutName):
                actions.reply(member(person), topic, values)


def test_a_group_of_nine_offers_no_question_without_a_name(client, school, group, others, asker):
    actions_of = {"title": "Une question ?", "text": "x", "anonymous": "on"}
    address = reverse("ask", args=[school.slug, group.key])
    client.force_login(asker.user)
    assert "anonymous" in client.get(address).context["form"].fields
    group.members.filter(membership=others[8]).delete()
    assert "anonymous" not in client.get(address).context["form"].fields
    with pytest.raises(NotWithoutName):
        actions.ask(member(asker), seen_group(group, asker), actions_of)


def test_once_shown_it_is_not_changed_and_no_door_says_whether_it_is_mine(
    client, school, group, topic, asker, others
):
    post = Post.objects.of_topic(topic).get()
    answers = []
    for person in (asker, others[3]):
        client.force_login(person.user)
        answers.append(client.get(reverse("edit_post", args=[school.slug, group.key, post.key])).status_code)
    assert answers == [403, 403]


def test_the_asker_is_told_of_the_first_answer_and_thanked_as_anybody(topic, asker, others):
    first = Post.objects.of_topic(topic).get()
    answer = make_post(topic, others[4])
    actions.thank(first, others[4], True)
    told = Notice.objects.filter(person=asker.user)
    assert {notice.kind for notice in told} == {"reply", "thanks"}
    assert all(NAME not in notice.title for notice in Notice.objects.all())
    assert answer.number == 2


def test_folding_the_asker_folds_nothing_that_bears_no_name(client, school, group, topic, asker, others):
    Fold.objects.create(person=others[1], other=asker)
    named = make_post(topic, asker, "Sous mon nom cette fois.")
    client.force_login(others[1].user)
    page = client.get(reverse("topic", args=[school.slug, group.key, topic.key])).content.decode()
    unnamed, signed = (page.split(f'id="message-{n}"')[1].split("</article>")[0] for n in (1, named.number))
    assert "<details" not in unnamed
    assert "<details" in signed


def test_ones_own_export_has_it_and_no_other(topic, asker, others):
    (mine, *_rest) = privacy.export(asker.user).values()
    assert any("Que faire ?" in row.values() for row in mine)
    for other in others[:3]:
        (theirs, *_rest) = privacy.export(other.user).values()
        assert theirs == []


def test_with_the_account_the_link_goes_and_the_question_stays(topic, asker):
    privacy.erase(asker.user, keep_contributions=False)
    asker.user.delete()
    assert not AnonymousAuthor.objects.unscoped().exists()
    post = Post.objects.of_topic(topic).get()
    assert (post.state, post.text) == (Post.State.VISIBLE, "Que faire ?")


def test_one_module_reads_who_wrote_without_a_name():
    readers = set()
    for path in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py"):
        where = path.relative_to(settings.BASE_DIR).as_posix()
        if where.startswith(("tests/", ".venv/")) or "/migrations/" in where:
            continue
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        if "AnonymousAuthor" in names:
            readers.add(where)
    assert readers == {"exchanges/discussions/actions/names.py"}


def test_the_hour_shown_is_that_of_publication(topic, asker, group):
    post = Post.objects.of_topic(topic).get()
    later = post.created + datetime.timedelta(hours=30)
    held = actions.ask(
        member(asker), seen_group(group, asker), {"title": "Autre ?", "text": "y", "anonymous": True}
    )
    assert actions.publish(held, later.replace(minute=41))
    held.refresh_from_db()
    assert held.shown == later
