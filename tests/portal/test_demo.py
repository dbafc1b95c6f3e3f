"""The demo's sign-in: a button a person, here only, and never in production."""

import os
import subprocess
import sys
import types

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from accounts.invitations.models import Invitation
from accounts.outbox.models import Delivery, Dispatch
from accounts.people.models import HostRole, User
from accounts.schools.access import members_of
from accounts.schools.models import Document, Hat, Restriction, School
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Circle, Group, GroupMember
from exchanges.letter.whats_new import whats_new
from exchanges.moderation.queue import items_for_direction
from portal.demo.checks import demo_stays_here
from portal.demo.people import PEOPLE

MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo's schools and people, made once a module and gone after it."""
    from django.conf import settings

    stored = settings.STORAGES | {"default": MEMORY}
    with django_db_blocker.unblock(), override_settings(STORAGES=stored), transaction.atomic():
        with override_settings(IS_DEMO=True):
            call_command("seed_demo", verbosity=0)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(seeded, db, settings):
    """The demo's profile, with its address, as `make run` has it."""
    from portal import urls

    settings.IS_DEMO = True
    sys.modules.pop("portal.demo.urls", None)
    module = types.ModuleType("urls_of_the_demo")
    module.urlpatterns = [*urls.urlpatterns, path("demo/", include("portal.demo.urls"))]
    module.handler404 = urls.handler404
    sys.modules["urls_of_the_demo"] = module
    settings.ROOT_URLCONF = "urls_of_the_demo"
    yield
    sys.modules.pop("portal.demo.urls", None)


def test_each_person_has_a_button(demo):
    page = Client().get("/demo/").content.decode()
    for person in PEOPLE:
        assert f'name="person" value="{person.key}"' in page


# The demo takes seconds to make: its people are tried one after the other in one.
def test_the_button_signs_in(demo):
    for person in PEOPLE:
        client = Client()
        answer = client.post("/demo/", {"person": person.key})
        assert answer.url == "/", person.key
        assert answer.cookies["langue"].value == person.language
        user = User.objects.get(pk=client.session["_auth_user_id"])
        assert user.display_name == person.name
        assert user.host_roles == ({person.host_role} if person.host_role else frozenset())
        assert client.get("/compte/sessions/").context["session_count"] == 1


def test_nobody_else_is_signed_in(demo):
    User.objects.create_user("amina", display_name="Amina")
    for key in ("", "admin", "amina", "demo-parent"):
        client = Client()
        assert client.post("/demo/", {"person": key}).status_code == 404, key
        assert "_auth_user_id" not in client.session


def test_a_forged_form_signs_nobody_in(demo):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/", {"person": "operatrice"}).status_code == 403


def test_every_key_of_the_design_is_there():
    keys = (
        "parent parent-ar parent-papier proche elue animatrice enseignant directrice adjointe secretaire aide"
        " suspendu curatrice curateur operatrice parent-b elu-b enseignante-b principal-b"
    )
    assert set(keys.split()) <= {person.key for person in PEOPLE}


def test_each_person_is_what_their_key_says(demo):
    for person in PEOPLE:
        user = User.objects.get(username=person.username)
        members = members_of(user)
        assert [member.school.slug for member in members] == [place.school for place in person.places]
        for member, place in zip(members, person.places, strict=True):
            assert member.is_pending == place.pending, person.key
            assert {hat.kind for hat in member.hats} == set(place.kinds)
            assert {hat.classroom.name for hat in member.hats if hat.classroom} == set(place.rooms)
            if not place.pending:
                assert member.rights >= set(place.rights)
            assert member.is_suspended() == bool(person.suspended)
            lists = [mandate.parent_list.name for mandate in member.mandates]
            assert lists == [place.parent_list][: bool(place.parent_list)]


def test_each_person_has_a_home(demo):
    for person in PEOPLE:
        client = Client()
        client.post("/demo/", {"person": person.key})
        answer = client.get("/", follow=True)
        assert answer.status_code == 200, person.key
        school = f"/ecoles/{person.places[0].school if person.places else ''}/"
        wanted = {0: "/", 1: school, 2: "/quoi-de-neuf/"}
        assert answer.request["PATH_INFO"] == wanted[len(person.places)]


# Groups ---------------------------------------------------------------------------------------------------


def test_there_is_a_group_of_each_circle_and_in_each_state(demo):
    found = Group.objects.unscoped()
    assert set(found.values_list("circle", flat=True)) == set(Circle.values)
    assert set(found.values_list("state", flat=True)) == set(Group.State.values)
    assert set(found.values_list("joining", flat=True)) == set(Group.Joining.values)
    assert {group.school.slug for group in found} == {"jean-moulin", "marie-curie"}


def test_there_is_a_message_in_each_state_that_a_group_shows(demo):
    states = set(Post.objects.unscoped().values_list("state", flat=True))
    assert states >= {"held", "returned", "hidden", "removed", "visible"}
    topics = Topic.objects.unscoped()
    assert set(topics.values_list("state", flat=True)) == {"open", "solved", "closed"}
    assert topics.filter(pinned__isnull=False).exists()
    assert topics.filter(is_anonymous=True, is_visible=True).exists()
    assert topics.filter(last_number__gt=2 * Post.PAGE).exists(), "three pages"
    assert any(topic.is_paused() for topic in topics)


