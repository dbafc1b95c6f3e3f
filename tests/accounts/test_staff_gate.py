"""The admin asks staff for a second factor within seven days, and for somebody at the screen."""

import datetime

import pytest
import time_machine
from django.test import RequestFactory

from accounts.people.models import HostRole, KeptText
from accounts.schools.staff import staff_gate
from tests.accounts.people_of_tests import SECRET, paper_person
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/admin/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def curator_client(clock, sign_in):
    user = paper_person("claire")
    HostRole.objects.create(user=user, role="curator")
    return sign_in(user)


def gate(client, method: str = "get", path: str = PAGE, data: dict | None = None):
    """Run the gate on a request that carries the client's session, as the admin does."""
    client.get("/compte/")
    request = getattr(RequestFactory(), method)(path, data or {})
    request.user = type(client.user).objects.get(pk=client.user.pk)
    request.session = client.session
    answer = staff_gate(request)
    request.session.save()
    return answer


def add_application(user) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, SECRET)


def test_the_second_factor_is_asked_at_the_first_entry(curator_client):
    answer = gate(curator_client)
    assert answer.url == "/compte/deuxieme-preuve/?next=%2Fadmin%2F"
    assert curator_client.get(answer.url).status_code == 200


def test_it_may_wait_until_the_seventh_day(curator_client, clock):
    clock.shift(6 * DAY)
    answer = curator_client.post("/compte/login/mot-de-passe/", {"login": "claire", "password": PASSWORD})
    curator_client.get("/compte/")
    answer = curator_client.post("/compte/deuxieme-preuve/", {"next": PAGE})
    assert answer.url == PAGE
    assert gate(curator_client) is None


def test_from_the_seventh_day_it_is_required(curator_client, clock):
    curator_client.post("/compte/deuxieme-preuve/", {"next": PAGE})
    assert gate(curator_client) is None
    HostRole.objects.update(since=datetime.date(2026, 11, 17))
    assert gate(curator_client).url.startswith("/compte/deuxieme-preuve/")
    curator_client.post("/compte/deuxieme-preuve/", {"next": PAGE})
    assert gate(curator_client).url.startswith("/compte/deuxieme-preuve/")
    # The twin.
    add_application(curator_client.user)
    assert gate(curator_client) is None


def test_a_title_of_a_school_is_gated_too_whatever_an_old_session_says(clock, sign_in):
    """The session remembers a day to come; the title is older than it thought."""
    from accounts.schools.models import Hat
    from tests.factories import make_member, make_school

    clock.shift(-1 * DAY)
    diane = make_member(make_school(), "diane", "director").user
    client = sign_in(diane)
    assert gate(client).url.startswith("/compte/deuxieme-preuve/")
    client.post("/compte/deuxieme-preuve/", {"next": PAGE})
    assert gate(client) is None
    Hat.objects.unscoped().update(since=datetime.date(2026, 11, 10))
    assert gate(client).url.startswith("/compte/deuxieme-preuve/")
    # The twin.
    add_application(diane)
    assert gate(client) is None


def test_a_title_that_ended_opens_no_admin(clock, sign_in):
    from accounts.schools.models import Hat
    from tests.factories import make_member, make_school

    sonia = make_member(make_school(), "sonia", "secretary", rights=["members"]).user
    add_application(sonia)
    client = sign_in(sonia)
    assert client.get(PAGE).status_code == 200
    Hat.objects.unscoped().update(since=datetime.date(2026, 11, 1), until=datetime.date(2026, 11, 23))
    assert client.get(PAGE).status_code == 403


def test_the_demo_does_not_ask(curator_client, settings):
    settings.IS_DEMO = True
    HostRole.objects.update(since=datetime.date(2026, 1, 1))
    assert gate(curator_client) is None


def test_half_an_hour_without_the_admin_asks_for_a_proof(curator_client, clock):
    add_application(curator_client.user)
    assert gate(curator_client) is None
    clock.shift(30 * 60)
    assert gate(curator_client) is None
    # Reading the site meanwhile is not being in the admin.
    clock.shift(20 * 60)
    curator_client.get("/compte/")
    clock.shift(10 * 60 + 1)
    assert gate(curator_client).url == "/compte/preuve/?next=%2Fadmin%2F"
    curator_client.post("/compte/preuve/", {"password": PASSWORD})
    assert gate(curator_client) is None


def test_what_was_typed_in_the_admin_meanwhile_is_kept(curator_client, clock):
    add_application(curator_client.user)
    assert gate(curator_client) is None
    clock.shift(31 * 60)
    answer = gate(curator_client, "post", "/admin/resources/resource/1/change/", {"title": "Un titre"})
    kept = KeptText.objects.get()
    assert kept.fields == [["title", "Un titre"]]
    assert kept.path == "/admin/resources/resource/1/change/"
    assert answer.url.endswith(f"texte-garde%2F{kept.pk}%2F")


def test_a_visitor_is_sent_to_sign_in(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get(PAGE)
    request.user = AnonymousUser()
    assert staff_gate(request).url == "/compte/login/?next=/admin/"


def test_adding_an_application_gives_ten_codes_to_print(curator_client):
    from allauth.mfa.models import Authenticator

    curator_client.post("/compte/preuve/", {"password": PASSWORD})
    page = curator_client.get("/compte/2fa/totp/activate/")
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = curator_client.session["mfa.totp.secret"]
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    answer = curator_client.post("/compte/2fa/totp/activate/", {"code": code})
    assert answer.url == "/compte/2fa/recovery-codes/"
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    shown = curator_client.get(answer.url).content.decode()
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert "data-print" in shown
