"""Files of messages: made ours, for readers of the message alone, gone with it (RULES §2)."""

import datetime
import io
import json
import subprocess
import sys

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from exchanges.discussions import actions
from exchanges.discussions.actions import attaching
from exchanges.discussions.errors import FileRefused, NoRoomLeft, PicturesOnly, TooManyFiles
from exchanges.discussions.models import Attachment
from exchanges.groups.actions import leave
from exchanges.groups.actions.joining import let_in
from exchanges.groups.models import Group
from tests.exchanges.discussions.hostile_files import HOSTILE
from tests.factories import make_group, make_member, make_school, make_topic, member, seen_group
from tests.foundation.uploads.pictures import with_place

pytestmark = pytest.mark.django_db


def photo(name: str = "cour.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, with_place(), "image/jpeg")


def paper(name: str = "liste.pdf") -> SimpleUploadedFile:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "Diallo"
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.save(output := io.BytesIO())
    return SimpleUploadedFile(name, output.getvalue(), "application/pdf")


@pytest.fixture
def class_group():
    """Amina runs the group of a class, Bilal is in it, Chloé is in the class only."""
    school = make_school()
    amina, bilal, chloe, dora = (
        make_member(school, name, "parent") for name in ("amina", "bilal", "chloe", "dora")
    )
    group = make_group(amina, members=[bilal], classroom=school.rooms[0], moderation="after")
    group.people = {"amina": amina, "bilal": bilal, "chloe": chloe, "dora": dora}
    return group


def send(group: Group, person, *files, **values):
    topic = make_topic(group, group.people["amina"])
    kept = attaching.keep(files, person)
    return actions.reply(member(person), _seen(topic, group, person), {"text": "Voici.", **values}, kept)


def _seen(topic, group, person):
    topic.group = seen_group(group, person)
    return topic


def address(post) -> str:
    file = Attachment.objects.filter(post=post).get()
    return f"/fichiers/{file.key}/{file.name}"


def test_a_photo_comes_out_small_and_says_nothing_of_where_it_was_taken(class_group, sign_in):
    bilal = class_group.people["bilal"]
    post = send(class_group, bilal, photo())
    answer = sign_in(class_group.people["amina"].user).get(address(post))
    image = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert (image.format, dict(image.getexif())) == ("WEBP", {})
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_document_is_downloaded_and_never_opened_here(class_group, sign_in):
    post = send(class_group, class_group.people["bilal"], paper())
    answer = sign_in(class_group.people["amina"].user).get(address(post))
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert b"Diallo" not in content and b"JavaScript" not in content


def test_a_file_answers_to_the_readers_of_its_message_alone(class_group, sign_in, client):
    people = class_group.people
    post = send(class_group, people["bilal"], photo())
    stranger = make_member(make_school("marie-curie"), "denise", "parent")
    director = make_member(class_group.school, "claire", "director")
    assert sign_in(people["amina"].user).get(address(post)).status_code == 200
    for person in (people["chloe"], stranger, director):
        assert sign_in(person.user).get(address(post)).status_code == 404, person
    assert client.get(address(post)).status_code in (302, 404)


def test_it_answers_nobody_one_request_after_it_is_hidden_or_they_left(class_group, sign_in):
    people, dora = class_group.people, class_group.people["dora"]
    let_in(class_group, dora)
    post = send(class_group, people["bilal"], photo())
    reader = sign_in(dora.user)
    assert reader.get(address(post)).status_code == 404, "a newcomer's file waits to be read"
    actions.publish(post)
    assert reader.get(address(post)).status_code == 200
    where = address(post)
    leave(class_group, dora)
    assert reader.get(where).status_code == 404
    let_in(class_group, dora)
    assert reader.get(where).status_code == 200
    actions.hide(post)
    assert reader.get(where).status_code == 404
    # Twins: who wrote it, and who reads again what was hidden.
    assert sign_in(people["bilal"].user).get(where).status_code == 200
    assert sign_in(people["amina"].user).get(where).status_code == 200


def test_a_file_goes_with_its_message(class_group, django_capture_on_commit_callbacks):
    bilal = class_group.people["bilal"]
    post = send(class_group, bilal, photo())
    stored = Attachment.objects.filter(post=post).get().stored
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(post, by=member(bilal))
    assert not Attachment.objects.filter(post=post).exists() and not default_storage.exists(stored)


def test_a_file_waits_a_day_for_its_message_and_for_its_owner_only(class_group, sign_in):
    bilal, amina = class_group.people["bilal"], class_group.people["amina"]
    [file] = attaching.keep([photo()], bilal)
    assert attaching.unsent(bilal, [file.key]) == [file]
    assert attaching.unsent(amina, [file.key]) == []
    where = f"/fichiers/{file.key}/{file.name}"
    assert sign_in(bilal.user).get(where).status_code == 200
    assert sign_in(amina.user).get(where).status_code == 404
    later = timezone.now() + datetime.timedelta(days=1, minutes=1)
    assert attaching.unsent(bilal, [file.key], later) == []
    assert attaching.forget_unsent(later) == 1


def test_a_file_that_no_row_names_is_swept_away(class_group):
    post = send(class_group, class_group.people["bilal"], photo())
    kept = Attachment.objects.filter(post=post).get().stored
    lost = default_storage.save(f"{attaching.FOLDER}/perdu.webp", ContentFile(b"x"))
    tomorrow = timezone.now() + datetime.timedelta(days=1, hours=1)
    assert attaching.sweep() == 0
    assert attaching.sweep(tomorrow) >= 1
    assert default_storage.exists(kept) and not default_storage.exists(lost)


def test_four_files_and_two_hundred_megabytes_are_the_most(class_group):
    bilal = class_group.people["bilal"]
    four = attaching.keep([photo(f"{n}.jpg") for n in range(4)], bilal)
    with pytest.raises(TooManyFiles):
        attaching.keep([photo()], bilal, four)
    Attachment.objects.filter(uploader=bilal, pk=four[0].pk).update(size=Attachment.MOST_A_MEMBER)
    with pytest.raises(NoRoomLeft):
        attaching.keep([photo()], bilal)


def test_without_a_name_a_file_tells_nobody_whose_it_is(class_group):
    bilal = class_group.people["bilal"]
    post = send(class_group, bilal)
    post.is_anonymous = True
    kept = attaching.keep([photo("photo de Bilal.jpg")], bilal)
    attaching.attach(post, kept)
    file = Attachment.objects.filter(post=post).get()
    assert (file.name, file.uploader) == ("image-1.webp", None)
    with pytest.raises(PicturesOnly):
        attaching.attach(post, attaching.keep([paper()], bilal))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.webp"),
        ("cour\r\nSet-Cookie: a=b.jpg", "courSet-Cookie- a=b.webp"),
        ("\u202egpj.exe.jpg", "gpj.exe.webp"),
        ("<script>.jpg", "-script-.webp"),
    ],
)
def test_a_name_does_no_harm(class_group, sign_in, sent, shown):
    file = photo()
    # Past what Django itself takes off a name.
    file._name = sent
    post = send(class_group, class_group.people["bilal"], file)
    assert Attachment.objects.filter(post=post).get().name == shown
    answer = sign_in(class_group.people["amina"].user).get(address(post))
    assert answer.status_code == 200 and "\n" not in answer["Content-Disposition"]


def test_a_file_made_to_harm_is_refused_by_name_and_reason(class_group):
    file = SimpleUploadedFile("page.jpg", HOSTILE["page.jpg"]())
    with pytest.raises(FileRefused) as refused:
        attaching.keep([photo(), file], class_group.people["bilal"])
    assert "page.jpg" in refused.value.words and "JPEG" in refused.value.words
    assert not Attachment.objects.filter(uploader=class_group.people["bilal"]).exists()


def test_files_made_to_harm_cost_little(tmp_path):
    """And a photo of 12 MB comes out under 300 kB, without its place."""
    command = [sys.executable, "-m", "tests.exchanges.discussions.hostile_files"]
    subprocess.run([*command, "make", str(tmp_path)], check=True)
    done = subprocess.run([*command, "take", str(tmp_path)], check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    size, traces = told["ends"].pop("photo.jpg")
    assert size < 300_000 and traces == {}
    assert all(isinstance(end, str) for end in told["ends"].values()), told
    assert told["grown"] <= 150 and told["child"] <= 150, told
