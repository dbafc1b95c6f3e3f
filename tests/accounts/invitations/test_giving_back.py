"""A paper opens an account again and nothing of its past; its printer gains nothing (issue, line 5)."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.invitations.actions.returning import give_back_slip
from accounts.invitations.errors import NotGivenBack
from accounts.invitations.models import Invitation, Slip
from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.people.policy import opens_past
from tests.accounts.invitations.papers import slip_of, text, type_code
from tests.accounts.people_of_tests import SECRET, application_code, code_of_last_mail
from tests.factories import PASSWORD, HostRoleFactory, make_member, make_school
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def director(school):
    return make_member(school, "helene", "director").user


@pytest.fixture
def amina(school):
    """A parent without e-mail, by user name and password."""
    return make_member(school, "amina", "parent", email=None, password=PASSWORD, display_name="Amina Haddad")


def open_with(client, code: str):
    type_code(client, code)
    return client.post("/rejoindre/vous/", {"action": "me"}, follow=True)


def test_a_slip_shows_whose_account_it_is_by_first_name_and_school_only(school, director, amina, visitor):
    _invitation, code = give_back_slip(amina, by=director)
    type_code(visitor, code)
    page = text(visitor.get("/rejoindre/vous/"))
    assert "Amina" in page and school.name in page
    assert "Haddad" not in page and amina.user.username not in page


def test_it_gives_new_words_and_ends_the_old_password_and_the_other_sessions(
    school, director, amina, visitor, sign_in
):
    at_home = sign_in(amina.user)
    assert at_home.get("/compte/").status_code == 200
    _invitation, code = give_back_slip(amina, by=director)
    page = open_with(visitor, code)
    assert page.redirect_chain[-1][0] == "/rejoindre/fin/"
    words = page.context["words"]
    assert len(words.split()) == 3 and amina.user.username in text(page)
    user = User.objects.get(pk=amina.user.pk)
    assert user.check_password(words) and not user.check_password(PASSWORD)
    assert at_home.get("/compte/").status_code == 302
    assert not at_home.session.keys()
    assert slip_of(code).how == "used"
    assert type_code(Client(), code).status_code == 200


def test_a_director_who_signs_in_with_a_parents_slip_opens_nothing_of_the_past(
    school, director, amina, visitor
):
    """For 72 hours; the page says when it comes back, and the parent's own log says what happened."""
    _invitation, code = give_back_slip(amina, by=director)
    page = open_with(visitor, code)
    user = User.objects.get(pk=amina.user.pk)
    now = timezone.now()
    assert not opens_past(user, now + datetime.timedelta(hours=71, minutes=59))
    assert opens_past(user, now + datetime.timedelta(hours=72))
    assert " ".join(page.context["past"].split()) in text(page)
    log = AuditEntry.objects.filter(about=user.key).values_list("verb", flat=True)
    assert {"way_back_printed", "given_back"} <= set(log)
    assert visitor.get("/compte/").context["log"]


def test_no_proof_made_after_the_slip_opens_the_past(school, director, amina, visitor):
    """With the new words a director could add an address of theirs: it proves nothing of the past."""
    _invitation, code = give_back_slip(amina, by=director)
    words = open_with(visitor, code).context["words"]
    visitor.post("/compte/preuve/", {"password": words, "next": "/compte/email/"})
    visitor.post("/compte/email/", {"email": "helene-privee@famille.example"})
    send_now()
    visitor.post("/compte/email/code/", {"code": code_of_last_mail()})
    assert User.objects.get(pk=amina.user.pk).email == "helene-privee@famille.example"
    visitor.post("/compte/passe/", {"action": "send"})
    assert send_now() == 0
    assert not opens_past(User.objects.get(pk=amina.user.pk), timezone.now())
    # Nor does a second slip, now that the address is there.
    _invitation, again = give_back_slip(amina, by=director)
    open_with(Client(), again)
    assert not User.objects.get(pk=amina.user.pk).past_by_email


def test_the_owner_of_a_verified_address_opens_the_past_at_once(school, director, visitor):
    amina = make_member(school, "amina", "parent", email=None)
    set_email(amina.user, "amina@famille.example")
    _invitation, code = give_back_slip(amina, by=director)
    open_with(visitor, code)
    send_now()
    assert mail.outbox[-1].to == ["amina@famille.example"]
    assert "http" not in mail.outbox[-1].body and code not in mail.outbox[-1].body
    visitor.post("/compte/passe/", {"action": "send"})
    send_now()
    visitor.post("/compte/passe/", {"code": "0000-0000"})
    assert not opens_past(User.objects.get(pk=amina.user.pk), timezone.now())
    visitor.post("/compte/passe/", {"code": code_of_last_mail()})
    assert opens_past(User.objects.get(pk=amina.user.pk), timezone.now())


