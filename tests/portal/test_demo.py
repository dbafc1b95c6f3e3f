"""The demo's sign-in: a button a person, here only, and never in production."""

import os
import subprocess
import sys
import types

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import include, path

from accounts.people.models import HostRole, User
from portal.demo.checks import demo_stays_here
from portal.demo.people import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    """The demo's profile, with its address, as `make run` has it."""
    from portal import urls

    settings.IS_DEMO = True
    sys.modules.pop("portal.demo.urls", None)
    module = types.ModuleType("urls_of_the_demo")
    module.urlpatterns = [*urls.urlpatterns, path("demo/", include("portal.demo.urls"))]
    module.handler404 = urls.handler404
    sys.modules["urls_of_the_demo"] = module
    settings.ROOT_URLCONF = "urls_of_the_demo"
    call_command("seed_demo", verbosity=0)
    yield
    sys.modules.pop("portal.demo.urls", None)


def test_each_person_has_a_button(demo):
    page = Client().get("/demo/").content.decode()
    for person in PEOPLE:
        assert f'name="person" value="{person.key}"' in page


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_the_button_signs_in(demo, person):
    client = Client()
    answer = client.post("/demo/", {"person": person.key})
    assert answer.url == "/"
    assert answer.cookies["langue"].value == person.language
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert user.display_name == person.name
    assert user.host_roles == ({person.host_role} if person.host_role else frozenset())
    assert client.get("/compte/sessions/").context["session_count"] == 1


@pytest.mark.parametrize("key", ["", "admin", "amina", "demo-parent"])
def test_nobody_else_is_signed_in(demo, key):
    User.objects.create_user("amina", display_name="Amina")
    client = Client()
    assert client.post("/demo/", {"person": key}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_forged_form_signs_nobody_in(demo):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/", {"person": "operatrice"}).status_code == 403


def test_seeding_twice_changes_nothing(demo):
    User.objects.filter(username="demo-parent").update(display_name="Changée")
    call_command("seed_demo", verbosity=0)
    assert User.objects.count() == len(PEOPLE)
    assert HostRole.objects.count() == 3
    assert User.objects.get(username="demo-parent").display_name == "Changée"


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

    with pytest.raises(CommandError):
        call_command("seed_demo", verbosity=0)
    with pytest.raises(PermissionDenied):
        seed_demo()
    assert not User.objects.exists()


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