def test_each_has_what_their_part_is_about(demo):
    parent, lucie, director = (
        members_of(User.objects.get(username=f"demo-{key}"))[0]
        for key in ("parent", "animatrice", "directrice")
    )
    news = {one: whats_new(one.membership.user, [one])[one.school.pk] for one in (parent, lucie, director)}
    assert len(news[parent].groups) >= 4
    assert news[parent].news
    assert news[lucie].facilitates
    assert news[lucie].answer
    assert news[director].answer
    items = items_for_direction([director])
    assert any(item.shows_text for item in items), "a case that was given to the direction"
    assert any(not item.shows_text for item in items)
    group = Group.objects.of_school(parent.school).get(name="Parents du CE1 A")
    assert GroupMember.objects.readers(group).count() >= 12


def test_nobody_writes_in_the_future_and_nobody_is_mailed_of_the_past(demo):
    now = timezone.now()
    assert not Post.objects.unscoped().filter(created__gt=now).exists()
    assert not Delivery.objects.exclude(kind="school_act").exists()
    assert not Dispatch.objects.exists()


def test_the_schools_are_open_with_people_awaited_and_papers_that_open(demo):
    for school in School.objects.all():
        assert school.is_open
        assert Invitation.objects.of_school(school).waiting().count() >= 9
        assert Document.objects.of_school(school).exists()
    assert Restriction.objects.unscoped().count() == 2
    (row,) = Client().get("/ecoles/jean-moulin/").context["documents"]
    file = Client().get(row["url"])
    content = b"".join(file.streaming_content)
    assert (file["Content-Type"], content[:5], content.rstrip()[-5:]) == (
        "application/pdf",
        b"%PDF-",
        b"%%EOF",
    )


def test_no_address_of_the_demo_can_exist(demo):
    addresses = [*User.objects.exclude(email=None).values_list("email", flat=True)]
    addresses += Invitation.objects.unscoped().exclude(email="").values_list("email", flat=True)
    assert addresses and all(address.endswith("@demo.invalid") for address in addresses)
    assert User.objects.get(username="demo-parent-papier").email is None


def test_seeding_twice_changes_nothing(demo):
    User.objects.filter(username="demo-parent").update(display_name="Changée")
    School.objects.filter(slug="jean-moulin").update(telephone="01 99 00 00 00")
    counted = [model.objects.count() for model in (User, School, HostRole)]
    said = Post.objects.unscoped().count()
    hats, documents = Hat.objects.unscoped().count(), Document.objects.unscoped().count()
    call_command("seed_demo", verbosity=0)
    assert [model.objects.count() for model in (User, School, HostRole)] == counted
    assert (Hat.objects.unscoped().count(), Document.objects.unscoped().count()) == (hats, documents)
    assert Post.objects.unscoped().count() == said
    assert User.objects.get(username="demo-parent").display_name == "Changée"
    assert School.objects.get(slug="jean-moulin").telephone == "01 99 00 00 00"


def test_who_is_missing_is_made_again_where_they_belong(demo):
    User.objects.get(username="demo-enseignant").delete()
    call_command("seed_demo", verbosity=0)
    (member,) = members_of(User.objects.get(username="demo-enseignant"))
    assert member.wears("teacher")


def test_another_host_is_refused(demo, settings):
    settings.ALLOWED_HOSTS = settings.LOCAL_HOSTS
    assert Client().get("/demo/", HTTP_HOST="ecole.example").status_code == 400
    assert Client().get("/demo/", HTTP_HOST="localhost:8101").status_code == 200


def test_without_the_demo_there_is_no_such_page(settings):
    assert settings.IS_DEMO is False
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/", {"person": "operatrice"}).status_code == 404


def test_naming_its_address_elsewhere_stops_the_server(settings):
    sys.modules.pop("portal.demo.urls", None)
    with pytest.raises(ImproperlyConfigured):
        include("portal.demo.urls")


def test_its_view_refuses_by_itself(demo, settings):
    settings.IS_DEMO = False
    assert Client().post("/demo/", {"person": "operatrice"}).status_code == 404


def test_seeding_is_refused_outside_the_demo(settings):
    from portal.demo.actions import seed_demo

    User.objects.filter(username="demo-operatrice").delete()
    with pytest.raises(CommandError):
        call_command("seed_demo", verbosity=0)
    with pytest.raises(PermissionDenied):
        seed_demo()
    assert not User.objects.filter(username="demo-operatrice").exists()


def test_the_check_refuses_an_open_demo(demo, settings):
    settings.ALLOWED_HOSTS = settings.LOCAL_HOSTS
    assert demo_stays_here(None) == []
    settings.ALLOWED_HOSTS = ["ecole.example"]
    assert [found.id for found in demo_stays_here(None)] == ["portal.E011"]
    settings.IS_DEMO = False
    assert [found.id for found in demo_stays_here(None)] == ["portal.E012"]


def test_production_answers_nothing_there(tmp_path):
    """The real settings, in a process of their own."""
    production = {
        "PORTAL_PROFILE": "production",
        "PORTAL_DATA": str(tmp_path),
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "ecole.example",
        "SITE_URL": "https://ecole.example",
        "EMAIL_URL": "smtp://localhost",
        "DEFAULT_FROM_EMAIL": "preau@ecole.example",
        "TRUSTED_PROXIES": "1",
    }
    script = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "try: resolve('/demo/')\n"
        "except Resolver404: print('absent')\n"
        "try: import portal.demo.urls\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    environment = {**os.environ, **production, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["absent", "ImproperlyConfigured"], done.stderr
