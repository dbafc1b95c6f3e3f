"""Every address of groups, by each person: what one may not know of answers as what does not exist."""

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.schools.staff import PUT_OFF
from tests.architecture.crawl import visit
from tests.architecture.groups_addresses import (
    ACTORS,
    ADDRESSES,
    OF_DIRECTION,
    UNKNOWN,
    WITHOUT_KEY,
    asked,
    decided,
    general_pages,
    keyed,
    nothing,
    parts_of,
    path_of,
    plain,
    routes,
)
from tests.architecture.groups_world import KEY24, World
from tests.architecture.test_crawl_account import whole
from tests.architecture.test_crawl_two_schools import NOBODY, answer
from tests.sending import send_now

pytestmark = pytest.mark.django_db
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
SENT = {
    "act": "join",
    "edition": "1",
    "title": "Titre",
    "text": "Texte",
    "number": "1",
    "answer": "yes",
    "ground": "rude",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once a module and gone after it."""
    with django_db_blocker.unblock():
        before = settings.STORAGES
        settings.STORAGES = settings.STORAGES | {"default": MEMORY}
        outer = transaction.atomic()
        outer.__enter__()
        try:
            made = World()
            with django_db_blocker.block():
                yield made
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            settings.STORAGES = before


@pytest.fixture
def client_of(world, db):
    """A client of that person; whoever bears a title has put their second step off."""

    def make(name):
        client = Client()
        client.force_login(world.people[name].user)
        session = client.session
        session[PUT_OFF] = "9999-12-31"
        session.save()
        return client

    return make


def test_every_address_of_the_exchanges_has_its_row():
    assert set(routes()) == {*ADDRESSES, *WITHOUT_KEY}


def test_who_reads_a_group_gets_its_pages(world, client_of):
    """The twin of all that follows."""
    talk, people = world.talks["open"], world.people
    slug = world.here.slug
    file = {"key": talk.file.key}
    found = {name: [] for name in (*ADDRESSES, *WITHOUT_KEY)}
    for name, person in (("lea", "rosa"), ("rosa", "lea"), ("fresh", "lea")):
        client, values = client_of(name), talk.values(people[person].key)
        for address, path in keyed(slug, values):
            found[address].append(client.get(path).status_code)
        parts = {"group_invitation": {"key": f"{KEY24}c"}, "moderation_file": file}
        for address in WITHOUT_KEY:
            path = path_of(address, slug, parts.get(address, {"number": 1}))
            found[address].append(client.get(path).status_code)
    assert found == {name: list(row) for name, row in (ADDRESSES | WITHOUT_KEY).items()}


def test_each_page_of_a_group_is_whole_for_who_reads_and_who_runs_it(world, client_of):
    """Valid, private, light and cheap, in French and in Arabic."""
    slug, talk = world.here.slug, world.talks["open"]
    for name, place in (("lea", 0), ("rosa", 1)):
        client, values = client_of(name), talk.values(world.people["nadia"].key)
        rows = {**ADDRESSES, **WITHOUT_KEY}
        pages = [one for one, row in rows.items() if row[place] == 200 and one != "moderation_file"]
        values |= {"key": values["gkey"]}
        for one in pages:
            own = values | ({"key": f"{KEY24}c"} if one == "group_invitation" else {})
            path = path_of(one, slug, own)
            visit(client, path)  # what is read once a process
            assert all(whole(client, path, language) for language in ("fr", "ar")), (name, one)
    # A decision, to whom it concerns.
    told = client_of("ugo")
    path = f"/ecoles/{slug}/decisions/{talk.decision.number}/"
    visit(told, path)
    assert all(whole(told, path, language) for language in ("fr", "ar"))


def test_a_group_one_may_not_know_of_answers_as_one_that_is_not_there(world, client_of):
    # What no view takes by this method is refused before anybody is asked for: once is enough.
    wrong = {posts: wrong_method(client_of("lea"), world, posts) for posts in (False, True)}
    for name, groups in UNKNOWN.items():
        client = client_of(name)
        slug = world.people[name].school.slug
        person = world.people["zoe" if slug == world.here.slug else "yan"].key
        for posts in (False, True) if name in ACTORS else (False,):
            names = [one for one in ADDRESSES if one not in wrong[posts]]
            empty = nothing(world.talks["open"].values(person))
            absent = {one: asked(client, path, posts, empty) for one, path in keyed(slug, empty, names)}
            assert {status for status, _text in absent.values()} == {404}
            for group in groups:
                values = world.talks[group].values(person)
                found = {one: asked(client, path, posts, values) for one, path in keyed(slug, values, names)}
                differ = [one for one in names if found[one] != absent[one]]
                assert not differ, (name, group, posts)


def wrong_method(client, world, posts):
    values = nothing(world.talks["open"].values(NOBODY))
    found = {one: asked(client, path, posts, values)[0] for one, path in keyed(world.here.slug, values)}
    return {one for one, status in found.items() if status == 405}


def test_what_is_of_another_group_is_not_there_under_ones_own(world, client_of):
    """A discussion, a message, a person of elsewhere, behind the key of a group that one reads and runs."""
    people, slug = world.people, world.here.slug
    for name, own in (("lea", "open"), ("rosa", "open")):
        client, mine = client_of(name), world.talks[own]
        for posts in (False, True):
            for group in ("secret", "both", "there"):
                theirs = world.talks[group].values(people["zoe"].key)
                theirs |= {"gkey": mine.group.key, "key": mine.group.key}
                empty = nothing(theirs) | {"gkey": mine.group.key, "key": mine.group.key}
                names = [one for one in ADDRESSES if parts_of(one) & {"tkey", "pkey", "person"}]
                for (one, path), (_one, gone) in zip(
                    keyed(slug, theirs, names), keyed(slug, empty, names), strict=True
                ):
                    found, absent = asked(client, path, posts, theirs), asked(client, gone, posts, empty)
                    assert found == absent, (name, group, one, posts)


def test_a_file_a_decision_and_what_waits_are_theirs_alone(world, client_of):
    """Keys of other groups in what is sent, numbers of others' decisions, files by their own address."""
    absent = "z" * 24, "rien.webp"
    for name, groups in UNKNOWN.items():
        client, slug = client_of(name), world.people[name].school.slug
        gone = answer(client, "/fichiers/{}/{}".format(*absent), False, *absent)
        for group in groups:
            talk = world.talks[group]
            path = f"/fichiers/{talk.file.key}/{talk.file.name}"
            assert answer(client, path, False, talk.file.key, talk.file.name) == gone, (name, group)
            if talk.group.school.slug == slug:
                pages = [decided(client, slug, number) for number in (talk.decision.number, 98765)]
                assert pages[0] == pages[1], (name, group)
    runs = client_of("rosa")
    base = f"/ecoles/{world.here.slug}/a-moderer/"
    for group in ("both", "team", "elected", "there"):
        talk = world.talks[group]
        for ref in (f"case:{talk.case.key}", f"held:{talk.held.key}"):
            for act, part in (("masquer", "item"), ("decider", "_selected_action")):
                sent, empty = {part: ref, "decision": "hide"}, {part: f"case:{NOBODY}", "decision": "hide"}
                kind = ref.partition(":")[0]
                empty[part] = f"{kind}:{NOBODY}"
                pages = [runs.post(f"{base}{act}/", data | SENT) for data in (sent, empty)]
                assert pages[0].status_code == pages[1].status_code, (group, ref, act)
                assert talk.word not in pages[0].content.decode()
        file = f"{base}fichier/{talk.file.key}/"
        assert runs.get(file).status_code == runs.get(f"{base}fichier/{'z' * 24}/").status_code == 404
    # Twins: their own.
    talk = world.talks["open"]
    assert runs.get(f"{base}fichier/{talk.file.key}/").status_code == 200
    assert client_of("lea").get(f"/fichiers/{talk.file.key}/{talk.file.name}").status_code == 200
    told = client_of("ugo").get(f"/ecoles/{world.here.slug}/decisions/{talk.decision.number}/")
    assert told.status_code == 200


def test_no_list_no_count_no_search_and_no_notice_tells_of_it(world, client_of):
    for name, groups in UNKNOWN.items():
        client, slug = client_of(name), world.people[name].school.slug
        text = "".join(client.get(path, follow=True).content.decode() for path in general_pages(slug))
        shown = [group for group in groups if world.talks[group].word in text.lower()]
        assert not shown, (name, shown)
        other = plain(client.get("/chercher/", {"q": "abracadabrant"}, follow=True), "abracadabrant")
        for group in groups:
            word = world.talks[group].said[1]
            assert plain(client.get("/chercher/", {"q": word}, follow=True), word) == other, (name, group)
    # Twins: whoever reads it is told of it, and finds it.
    client, talk = client_of("ugo"), world.talks["secret"]
    text = "".join(client.get(path, follow=True).content.decode() for path in general_pages(world.here.slug))
    assert talk.word in text.lower()
    assert talk.group.key in client.get("/chercher/", {"q": talk.said[1]}).content.decode()
    own = client.get(path_of("search_group", world.here.slug, {"gkey": talk.group.key}), {"q": talk.said[1]})
    assert talk.topic.key in own.content.decode()


def test_the_direction_has_the_card_of_a_group_of_parents_and_nothing_else(world, client_of):
    slug, person = world.here.slug, world.people["lea"].key
    expected = {one: OF_DIRECTION.get(one, 405 if row[2] == 405 else 404) for one, row in ADDRESSES.items()}
    for name, groups in (("director", ("open", "secret")), ("deputy", ("ce1",))):
        client = client_of(name)
        for group in groups:
            talk = world.talks[group]
            values = talk.values(person)
            found = {one: client.get(path).status_code for one, path in keyed(slug, values)}
            assert found == expected, (name, group)
            posted = {one: client.post(path, SENT).status_code for one, path in keyed(slug, values)}
            allowed = {one for one, status in posted.items() if status not in (404, 405)}
            assert allowed == {"join_group"} and posted["join_group"] == 403
            file = f"/fichiers/{talk.file.key}/{talk.file.name}"
            assert client.get(file).status_code == 404
            said = {word for word in talk.said if word in texts_of_direction(client, world, talk)}
            assert not said, (name, group)
    # Twins: of a group that it joined it reads all; of a case in any other circle, the text at once.
    team = world.talks["team"]
    director = client_of("director")
    assert director.get(path_of("topic", slug, team.values(person))).status_code == 200
    assert world.talks["both"].said[1] in director.get("/admin/a-moderer/").content.decode()


def texts_of_direction(client, world, talk):
    """All that the direction can open of its school, in the site and in the admin, in one text."""
    admin = "/admin/exchanges/"
    paths = [
        *general_pages(world.here.slug),
        f"{admin}group/",
        f"{admin}group/?q={talk.word}",
        f"{admin}group/?state__exact=open",
        f"{admin}group/{talk.group.pk}/change/",
        f"{admin}group/{talk.group.pk}/history/",
        f"{admin}decision/",
        f"{admin}decision/{talk.decision.pk}/change/",
        f"{admin}decision/?q={talk.post.key}",
        "/admin/",
        "/admin/a-moderer/",
        f"/admin/a-moderer/personne/{talk.post.author.key}/",
        f"/admin/accounts/membership/{talk.post.author.pk}/history/",
    ]
    found = [client.get(path, follow=True) for path in paths]
    # What nobody has sees a 404: `decision/<pk>/change/` of a group of parents leads back to the index.
    assert {page.status_code for page in found} <= {200, 403, 404}
    for word in talk.said:
        one, other = (client.get("/chercher/", {"q": q}, follow=True) for q in (word, "abracadabrant"))
        assert plain(one, word) == plain(other, "abracadabrant")
    return "".join(page.content.decode() for page in found)


def test_no_mail_goes_to_whoever_may_not_read_and_none_holds_a_text(world):
    allowed = {
        group: {seat.membership.user.email for seat in talk.group.members.filter(left__isnull=True)}
        for group, talk in world.talks.items()
    }
    for days in (0, 1, 2, 3):
        send_now(timezone.now() + timezone.timedelta(days=days))
    assert mail.outbox
    for message in mail.outbox:
        text = f"{message.subject} {message.body} {message.alternatives}".lower()
        for group, talk in world.talks.items():
            assert f"{talk.word}ure" not in text, message.subject
            if f"{talk.word}ade" in text:
                assert set(message.to) <= allowed[group], (group, message.subject, message.to)
