"""Sessions end in time, and give back what was typed; signing out leaves nothing in the browser."""

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.people.actions import forget_old_kept_texts
from accounts.people.models import HostRole, KeptText
from tests.accounts.people_of_tests import email_person, paper_person
from tests.factories import PASSWORD, UserFactory, person_with_role

pytestmark = pytest.mark.django_db
DAY = 24 * 3600
START = "2026-11-24T10:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def password_client(user) -> Client:
    client = Client()
    client.post("/compte/login/mot-de-passe/", {"login": user.username, "password": PASSWORD})
    return client


def inside(client: Client) -> bool:
    return client.get("/compte/").status_code == 200


def test_a_parent_is_remembered_thirty_days_from_the_last_visit(clock):
    client = password_client(paper_person())
    assert inside(client)
    for _ in range(2):
        clock.shift(29 * DAY)
        assert inside(client)
    clock.shift(30 * DAY + 1)
    assert not inside(client)


def test_nobody_is_remembered_longer_than_ninety_days(clock):
    client = password_client(paper_person())
    for _ in range(9):
        assert inside(client)
        clock.shift(10 * DAY)
    assert inside(client)
    clock.shift(1)
    assert not inside(client)


def test_staff_are_remembered_twelve_hours(clock):
    user = paper_person()
    HostRole.objects.create(user=user, role="curator")
    client = password_client(user)
    assert inside(client)
    clock.shift(12 * 3600)
    assert inside(client)
    clock.shift(12 * 3600 + 1)
    assert not inside(client)


def test_a_role_given_during_a_session_counts_at_the_next_request(clock):
    user = paper_person()
    client = password_client(user)
    assert inside(client)
    clock.shift(DAY)
    HostRole.objects.create(user=user, role="curator")
    assert not inside(client)


def test_text_typed_at_expiry_is_given_back_after_sign_in(clock):
    user = paper_person()
    HostRole.objects.create(user=user, role="curator")
    client = password_client(user)
    assert inside(client)
    clock.shift(13 * 3600)
    answer = client.post("/compte/nom/", {"display_name": "Bakari le Grand", "language": "fr"})
    kept = KeptText.objects.get()
    back = f"/compte/texte-garde/{kept.pk}/"
    assert answer.url == f"/compte/login/?next={back}"
    user.refresh_from_db()
    assert user.display_name == "Bakari"
    form = {"login": user.username, "password": PASSWORD, "next": back}
    assert client.post("/compte/login/mot-de-passe/", form).url == back
    page = client.get(back).content.decode()
    assert 'name="display_name" value="Bakari le Grand"' in page
    assert "csrfmiddlewaretoken" in page


def test_kept_text_is_for_its_author_alone_and_for_an_hour(clock, sign_in):
    user = paper_person()
    kept = KeptText.objects.create(user=user, path="/compte/nom/", fields=[["display_name", "x"]])
    path = f"/compte/texte-garde/{kept.pk}/"
    assert sign_in(UserFactory()).get(path).status_code == 404
    client = sign_in(user)
    assert client.get(path).status_code == 200
    clock.shift(3600)
    assert client.get(path).status_code == 404
    forget_old_kept_texts(timezone.now())
    assert not KeptText.objects.exists()


def test_a_forged_form_at_expiry_is_refused_and_not_kept(clock):
    user = paper_person()
    client = Client(enforce_csrf_checks=True)
    HostRole.objects.create(user=user, role="curator")
    client.force_login(user)
    assert inside(client)
    clock.shift(13 * 3600)
    assert client.post("/compte/nom/", {"display_name": "x"}).status_code == 403
    assert not KeptText.objects.exists()


def test_at_most_five_texts_are_kept_for_a_person(sign_in):
    client = sign_in(paper_person())
    for number in range(8):
        client.post("/compte/email/", {"email": f"n{number}@famille.example"})
    kept = KeptText.objects.order_by("pk")
    assert [row.fields[0][1][:2] for row in kept] == ["n3", "n4", "n5", "n6", "n7"]