def test_a_second_factor_is_still_asked_and_then_opens_the_past(school, director, visitor):
    from allauth.mfa.totp.internal.auth import TOTP

    amina = make_member(school, "amina", "parent", email=None, password=PASSWORD)
    TOTP.activate(amina.user, SECRET)
    _invitation, code = give_back_slip(amina, by=director)
    page = open_with(visitor, code)
    assert page.redirect_chain[-1][0].startswith("/compte/2fa/authenticate/")
    assert visitor.get("/compte/").status_code == 302
    assert visitor.get("/rejoindre/fin/").status_code == 302
    page = visitor.post("/compte/2fa/authenticate/", {"code": application_code()}, follow=True)
    assert page.redirect_chain[-1][0] == "/rejoindre/fin/"
    assert len(page.context["words"].split()) == 3
    assert opens_past(User.objects.get(pk=amina.user.pk), timezone.now())


def test_nobody_of_the_host_and_nobody_on_the_staff_elsewhere_is_given_back(school, director, amina):
    elsewhere = make_school("marie-curie")
    teacher = make_member(school, "louise", "parent")
    make_member(elsewhere, "louise2", "director", user=teacher.user)
    curator = make_member(school, "claire", "parent")
    HostRoleFactory(user=curator.user)
    for membership in (teacher, curator):
        with pytest.raises(NotGivenBack) as refusal:
            give_back_slip(membership, by=director)
        assert "marie" not in str(refusal.value).lower()
    # Twin: a parent of both schools, and a teacher elsewhere, hold no rights there.
    both = make_member(school, "samir", "parent")
    make_member(elsewhere, "samir2", "parent", "teacher", user=both.user)
    assert give_back_slip(both, by=director)


def test_whoever_became_staff_elsewhere_meanwhile_is_refused_when_the_slip_is_used(
    school, director, amina, visitor
):
    _invitation, code = give_back_slip(amina, by=director)
    make_member(make_school("marie-curie"), "amina2", "director", user=amina.user)
    page = open_with(visitor, code)
    assert str(NotGivenBack()) in text(page) and "Marie" not in text(page)
    assert amina.user.check_password(PASSWORD)


def test_a_secretary_cannot_take_the_directors_account(school, director):
    secretary = make_member(school, "samira", "secretary", rights=["members"]).user
    with pytest.raises(NotGivenBack):
        give_back_slip(director.memberships.get(), by=secretary)
    deputy = make_member(school, "louis", "deputy", rights=["agenda"])
    assert give_back_slip(deputy, by=director)


def test_an_invitation_never_attaches_to_an_account_by_its_address(school, director, visitor, sign_in):
    """The director writes a parent's address on an invitation: only its owner, signed in, accepts."""
    from accounts.invitations.actions.joining import Newcomer, come_in
    from accounts.invitations.ways import Way
    from accounts.people.actions import EmailTaken
    from tests.accounts.invitations.papers import awaited, slip_for

    other = make_school("marie-curie")
    victim = make_member(other, "victime", "parent", email=None)
    set_email(victim.user, "victime@famille.example")
    invitation = awaited(school, email="victime@famille.example")
    code = slip_for(invitation)
    way = Way(slip=slip_of(code))
    with pytest.raises(EmailTaken):
        come_in(way, Newcomer("Autre Nom", "fr", "victime@famille.example"))
    assert victim.user.memberships.count() == 1
    # Twin: its owner takes the paper.
    owner = sign_in(victim.user)
    type_code(owner, code)
    owner.post("/rejoindre/vous/", {"action": "me", "name": "Victime H."})
    assert victim.user.memberships.count() == 2


def test_not_me_ends_the_paper_and_leaves_the_account_alone(school, director, amina, visitor):
    _invitation, code = give_back_slip(amina, by=director)
    type_code(visitor, code)
    visitor.post("/rejoindre/vous/", {"action": "not_me_sure"})
    assert slip_of(code).how == "refused"
    assert User.objects.get(pk=amina.user.pk).check_password(PASSWORD)
    assert Invitation.objects.of_school(school).get(membership=amina).state == "joined"
    send_now()
    assert mail.outbox[-1].to == ["helene@famille.example"]


def test_a_newer_paper_cancels_the_one_before(school, director, amina, visitor):
    _invitation, first = give_back_slip(amina, by=director)
    give_back_slip(amina, by=director)
    assert type_code(visitor, first).status_code == 200
    assert Slip.objects.filter(ended__isnull=True).count() == 1
