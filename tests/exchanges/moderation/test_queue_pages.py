"""A queue of several pages: page by page the whole one, each thing reachable, decided and come back from."""

import re

import pytest
from django.utils import timezone

from exchanges.discussions.models import AnonymousAuthor, Attachment
from exchanges.groups.models import JoinRequest
from exchanges.models import Post, SecondReading
from exchanges.moderation import desk as desks
from exchanges.moderation.log import append
from exchanges.moderation.rows import Rows
from tests.exchanges.moderation.desk_pages import confirm
from tests.exchanges.moderation.world import DAY, HOUR, World
from tests.factories import make_member, make_topic, member

JUDGED = ("hide", "rewrite", "remove", "warn")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "no_second_factor")]


@pytest.fixture
def world(here) -> World:
    return here()


def base(world) -> str:
    return f"/ecoles/{world.school.slug}/a-moderer/"


def listed(page: str) -> list[str]:
    return re.findall(r'class="entry to-judge[^"]*" id="([^"]+)"', page)


def filled(world, now) -> None:
    """Some of each kind: reported by several, in danger, hidden, gone, held, without a name, with a file."""
    posts = [world.post_of(world.amina, f"Message {n}") for n in range(6)]
    for n, post in enumerate(posts):
        world.report(world.bilal, post, now=now - n * HOUR, words=f"Mot {n}")
    world.report(world.chloe, posts[0], "private", now)
    world.report(world.denis, posts[3], "danger", now)
    Post.objects.of_school(world.school).filter(pk=posts[2].pk).update(state="hidden")
    Post.objects.of_school(world.school).filter(pk=posts[4].pk).update(state="removed")
    world.report(world.nora, posts[1], now=now)
    world.report(world.bilal, world.post_of(world.denis, "Vu avec Nora."), now=now)
    for n in range(9):
        world.held(world.denis, f"Tenu {n}.")
    post = world.held(world.chloe, "Avec un fichier.")
    Post.objects.of_school(world.school).filter(pk=post.pk).update(has_files=True)
    for n in "bc":
        kind = {"name": f"plan {n}.pdf", "stored": n, "content_type": "application/pdf", "size": 1}
        Attachment.objects.create(post=post, key=24 * n, **kind)
    for who in (world.nora, world.bilal):
        topic = make_topic(world.group, who, f"Sans nom {who.key}", "Une question", held=True)
        post = Post.objects.of_topic(topic).get()
        Post.objects.of_topic(topic).update(is_anonymous=True, author=None, state="held", number=None)
        AnonymousAuthor.objects.create(post=post, person=who)
    for n in range(3):
        who = make_member(world.school, f"eve{n}", "parent")
        JoinRequest.objects.create(group=world.group, membership=who, at=now - n * DAY)


def asked_to_read_again(world, now) -> None:
    """Of karim's decisions nora reads one of each kind again; not those where she is a party."""
    posts = [world.post_of(world.amina, f"Jugé {n}") for n in range(3)]
    posts.append(world.post_of(world.amina, "Nora y était."))
    for post in posts:
        world.report(world.bilal, post, now=now - 2 * DAY)
    world.report(world.nora, posts[2], now=now - 2 * DAY)
    judged = [
        world.decide(world.karim, verb, post, now=now) for verb, post in zip(JUDGED, posts, strict=True)
    ]
    again = world.post_of(world.chloe, "Encore.")
    world.report(world.bilal, again, now=now)
    judged.append(world.decide(world.karim, "close", again, now=now))
    judged.append(world.decide(world.karim, "mute_group", again, now=now, until=now + DAY))
    for row in judged:
        who = world.amina if row.number <= len(posts) or row.verb == "close" else world.chloe
        SecondReading.objects.create(
            school=world.school, group=world.group, decision=row.number, author=who, reader="facilitator",
            words=f"Relisez {row.number}", asked=now,
        )  # fmt: skip


