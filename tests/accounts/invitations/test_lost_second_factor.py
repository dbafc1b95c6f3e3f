"""The direction takes away a lost second step, of its own school's people alone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.invitations.actions.returning import give_back_slip, repair_second_factor
from accounts.invitations.errors import NotGivenBack
from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.people.policy import opens_past
from accounts.people.second_factor import NoFactor
from accounts.schools.errors import NotOneself
from tests.accounts.invitations.papers import text, type_code
from tests.accounts.people_of_tests import SECRET, application_code, signed_in_by_application
from tests.factories import PASSWORD, HostRoleFactory, make_member, make_school
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def director(school):
    return with_factor(make_member(school, "helene", "director", email=None, password=PASSWORD))


@pytest.fixture
def amina(school):
    return with_factor(make_member(school, "amina", "parent", email=None, password=PASSWORD))


def with_factor(membership):
    TOTP.activate(membership.user, SECRET)
    return membership


def has_factor(membership):
    return Authenticator.objects.filter(user=membership.user).exists()


def proved(client):
    client.post("/compte/preuve/", {"password": PASSWORD, "next": "/compte/"})
    return client


def address(one):
    return reverse("repair_second_factor", args=[one.school.slug, one.key])


def test_the_direction_reaches_it_from_the_persons_page_and_it_is_said_first(
    school, director, amina, sign_in
):
    client = proved(sign_in(director.user))
    set_email(amina.user, "amina@famille.example")
    person = reverse("member", args=[school.slug, amina.key])
    assert address(amina) in client.get(person).content.decode()
    assert client.get(address(amina)).status_code == 200
    assert has_factor(amina)
    at_home = signed_in_by_application(amina.user)
    page = client.post(address(amina), follow=True)
    assert page.redirect_chain[-1][0] == person and not has_factor(amina)
    assert at_home.get("/compte/").status_code == 302
    entry = AuditEntry.objects.get(verb="factor_reset")
    assert (entry.actor, entry.about, entry.school) == (director.user.key, amina.user.key, school)
    send_now()
    assert [message.to for message in mail.outbox] == [["amina@famille.example"]]
    assert not opens_past(User.objects.get(pk=amina.user.pk), timezone.now())
    # Again: there is none left, and that is said.
    assert str(NoFactor()) in text(client.post(address(amina), follow=True))


def test_it_asks_a_fresh_proof(director, amina, sign_in):
    page = sign_in(director.user).post(address(amina))
    assert page.status_code == 302 and "/compte/preuve/" in page["Location"] and has_factor(amina)


def test_a_deputy_with_every_right_and_a_secretary_may_not(school, amina, sign_in):
    for name, kind in (("louis", "deputy"), ("samira", "secretary")):
        keeper = make_member(school, name, kind, rights=["members"], email=None, password=PASSWORD)
        client = proved(sign_in(keeper.user))
        assert client.post(address(amina)).status_code == 403
        assert (
            address(amina)
            not in client.get(reverse("member", args=[school.slug, amina.key])).content.decode()
        )
        with pytest.raises(NotGivenBack):
            repair_second_factor(amina, by=keeper.user)
    assert has_factor(amina)


def test_staff_of_another_school_and_of_the_host_stay_as_they_are(school, director):
    elsewhere = make_school("marie-curie")
    louise = with_factor(make_member(school, "louise", "parent"))
    make_member(elsewhere, "", "secretary", user=louise.user, rights=["members"])
    claire = with_factor(make_member(school, "claire", "parent"))
    HostRoleFactory(user=claire.user)
    for one in (louise, claire):
        with pytest.raises(NotGivenBack):
            repair_second_factor(one, by=director.user)
        assert has_factor(one)
    # Twin: a parent of both schools, a deputy of this one.
    samir = with_factor(make_member(school, "samir", "parent"))
    make_member(elsewhere, "", "parent", "teacher", user=samir.user)
    deputy = with_factor(make_member(school, "louis", "deputy"))
    for one in (samir, deputy):
        repair_second_factor(one, by=director.user)
        assert not has_factor(one)


def test_a_director_is_repaired_by_another_and_by_no_interim_and_nobody_repairs_themselves(school, director):
    interim = make_member(school, "ines", "interim", rights=["members"])
    with pytest.raises(NotGivenBack):
        repair_second_factor(director, by=interim.user)
    with pytest.raises(NotOneself):
        repair_second_factor(director, by=director.user)
    assert has_factor(director)
    other = make_member(school, "nadia", "director")
    repair_second_factor(director, by=other.user)
    assert not has_factor(director)


def test_somebody_of_another_school_is_not_found(director, sign_in):
    stranger = with_factor(make_member(make_school("marie-curie"), "zoe", "parent"))
    client = proved(sign_in(director.user))
    page = client.post(reverse("repair_second_factor", args=["jean-moulin", stranger.key]))
    assert page.status_code == 404 and has_factor(stranger)


def test_a_factor_added_between_two_papers_does_not_open_the_past(school, director, amina):
    """Whoever printed both could add one of their own, and show it on the way in."""
    repair_second_factor(amina, by=director.user)
    first = Client()
    type_code(first, give_back_slip(amina, by=director.user)[1])
    first.post("/rejoindre/vous/", {"action": "me"}, follow=True)
    TOTP.activate(amina.user, SECRET)
    second = Client()
    type_code(second, give_back_slip(amina, by=director.user)[1])
    second.post("/rejoindre/vous/", {"action": "me"}, follow=True)
    page = second.post("/compte/2fa/authenticate/", {"code": application_code()}, follow=True)
    assert page.redirect_chain[-1][0] == "/rejoindre/fin/"
    assert not opens_past(User.objects.get(pk=amina.user.pk), timezone.now())
