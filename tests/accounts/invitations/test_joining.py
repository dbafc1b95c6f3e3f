"""A parent with a sheet of paper comes in, in four screens, and back the next day."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.audit.models import AuditEntry
from accounts.invitations.actions.inviting import make_slips
from accounts.invitations.errors import Withdrawn
from accounts.invitations.models import Invitation
from accounts.invitations.to_do import said_not_me
from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.schools.access import member_in
from accounts.schools.models import Hat, Membership
from tests.accounts.invitations.papers import (
    awaited,
    join_without_email,
    say_me,
    slip_for,
    slip_of,
    text,
    type_code,
)
from tests.accounts.people_of_tests import code_of_last_mail
from tests.factories import UserFactory, make_member, make_school, person_with_role
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


def words_on(page) -> str:
    return re.findall(r'translate="no">([a-z ]+)</bdi>', page.content.decode())[-1]


def test_a_parent_without_email_comes_in_by_four_screens(school, visitor):
    code = slip_for(awaited(school))
    assert visitor.get("/rejoindre/").status_code == 200
    assert type_code(visitor, code).headers["Location"] == "/rejoindre/vous/"
    page = visitor.get("/rejoindre/vous/")
    assert "Mme Amina H." in text(page) and "CP A" in text(page) and school.name in text(page)
    assert 'value="Amina H."' in text(page)
    assert say_me(visitor).headers["Location"] == "/rejoindre/email/"
    last = visitor.post("/rejoindre/email/", {"way": "none"}, follow=True)
    member = Membership.objects.of_school(school).get(name="Amina H.")
    assert member.user.username in text(last) and len(words_on(last).split()) == 3
    assert visitor.post("/rejoindre/fin/").headers["Location"] == school.get_absolute_url()
    hat = Hat.objects.get(membership=member)
    assert (hat.kind, hat.classroom) == ("parent", school.rooms[0])
    invitation = Invitation.objects.of_school(school).get()
    assert (invitation.state, invitation.membership) == ("joined", member)


def test_the_next_day_the_paper_opens_the_account_however_the_words_are_typed(school, visitor):
    last = join_without_email(visitor, slip_for(awaited(school)))
    words = words_on(last)
    user = User.objects.get(memberships__school=school)
    for typed in (words, words.upper(), words.replace(" ", "-"), f"  {words.replace(' ', '')} "):
        telephone = Client()
        telephone.post("/compte/login/", {"email": user.username.upper(), "way": "password"})
        signed = telephone.post("/compte/login/mot-de-passe/", {"login": user.username, "password": typed})
        assert signed.status_code == 302, typed
        assert telephone.get("/compte/").context["user"] == user
    other = " ".join(reversed(words.split()))
    assert not user.check_password(other)


def test_the_words_are_shown_until_noted_and_stand_in_no_session(school, visitor):
    last = join_without_email(visitor, slip_for(awaited(school)))
    words = words_on(last)
    assert words in text(visitor.get("/rejoindre/fin/"))
    assert words not in str(dict(visitor.session.items()))
    visitor.post("/rejoindre/fin/")
    assert visitor.get("/rejoindre/fin/").headers["Location"] == "/compte/"


def test_an_email_is_proved_before_the_account_is_made(school, visitor):
    type_code(visitor, slip_for(awaited(school)))
    say_me(visitor)
    visitor.post("/rejoindre/email/", {"way": "email", "email": "Amina@famille.example"})
    assert not User.objects.exists()
    send_now()
    wrong = visitor.post("/rejoindre/email/code/", {"code": "0000-0000"})
    assert wrong.status_code == 200 and not User.objects.exists()
    right = visitor.post("/rejoindre/email/code/", {"code": code_of_last_mail()})
    assert right.headers["Location"] == school.get_absolute_url()
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == ("amina@famille.example", False)


def test_one_can_go_on_without_the_mail_that_never_came(school, visitor):
    type_code(visitor, slip_for(awaited(school)))
    say_me(visitor)
    visitor.post("/rejoindre/email/", {"way": "email", "email": "amina@famille.example"})
    last = visitor.post("/rejoindre/email/code/", {"way": "none"}, follow=True)
    assert len(words_on(last).split()) == 3
    assert User.objects.get().email is None


def test_an_address_of_another_account_leads_to_it_and_the_code_is_not_lost(school, visitor):
    known = UserFactory(username="karim", email=None)
    set_email(known, "karim@famille.example")
    type_code(visitor, slip_for(awaited(school)))
    say_me(visitor)
    visitor.post("/rejoindre/email/", {"way": "email", "email": "karim@famille.example"})
    send_now()
    answer = visitor.post("/rejoindre/email/code/", {"code": code_of_last_mail()})
    assert answer.headers["Location"] == "/compte/login/?next=/rejoindre/vous/"
    assert not Membership.objects.of_school(school).exists()
    visitor.post("/compte/login/?next=/rejoindre/vous/", {"email": "karim@famille.example", "way": "code"})
    send_now()
    back = visitor.post(
        "/compte/login/code/confirm/",
        {"code": code_of_last_mail(), "action": "verify", "next": "/rejoindre/vous/"},
    )
    assert back.headers["Location"] == "/rejoindre/vous/"
    say_me(visitor)
    assert Membership.objects.of_school(school).get().user == known


def test_a_second_slip_adds_the_class_to_the_same_account(school, sign_in):
    amina = make_member(school, "amina", "parent")
    client = sign_in(amina.user)
    code = slip_for(awaited(school, rooms=school.rooms[1:], first_name="Amine"))
    type_code(client, code)
    page = client.get("/rejoindre/vous/")
    assert 'name="name"' not in text(page)
    assert client.post("/rejoindre/vous/", {"action": "me"}).headers["Location"] == school.get_absolute_url()
    rooms = [hat.classroom for hat in Hat.objects.filter(membership=amina).order_by("classroom")]
    assert rooms == school.rooms
    assert User.objects.count() == 1


def test_somebody_else_signed_in_here_signs_out_without_losing_the_code(school, sign_in):
    client = sign_in(UserFactory(username="karim"))
    type_code(client, slip_for(awaited(school)))
    assert client.post("/rejoindre/vous/", {"action": "other"}).headers["Location"] == "/rejoindre/vous/"
    page = client.get("/rejoindre/vous/")
    assert not page.context["user"].is_authenticated and "Mme Amina H." in text(page)


def test_not_for_me_withdraws_the_slip_and_tells_the_direction(school, visitor):
    make_member(school, "hélène", "director", email="helene@famille.example")
    make_member(school, "samira", "secretary", rights=["members"])
    make_member(school, "louis", "deputy", rights=["agenda"])
    make_member(school, "amina", "parent")
    code = slip_for(awaited(school))
    type_code(visitor, code)
    visitor.post("/rejoindre/vous/", {"action": "not_me"})
    assert slip_of(code).ended is None
    told = visitor.post("/rejoindre/vous/", {"action": "not_me_sure"})
    assert school.telephone in text(told)
    assert slip_of(code).how == "refused"
    assert [row.first_name for row in said_not_me(school)] == ["Amina"]
    send_now()
    assert sorted(to for message in mail.outbox for to in message.to) == [
        "helene@famille.example",
        "samira@famille.example",
    ]
    assert "Amina" in mail.outbox[0].body and code not in mail.outbox[0].body
    assert AuditEntry.objects.filter(verb="slip_not_me", school=school).count() == 1
    assert type_code(visitor, code).context["form"].errors["code"] == [str(Withdrawn())]


def test_a_name_of_somebody_of_the_school_is_refused_and_stays_in_the_field(school, visitor):
    make_member(school, "amina", "parent", display_name="Amina H.")
    type_code(visitor, slip_for(awaited(school)))
    for name in ("Amina H.", "Аmina H."):
        page = say_me(visitor, name)
        assert page.status_code == 200 and page.context["form"].errors["name"], name
    assert say_me(visitor, "Amina Haddad").status_code == 302


def test_the_language_chosen_is_the_pages_and_the_mails(school, visitor):
    type_code(visitor, slip_for(awaited(school)))
    answer = say_me(visitor, language="ar")
    assert answer.headers["Location"] == "/rejoindre/email/?langue=ar"
    visitor.get(answer.headers["Location"])
    last = visitor.post("/rejoindre/email/", {"way": "none"}, follow=True)
    assert 'dir="rtl"' in text(last)
    assert User.objects.get().language == "ar"


@pytest.mark.parametrize("kind", Invitation.KINDS)
def test_each_kind_of_invitation_gives_its_hat(school, visitor, kind):
    rights = ["members"] if kind in Hat.TITLES else []
    invitation = awaited(school, kind=kind, rights=rights)
    join_without_email(visitor, slip_for(invitation))
    user = User.objects.get()
    member = member_in(user, school)
    assert member.wears(kind)
    ends = {hat.until for hat in member.hats}
    year = school.years.get(is_current=True)
    assert ends == ({None} if kind in ("parent", "teacher", "director") else {year.ends})
    assert ("members" in member.rights) == (kind in (*Hat.TITLES, "director"))


def test_an_elected_mandate_never_comes_by_paper(school, visitor):
    invitation = awaited(school)
    code = slip_for(invitation)
    Invitation.objects.of_school(school).update(kind="elected")
    type_code(visitor, code)
    answer = visitor.get("/rejoindre/vous/")
    assert "Mme Amina H." not in text(answer)
    say_me(visitor)
    assert not User.objects.exists()


def test_a_slip_serves_once_even_from_two_telephones_at_once(school, visitor):
    code = slip_for(awaited(school))
    other = Client()
    for telephone in (visitor, other):
        type_code(telephone, code)
        say_me(telephone)
    visitor.post("/rejoindre/email/", {"way": "none"})
    late = other.post("/rejoindre/email/", {"way": "none"})
    assert User.objects.count() == 1
    assert school.telephone in text(late)


def test_half_an_hour_later_the_code_is_asked_again(school, visitor):
    type_code(visitor, slip_for(awaited(school)))
    session = visitor.session
    for state in session["joining"]["ways"].values():
        state["at"] -= 1801
    session.save()
    assert visitor.get("/rejoindre/vous/").headers["Location"] == "/rejoindre/"


def test_no_screen_opens_before_the_one_before_it(school, visitor):
    for page in ("vous", "email", "email/code"):
        assert visitor.get(f"/rejoindre/{page}/").headers["Location"] == "/rejoindre/"
    type_code(visitor, slip_for(awaited(school)))
    assert visitor.get("/rejoindre/email/").headers["Location"] == "/rejoindre/vous/"
    assert visitor.post("/rejoindre/email/", {"way": "none"}).headers["Location"] == "/rejoindre/vous/"


def test_the_code_is_read_from_a_form_alone(school, visitor):
    code = slip_for(awaited(school))
    page = visitor.get("/rejoindre/", {"code": code})
    assert f'value="{code}"' not in text(page) and visitor.get("/rejoindre/vous/").status_code == 302


def test_staff_of_the_host_may_join_as_a_parent(school, sign_in):
    client = sign_in(person_with_role("claire", "curator"))
    type_code(client, slip_for(awaited(school)))
    say_me(client)
    assert Membership.objects.of_school(school).get().user.username == "claire"


def test_a_newer_slip_ends_the_older_one_under_way(school, visitor):
    invitation = awaited(school)
    type_code(visitor, slip_for(invitation))
    make_slips([invitation], by=None)
    assert "Mme Amina" not in text(visitor.get("/rejoindre/vous/"))
    say_me(visitor)
    visitor.post("/rejoindre/email/", {"way": "none"})
    assert not User.objects.exists()