def name_opened(world, now) -> None:
    """A question of which nora, of the direction too, opened the name."""
    topic = make_topic(world.group, world.denis, "Qui sait ?", "Sans nom", held=True)
    Post.objects.of_topic(topic).update(is_anonymous=True, author=None, state="visible", number=1)
    post = Post.objects.of_topic(topic).get()
    AnonymousAuthor.objects.create(post=post, person=world.denis)
    world.report(world.bilal, post, now=now - 10 * DAY)
    append(
        world.school, "open_name", at=now, kind="post", object=post.key, group=world.group.key,
        actor=world.nora.user.key, hat="director",
    )  # fmt: skip


def test_the_pages_together_are_the_whole_queue_in_its_order(world):
    now = timezone.now()
    filled(world, now)
    asked_to_read_again(world, now)
    name_opened(world, now)
    nora = member(world.nora)
    desk = desks.of_facilitator(world.nora.user, nora, now)
    whole = Rows(desk, base(world), "moderation_file").of(desk.items)
    pages, number = [], 1
    while len(pages) < len(whole):
        part, glance = desks.page_of_facilitator(world.nora.user, nora, number, now)
        assert glance.total == len(whole) and glance.page.number == number
        pages += Rows(part, base(world), "moderation_file").of(part.items)
        number += 1
    assert pages == whole and number > 2
    assert any(row.get("files") for row in pages)
    assert sum(bool(row["own"]) for row in pages) == 3
    read_again = [row for row in pages if row["ref"].startswith("reading:")]
    assert [row["said"].count("Relisez") for row in read_again] == [1] * 4
    assert [row["who"] for row in pages if "who wrote" in row.get("who", "")] == [
        "Denis, who wrote without their name"
    ]


def test_with_one_of_each_kind_a_page_asks_eight_times(world, sign_in, django_assert_max_num_queries):
    now = timezone.now()
    filled(world, now)
    asked_to_read_again(world, now)
    name_opened(world, now)
    nora = sign_in(world.nora.user)
    for number in (1, 2, 3):
        nora.get(base(world), {"page": number})
        with django_assert_max_num_queries(8):
            assert nora.get(base(world), {"page": number}).status_code == 200


def test_what_waits_on_the_second_page_is_decided_there_and_the_next_takes_its_place(world, sign_in):
    held = [world.held(world.denis, f"Tenu {n}.") for n in range(22)]
    nora = sign_in(world.nora.user)
    first, second, third = (nora.get(base(world), {"page": n}).content.decode() for n in (1, 2, 3))
    assert "22 things wait for you." in first and "Page 1 of 3" in first
    assert [*listed(first), *listed(second), *listed(third)] == [post.key for post in held]
    assert "?page=2" in first and "?page=1" in second and "?page=3" in second
    done = confirm(nora, base(world), "publish", f"held:{held[12].key}")
    assert done.redirect_chain[-1][0] == f"{base(world)}?page=2"
    assert listed(done.content.decode()) == [post.key for post in held if post != held[12]][10:20]
    # The only one of the last page: what is left of the page before.
    for post in held[21:19:-1]:
        done = confirm(nora, base(world), "publish", f"held:{post.key}")
    assert listed(done.content.decode())[-1] == held[19].key and "Page 2 of 2" in done.content.decode()
    assert nora.get(base(world), {"page": "9999"}).status_code == 200
    assert listed(nora.get(base(world), {"page": "x"}).content.decode())[0] == held[0].key


def test_of_parents_messages_only_those_of_the_page_are_logged_as_opened(world, sign_in, monkeypatch):
    """RULES §3: the direction opens what it is shown, not what waits behind it."""
    from exchanges.models import Decision
    from exchanges.moderation.admin import queue as admin_queue

    monkeypatch.setattr(admin_queue, "PAGE", 2)
    now = timezone.now()
    for n in range(3):
        world.report(world.bilal, world.post_of(world.amina, f"Ancien {n}."), now=now - (20 - n) * DAY)
    helene = sign_in(world.helene.user)
    opened = Decision.objects.of_school(world.school).filter(verb="open_text")
    page = helene.get("/admin/a-moderer/").content.decode()
    assert "Ancien 1." in page and "Ancien 2." not in page and opened.count() == 2
    assert "Ancien 2." in helene.get("/admin/a-moderer/", {"page": 2}).content.decode()
    assert opened.count() == 3
