"""The operator opens accounts and gives roles; the host is never left without an operator."""

import pytest
from django.utils import timezone

from accounts.people.models import HostRole, User
from portal.clock.models import ClockRun
from tests.factories import UserFactory, person_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def odile(db):
    return person_with_role("odile", "operator")


@pytest.fixture
def client(staff, odile):
    return staff(odile)


def account(**fields):
    return {
        "username": "nadia",
        "display_name": "Nadia",
        "email": "",
        "language": "fr",
        "is_active": "on",
        **fields,
    }


def test_an_account_is_opened_without_a_password(client):
    assert client.post("/admin/accounts/user/add/", account(email="Nadia@ac.example")).status_code == 302
    nadia = User.objects.get(username="nadia")
    assert not nadia.has_usable_password()
    assert nadia.email == "nadia@ac.example"


def test_an_address_is_not_changed_by_another(client):
    nadia = UserFactory(username="nadia", email="nadia@ac.example")
    client.post(f"/admin/accounts/user/{nadia.pk}/change/", account(email="pirate@ac.example"))
    nadia.refresh_from_db()
    assert nadia.email == "nadia@ac.example"


def test_a_role_is_given_by_user_name_and_counts_at_once(client, staff):
    nadia = UserFactory(username="nadia")
    data = {"user": "Nadia", "role": "curator", "since": timezone.localdate().isoformat(), "until": ""}
    assert client.post("/admin/accounts/hostrole/add/", data).status_code == 302
    assert staff(User.objects.get(pk=nadia.pk)).get("/admin/a-relire/").status_code == 200
    page = client.post("/admin/accounts/hostrole/add/", {**data, "user": "personne"}).content.decode()
    assert "field-error" in page


def test_a_role_given_twice_is_told(client):
    nadia = person_with_role("nadia", "curator")
    data = {"user": "nadia", "role": "curator", "since": "2026-11-01", "until": ""}
    response = client.post("/admin/accounts/hostrole/add/", data)
    assert response.status_code == 200
    assert nadia.host_role_rows.count() == 1


def test_the_last_operator_stays(client, odile):
    role = odile.host_role_rows.get()
    client.post(f"/admin/accounts/hostrole/{role.pk}/delete/", {"post": "yes"})
    assert HostRole.objects.filter(pk=role.pk).exists()
    page = client.post(
        f"/admin/accounts/hostrole/{role.pk}/change/", {"since": "2026-11-01", "until": "2026-11-02"}
    )
    assert 'id="erreurs"' in page.content.decode()
    closing = account(username="odile", display_name="Odile")
    del closing["is_active"]
    client.post(f"/admin/accounts/user/{odile.pk}/change/", closing)
    odile.refresh_from_db()
    assert odile.is_active
    person_with_role("olga", "operator")
    client.post(f"/admin/accounts/hostrole/{role.pk}/delete/", {"post": "yes"})
    assert not HostRole.objects.filter(pk=role.pk).exists()


def test_the_jobs_are_read_and_not_written(client):
    run = ClockRun.objects.create(name="publish what is due", failed=True)
    page = client.get(f"/admin/portal/clockrun/{run.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(f"/admin/portal/clockrun/{run.pk}/change/", {"name": "x"}).status_code == 403
