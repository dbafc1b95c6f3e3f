"""A message's life: a number when it is first shown, never used twice, and a line where it ends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchanges.discussions import actions
from exchanges.discussions.errors import TooManyPinned
from exchanges.discussions.models import Post, Revision, Topic
from tests.factories import make_group, make_member, make_post, make_school, make_topic, member, seen_group

pytestmark = pytest.mark.django_db

State = Post.State
# From which states each act may take a message, and to which: what RULES §2 draws.
ALLOWED = {
    "publish": ({State.HELD}, State.VISIBLE),
    "send_back": ({State.HELD}, State.RETURNED),
    "hold_again": ({State.RETURNED, State.REWRITE}, State.HELD),
    "hide": ({State.VISIBLE}, State.HIDDEN),
    "show_again": ({State.HIDDEN, State.REWRITE}, State.VISIBLE),
    "ask_rewrite": ({State.VISIBLE, State.HIDDEN}, State.REWRITE),
    "remove": ({State.VISIBLE, State.HIDDEN, State.REWRITE, State.HELD, State.RETURNED}, State.REMOVED),
}


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def amina(school):
    return make_member(school, "amina", "parent")


@pytest.fixture
def group(school, amina):
    return make_group(amina, members=[make_member(school, "karim", "parent")])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["write", *ALLOWED]), st.integers(0, 5)), max_size=25))
def test_no_number_is_used_twice_and_no_reader_sees_a_gap(db, group, amina, acts):
    topic = make_topic(group, amina, moderated_first=True)
    shown: dict[str, int] = {}
    for act, which in acts:
        posts = list(Post.objects.of_topic(topic).order_by("pk"))
        if act == "write":
            Post.objects.create(topic=topic, author=amina, text="x", html="<p>x</p>", state=State.HELD)
            continue
        post = posts[which % len(posts)]
        before, after = ALLOWED[act]
        # What the caller holds is old: the row decides.
        stale = Post(
            pk=post.pk, key=post.key, topic=topic, author=amina, number=post.number, state=State.VISIBLE
        )
        happened = getattr(actions, act)(stale)
        assert happened is (post.state in before)
        post.refresh_from_db()
        if happened:
            assert post.state == after
        if post.number:
            assert shown.setdefault(post.key, post.number) == post.number
    topic.refresh_from_db()
    numbers = sorted(Post.objects.of_topic(topic).lines().values_list("number", flat=True))
    assert numbers == list(range(1, topic.last_number + 1))
    first = Post.objects.of_topic(topic).get(number=1)
    assert topic.hides_title is (first.state != State.VISIBLE)


def test_a_question_sent_back_may_be_sent_again_and_gets_its_number_once_it_is_shown(school, group, amina):
    group.moderation = "before"
    group.save()
    karim = school.memberships.get(name="Karim")
    topic = make_topic(group, karim, held=True)
    post = Post.objects.of_topic(topic).get()
    assert (post.number, topic.is_visible) == (None, False)
    assert actions.send_back(post)
    post.topic.group = seen_group(group, karim)
    assert actions.edit(post, "Autrement.", by=member(karim), title="Autre titre ?")
    post.refresh_from_db()
    assert (post.state, post.text) == (State.HELD, "Autrement.")
    assert not Revision.objects.filter(post=post).exists()
    assert actions.publish(post)
    topic.refresh_from_db()
    assert (topic.title, topic.last_number, topic.is_visible) == ("Autre titre ?", 1, True)


def test_what_is_removed_leaves_a_line_without_text_title_or_earlier_text(group, amina):
    topic = make_topic(group, amina)
    post = Post.objects.of_topic(topic).get()
    post.topic.group = seen_group(group, amina)
    assert actions.edit(post, "Une autre fois.", by=member(amina))
    assert Revision.objects.filter(post=post).count() == 1
    assert actions.remove(post)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.text, post.html, post.number) == ("", "", 1)
    assert not Revision.objects.filter(post=post).exists()
    assert topic.title not in topic.shown_title
    # With the text that whoever judged it kept, it can be shown again.
    assert actions.show_again(post, text="Une autre fois.")
    topic.refresh_from_db()
    assert topic.shown_title == topic.title


def test_a_solved_discussion_names_only_a_message_that_is_shown(school, group, amina):
    karim = school.memberships.get(name="Karim")
    topic = make_topic(group, karim)
    answer = make_post(topic, amina)
    assert actions.hide(answer)
    assert not actions.mark_solved(topic, answer.number, by=member(karim))
    assert actions.show_again(answer)
    assert actions.mark_solved(topic, answer.number, by=member(karim))
    topic.refresh_from_db()
    assert (topic.state, topic.solution) == (Topic.State.SOLVED, 2)
    assert actions.close(topic)
    assert actions.reopen(topic)
    topic.refresh_from_db()
    assert topic.state == Topic.State.SOLVED


def test_three_discussions_are_pinned_and_no_fourth(group, amina):
    topics = [make_topic(group, amina, title=f"Sujet {n} ?") for n in range(4)]
    for topic in topics[:3]:
        actions.pin(topic, True, by=member(amina))
    with pytest.raises(TooManyPinned):
        actions.pin(topics[3], True, by=member(amina))
    actions.pin(topics[0], False, by=member(amina))
    assert actions.pin(topics[3], True, by=member(amina))