def test_too_large_a_form_is_not_kept(sign_in):
    client = sign_in(paper_person())
    client.post("/compte/email/", {"email": "x" * 200_001})
    assert not KeptText.objects.exists()


def test_signing_out_clears_the_site(sign_in):
    user = paper_person()
    client = sign_in(user)
    KeptText.objects.create(user=user, path="/", fields=[])
    answer = client.post("/compte/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert not inside(client)
    assert not KeptText.objects.exists()


def test_a_link_does_not_sign_out(parent):
    assert parent.get("/compte/logout/").status_code == 200
    assert inside(parent)


def test_private_pages_are_never_stored(parent):
    for path in ("/compte/", "/compte/sessions/", "/compte/preuve/", "/"):
        assert parent.get(path)["Cache-Control"] == "private, no-store"


def test_one_can_sign_out_everywhere():
    user = paper_person()
    here, there = password_client(user), password_client(user)
    assert inside(here)
    assert inside(there)
    answer = here.post("/compte/sessions/partout/")
    assert answer["Clear-Site-Data"]
    assert not inside(here)
    assert not inside(there)


def test_one_can_sign_out_the_others_only():
    user = paper_person()
    here, there = password_client(user), password_client(user)
    stranger = password_client(paper_person("gus"))
    here.post("/compte/sessions/")
    assert inside(here)
    assert not inside(there)
    assert inside(stranger)


def test_the_list_names_devices_in_words_and_shows_no_address():
    user = paper_person()
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; rv:143.0) Gecko/20100101 Firefox/143.0")
    client.post("/compte/login/mot-de-passe/", {"login": user.username, "password": PASSWORD})
    page = client.get("/compte/sessions/").content.decode()
    assert "Firefox, Windows" in page
    assert "127.0.0.1" not in page


def test_a_session_is_noted_from_the_address_that_we_believe(settings):
    user = paper_person()
    form = {"login": user.username, "password": PASSWORD}
    Client().post("/compte/login/mot-de-passe/", form, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert UserSession.objects.get().ip == "127.0.0.1"
    UserSession.objects.all().delete()
    settings.TRUSTED_PROXIES = 1
    Client().post("/compte/login/mot-de-passe/", form, HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
    assert UserSession.objects.get().ip == "203.0.113.9"


def test_a_new_password_ends_the_other_sessions():
    user = paper_person()
    here, there = password_client(user), password_client(user)
    here.post("/compte/preuve/", {"password": PASSWORD})
    new = {"password1": "autre-phrase-longue-9", "password2": "autre-phrase-longue-9"}
    here.post("/compte/password/change/", new)
    assert inside(here)
    assert not inside(there)


def test_a_visit_writes_nothing_but_every_ten_minutes(clock, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = password_client(email_person_with_password())
    inside(client)

    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            inside(client)
        return sum(q["sql"].startswith(("UPDATE", "INSERT", "DELETE")) for q in queries)

    assert writes() == 0
    clock.shift(601)
    assert writes() > 0


def email_person_with_password():
    user = email_person()
    user.set_password(PASSWORD)
    user.save()
    return user


def test_the_rights_of_a_role_end_with_it(clock):
    user = person_with_role("claire", "curator")
    assert user.is_staff
    HostRole.objects.update(until="2026-11-23")
    assert not type(user).objects.get().is_staff


def test_the_cookie_of_the_session_is_closed(client):
    """No script reads it, and no other site's form brings it."""
    email_person_with_password()
    client.post("/compte/login/mot-de-passe/", {"login": "amina@famille.example", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_in_gives_another_session(client):
    """A session that somebody else made beforehand is not theirs afterwards (fixation)."""
    email_person_with_password()
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/compte/login/mot-de-passe/", {"login": "amina@famille.example", "password": PASSWORD})
    assert client.cookies["sessionid"].value != session.session_key
