"""« Sans mon nom »: the same story with two different askers; whatever anybody else can read is the same."""

import ast
import random
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import transaction

from accounts.models import User
from exchanges.discussions.models import AnonymousAuthor, Attachment, Follow, Post, Thanks
from exchanges.notifications.models import ReadMark
from foundation import keys
from portal.privacy.actions import erase_rows
from portal.privacy.package import package_of
from tests.exchanges.story_without_name import NAMES, NOW, READERS, TEXT, Story, rows_of_all, unzipped
from tests.hunting import seed_shuffler

pytestmark = pytest.mark.django_db
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


@pytest.fixture
def told(monkeypatch, settings, request):
    """`told("zephyrine", read)`: the story told anew by that asker, read, then gone."""
    settings.STORAGES = settings.STORAGES | {"default": MEMORY}

    def tell(asker, read=Story.read, runs=()):
        monkeypatch.setattr(keys, "secrets", random.Random(7))
        seed_shuffler(request.node.nodeid)
        mail.outbox.clear()
        with time_machine.travel(NOW, tick=False) as clock, transaction.atomic():
            found = read(Story(asker, clock, runs))
            transaction.set_rollback(True)
        return found

    return tell


def test_whoever_asks_all_that_others_read_is_the_same(told):
    """Zéphyrine runs the group in both, Capucine in none: nor is it told that somebody who runs it asks."""
    one, other = (told(asker, runs=["zephyrine"]) for asker in NAMES)
    assert set(one) == set(other)
    differ = {
        where: first_difference(one[where], other[where]) for where in one if one[where] != other[where]
    }
    assert not differ
    # Twins: these pages hold the question, and the search finds it.
    shown = [where for where, page in one.items() if "Mon enfant pleure" in str(page)]
    assert len({name for name, _path in shown}) >= len(READERS) + 2, shown
    assert any(name == "mail" for name, _where in one)
    members = next(
        page for (name, path), page in one.items() if name == "rita" and path.endswith("/membres/")
    )
    assert NAMES["zephyrine"] in members[2].decode()


def first_difference(one, other):
    pairs = zip(str(one).split("\\n"), str(other).split("\\n"), strict=False)
    return next(((first[-300:], second[-300:]) for first, second in pairs if first != second), "length")


def test_a_single_row_that_names_the_asker_would_be_seen(told):
    """Twin: each leak that was thought of makes the two stories differ."""

    def read(story):
        return {leak.__name__: [after(leak, story, name) for name in NAMES] for leak in LEAKS}

    seen = told("zephyrine", read)
    assert not [leak for leak, (one, other) in seen.items() if one == other]


def after(leak, story, name):
    """The rows once `leak` has told of that person; then it is undone."""
    with transaction.atomic():
        leak(story, story.people[name])
        rows = rows_of_all()
        transaction.set_rollback(True)
    return rows


def follows(story, person):
    Follow.objects.create(topic=story.topic, person=person)


def thanks(story, person):
    Thanks.objects.create(post=story.second, person=person)


def signs(story, person):
    Post.objects.filter(topic=story.topic, pk=story.post.pk).update(author=person)


def uploads(story, person):
    Attachment.objects.filter(post=story.post).update(uploader=person)


def reads(story, person):
    ReadMark.objects.create(person=person.user, kind="topic", object=story.topic.pk, up_to=1, at=NOW)


LEAKS = (follows, thanks, signs, uploads, reads)


def test_hours_and_pictures_tell_no_more_than_the_hour(told):
    def read(story):
        post = Post.objects.of_topic(story.topic).get(number=1)
        file = Attachment.objects.get(post=post)
        return [post.created, post.shown, story.topic.created, file.added], file.name, file.uploader

    moments, name, uploader = told("zephyrine", read)
    assert {(moment.minute, moment.second, moment.microsecond) for moment in moments} == {(0, 0, 0)}
    assert (name, uploader) == ("image-1.webp", None)


def test_ones_own_export_has_it_and_erasure_leaves_the_question_alone(told):
    def read(story):
        own = str(unzipped(package_of(story.asker.user)))
        erase_rows(User.objects.get(pk=story.asker.user.pk), keep_contributions=False)
        linked = AnonymousAuthor.objects.unscoped().count()
        post = Post.objects.of_topic(story.topic).get(number=1)
        return own.encode().decode("unicode_escape", "ignore"), linked, post.state, post.text

    own, linked, state, text = told("zephyrine", read)
    assert TEXT in own and "Encore moi." in own
    assert (linked, state, text) == (0, "visible", TEXT)


HERE = "exchanges/discussions/actions"
NAMES_PY = f"{HERE}/names.py"
# Who asks what tells an author: to tell them, to know a party, to let them act, to open the name (RULES §2).
ASKED_BY = {
    "author_of": {
        f"{HERE}/__init__.py",
        f"{HERE}/telling.py",
        "exchanges/discussions/mails.py",
        "exchanges/moderation/targets.py",
    },
    "person_of": {
        f"{HERE}/__init__.py",
        "exchanges/moderation/actions/reporting.py",
        "exchanges/moderation/parties.py",
        "exchanges/moderation/views/reporting.py",
    },
    "name_behind": {"exchanges/moderation/actions/opening.py", "exchanges/moderation/glance.py"},
}


def sources():
    root = Path(settings.BASE_DIR)
    for app in ("exchanges", "portal", "accounts", "resources", "foundation"):
        for path in sorted((root / app).rglob("*.py")):
            where = path.relative_to(root).as_posix()
            if "/migrations/" not in where:
                yield where, ast.parse(path.read_text())


def words_of(tree):
    """Names, attributes, imported names and plain strings: however a model may be reached."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.alias(name=word):
                yield word
            case ast.Constant(value=str(word)) if word.isidentifier():
                yield word


def test_only_the_three_uses_read_who_wrote_without_a_name():
    found = {where for where, tree in sources() if "AnonymousAuthor" in set(words_of(tree))}
    assert found <= {NAMES_PY, "exchanges/discussions/models.py", "exchanges/models.py"}
    assert NAMES_PY in found


def test_whoever_asks_for_an_author_is_known():
    """A new caller stands here, and a reviewer sees it."""
    asking = {name: set() for name in ASKED_BY}
    for where, tree in sources():
        for name in called_in(tree) & set(ASKED_BY):
            asking[name].add(where)
    assert asking == ASKED_BY


def called_in(tree):
    """What a module takes from the actions of discussions: by name, or through one of their modules."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith(HERE.replace("/", ".")):
                found |= {alias.name for alias in names}
            case ast.Attribute(value=ast.Name(id="names" | "actions" | "discussions"), attr=name):
                found.add(name)
    return found
