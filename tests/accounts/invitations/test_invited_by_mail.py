"""An invitation by mail opens a page with a button; whoever holds it reads the box it went to."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from accounts.invitations import errors
from accounts.invitations.models import Invitation
from accounts.people.models import User
from accounts.schools.models import Membership
from tests.accounts.invitations.papers import awaited, join_without_email, say_me, slip_for, text, type_code
from tests.factories import make_school
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def address(school) -> str:
    """The page of a mailed invitation."""
    awaited(school, email="amina@famille.example")
    send_now(timezone.now() + datetime.timedelta(days=4))
    return re.search(r"https?://[^/]+(/rejoindre/invitation/\S+/)", mail.outbox[-1].body).group(1)


def test_a_scanner_that_opens_the_page_burns_nothing(school, address, visitor):
    for _ in range(3):
        page = visitor.get(address)
        assert page.status_code == 200 and school.name in text(page) and "Amina" not in text(page)
    assert visitor.get("/rejoindre/vous/").status_code == 302
    assert visitor.post(address).headers["Location"] == "/rejoindre/vous/"


def test_the_address_it_went_to_needs_no_code(school, address, visitor):
    visitor.post(address)
    say_me(visitor)
    page = visitor.get("/rejoindre/email/")
    assert 'value="amina@famille.example"' in text(page)
    answer = visitor.post("/rejoindre/email/", {"way": "email", "email": "AMINA@famille.example"})
    assert answer.headers["Location"] == school.get_absolute_url()
    assert User.objects.get().email == "amina@famille.example"


def test_another_address_is_proved_by_a_code(school, address, visitor):
    visitor.post(address)
    say_me(visitor)
    answer = visitor.post("/rejoindre/email/", {"way": "email", "email": "autre@famille.example"})
    assert answer.headers["Location"] == "/rejoindre/email/code/" and not User.objects.exists()


def test_it_serves_once_and_ends_the_slip_of_the_same_person(school, address, visitor, client):
    code = slip_for(Invitation.objects.of_school(school).get())
    visitor.post(address)
    say_me(visitor)
    visitor.post("/rejoindre/email/", {"way": "none"})
    assert str(errors.Used()) in text(client.get(address))
    assert type_code(client, code).context["form"].errors["code"] == [str(errors.Used())]
    assert Membership.objects.of_school(school).count() == 1


def test_a_slip_used_first_ends_the_invitation_by_mail(school, address, visitor, client):
    join_without_email(visitor, slip_for(Invitation.objects.of_school(school).get()))
    assert str(errors.Used()) in text(client.get(address))


def test_an_invented_token_is_not_found(visitor, db):
    page = visitor.get("/rejoindre/invitation/abcdefghijklmnop/")
    assert page.status_code == 404 and str(errors.Unknown()).replace("\xa0", " ") in text(page)


def test_not_for_me_by_mail_writes_no_more(school, address, visitor):
    visitor.post(address)
    visitor.post("/rejoindre/vous/", {"action": "not_me_sure"})
    assert str(errors.Withdrawn()) in text(visitor.get(address)) or str(errors.Used()) in text(
        visitor.get(address)
    )
