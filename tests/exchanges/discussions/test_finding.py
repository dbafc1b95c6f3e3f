"""Messages found by words: what anybody may read of them, and nothing of what is hidden."""

import pytest

from exchanges.discussions import actions
from exchanges.discussions.finding import find
from exchanges.discussions.models import Post
from tests.factories import make_group, make_member, make_post, make_school, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return make_member(make_school(), "amina", "parent")


@pytest.fixture
def group(amina):
    return make_group(amina)


def test_an_answer_is_found_under_the_title_of_its_question_as_long_as_that_is_shown(group, amina):
    topic = make_topic(group, amina, title="Le voisin crie")
    make_post(topic, amina, text="À la kermesse <b>aussi</b>.")
    (found,) = find([group], "kermesse").rows
    assert found["title"] == "Le voisin crie"
    assert found["summary"] == "À la <mark>kermesse</mark> &lt;b&gt;aussi&lt;/b&gt;."
    actions.hide(Post.objects.of_topic(topic).get(number=1))
    (found,) = find([group], "kermesse").rows
    assert "voisin" not in found["title"]
    assert found["url"].endswith(f"/{topic.key}/#message-2")
