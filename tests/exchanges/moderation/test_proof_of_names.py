"""Before a name is opened, whoever does it shows anew that it is they; no other decision asks it (§2)."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.people.proof import LIFE, SESSION_KEY
from exchanges.groups.actions.joining import let_in
from exchanges.models import Decision, Post
from exchanges.moderation.actions import names_opened_to
from tests.exchanges.moderation.desk_pages import ADMIN, confirm
from tests.exchanges.moderation.world import DAY, Verb, World
from tests.factories import make_member, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "no_second_factor")]
NAME = "Zéphyrine Quatremère"


@pytest.fixture
def world(here) -> World:
    """Ten read, Zéphyrine asked without her name, and Bilal reported it."""
    world = here("parents-enseignants")
    asker = make_member(world.school, "zephyrine", "parent", display_name=NAME)
    for one in (asker, *(make_member(world.school, f"p{n}", "parent") for n in range(4))):
        let_in(world.group, one)
    now = timezone.now()
    world.settle(joined=now - 30 * DAY, seen=now)
    topic = make_topic(world.group, asker, "Sans mon nom", "Je vais lui faire peur.", anonymous=True)
    world.question, world.asker = Post.objects.filter(topic=topic).get(), asker
    world.ref = f"case:{world.report(world.bilal, world.question, 'insult', now).key}"
    return world


def proved(client, person, seconds_ago: int) -> None:
    session = client.session
    session[SESSION_KEY] = {"user": person.user_id, "at": int(time.time()) - seconds_ago}
    session.save()


def opens(client, world):
    return confirm(client, ADMIN, Verb.OPEN_NAME, world.ref, ground="insult")


@pytest.mark.parametrize("of", ["nobody", "too old", "somebody else"])
def test_without_a_proof_of_this_person_and_now_no_name_is_opened(world, sign_in, of):
    client = sign_in(world.helene.user)
    if of == "too old":
        proved(client, world.helene, LIFE + 1)
    if of == "somebody else":
        proved(client, world.nora, 0)
    page = opens(client, world)
    assert page.redirect_chain[0][0].startswith(reverse("account_proof"))
    assert not Decision.objects.of_school(world.school).filter(verb=Verb.OPEN_NAME).exists()
    assert names_opened_to(world.helene.user, [world.question]) == {}
    assert NAME not in page.content.decode() + client.get(ADMIN).content.decode()


def test_with_it_the_name_is_there_for_whoever_opened_it_alone(world, sign_in):
    client = sign_in(world.helene.user)
    proved(client, world.helene, 60)
    assert opens(client, world).redirect_chain[-1][0] == ADMIN
    assert NAME in client.get(ADMIN).content.decode()
    other = make_member(world.school, "omar", "deputy", rights=["moderation"])
    assert NAME not in sign_in(other.user).get(ADMIN).content.decode()
    queue = sign_in(world.nora.user).get(f"/ecoles/{world.school.slug}/a-moderer/")
    assert "Written without a name" in queue.content.decode() and NAME not in queue.content.decode()


def test_to_hide_the_message_no_proof_is_asked(world, sign_in):
    page = confirm(sign_in(world.helene.user), ADMIN, Verb.HIDE, world.ref, ground="insult")
    assert page.redirect_chain[-1][0] == ADMIN
    assert Decision.objects.of_school(world.school).get().verb == Verb.HIDE
