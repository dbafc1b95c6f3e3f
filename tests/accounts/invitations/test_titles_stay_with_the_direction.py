"""A title is given by the direction: no right over people's papers gives one, nor tells of a decision."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations.actions.mailing import digest_of
from accounts.invitations.errors import Used
from accounts.invitations.models import Invitation, MailToken, Slip
from accounts.people.models import User
from accounts.people.proof import record_proof
from accounts.schools.access import member_in
from accounts.schools.actions import restrict
from accounts.schools.models import Hat, Membership
from tests.accounts.invitations.papers import ME, awaited, say_me, slip_for, text, type_code, waiting_for
from tests.factories import UserFactory, make_member, make_school, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school(classes=["CP A", "CE1 A"])


@pytest.fixture
def director(school):
    return make_member(school, "helene", "director")


@pytest.fixture
def secretary(school):
    return make_member(school, "simone", "secretary", rights=["members"])


def proved(client):
    session = client.session
    record_proof(SimpleNamespace(session=session, user=client.user))
    session.save()
    return client


# A title is given by the direction ------------------------------------------------------------------


def test_an_interim_uses_no_paper_of_a_title_they_wrote_themselves(school, director, sign_in):
    interim = make_member(school, "ines", "interim", rights=["members"])
    until = school.today() + datetime.timedelta(days=60)
    wanted = {"rights": list(Hat.Right.values), "until": until, "by": interim.user}
    code = slip_for(awaited(school, "Diop", "Fatou", Hat.Kind.DEPUTY, **wanted))
    client = sign_in(interim.user)
    type_code(client, code)
    page = client.post("/rejoindre/vous/", ME, follow=True)
    assert "On ne peut pas faire cela pour soi-même." in text(page)
    assert not member(interim).wears("deputy")
    # Their twin: somebody else uses the same paper; and one's own class is no title.
    fatou = sign_in(make_member(school, "fatou", "teacher").user)
    type_code(fatou, code)
    fatou.post("/rejoindre/vous/", ME, follow=True)
    assert member_in(User.objects.get(pk=fatou.user.pk), school).wears("deputy")
    own = slip_for(awaited(school, "Ines", "Ines", Hat.Kind.PARENT, by=interim.user))
    type_code(client, own)
    client.post("/rejoindre/vous/", ME, follow=True)
    assert member(interim).wears("parent")


def in_by(code, name, after=None):
    """A visitor goes through the screens, or another act of theirs comes `after` the code."""
    client = Client()
    type_code(client, code)
    say_me(client, name)
    if after is not None:
        after()
    return client, client.post("/rejoindre/email/", {"way": "none"}, follow=True)


@pytest.mark.parametrize("kind", [Hat.Kind.DEPUTY, Hat.Kind.SECRETARY, Hat.Kind.TEACHER, Hat.Kind.HELPER])
def test_a_paper_lets_one_account_in_and_its_mail_none_after_it(school, director, kind):
    """Two people at the same screen with the same code, and the mail of the same person."""
    row = awaited(school, "Diop", "Fatou", kind, email="fatou@famille.example", by=director.user)
    code = slip_for(row)
    token = mail_token(row)
    late = []
    _client, page = in_by(code, "Fatou Diop", after=lambda: late.extend(in_by(code, "Fatou Deux")))
    assert str(Used(school)) in text(page)
    members = Membership.objects.of_school(school).exclude(pk=director.pk)
    assert [one.name for one in members] == ["Fatou Deux"] and User.objects.count() == 2
    assert str(Used(school)) in text(type_code(Client(), code))
    assert str(Used(school)) in text(Client().post(reverse("join_by_mail", args=[token]), follow=True))
    # Nor does it serve the one who is in a second time: they are led to where they are.
    assert type_code(late[0], code).headers["Location"] == reverse("join_done")
    assert Hat.objects.filter(membership=members[0]).count() == 1


def mail_token(row):
    MailToken.objects.create(
        invitation=row, digest=digest_of("a-token"), expires=timezone.now() + datetime.timedelta(days=9)
    )
    return "a-token"


def test_the_direction_is_told_who_took_a_title(school, director):
    """An interim who wrote the paper could hold it too, and come in by a second account."""
    interim = make_member(school, "ines", "interim", rights=["members"])
    code = slip_for(awaited(school, "Diop", "Fatou", Hat.Kind.DEPUTY, by=interim.user))
    in_by(code, "Ines Deux")
    send_now()
    (told,) = mail.outbox
    assert told.to == [director.user.email] and "Ines Deux" in told.body and "http" not in told.body
    # Twin: of a parent nobody is told.
    in_by(slip_for(awaited(school, by=interim.user)), "Amina Haddad")
    send_now()
    assert mail.outbox == [told]


def awaited_deputy(school):
    until = school.today() + datetime.timedelta(days=60)
    return awaited(school, "Diop", "Fatou", Hat.Kind.DEPUTY, rights=list(Hat.Right.values), until=until)


@pytest.mark.parametrize("kind", [Hat.Kind.DEPUTY, Hat.Kind.DIRECTOR, Hat.Kind.INTERIM])
def test_a_secretary_prints_no_paper_that_gives_a_title(school, director, secretary, sign_in, kind):
    until = None if kind == "director" else school.today() + datetime.timedelta(days=60)
    row = awaited(school, "Diop", "Fatou", kind, until=until)
    client = sign_in(secretary.user)
    answer = client.post(reverse("print_slips", args=[school.slug]), {"who": [row.key]})
    piles = {"piles": ["equipe"], "which": "all", "paper": "a4"}
    client.post(reverse("print_slips", args=[school.slug]), piles)
    assert not Slip.objects.filter(invitation=row).exists()
    assert answer.status_code == 404


def test_the_director_prints_them_and_a_secretary_the_teachers(school, director, secretary, sign_in):
    row, teacher = awaited_deputy(school), awaited(school, "Roux", "Paul", Hat.Kind.TEACHER)
    address = reverse("print_slips", args=[school.slug])
    assert sign_in(secretary.user).post(address, {"who": [teacher.key]}).status_code == 200
    assert sign_in(director.user).post(address, {"who": [row.key]}).status_code == 200
    assert Slip.objects.filter(invitation__in=[row, teacher]).count() == 2


def test_a_secretary_does_not_send_the_mail_of_a_title_to_herself(
    school, director, secretary, sign_in, settings
):
    settings.IS_DEMO = True
    row = awaited_deputy(school)
    address = reverse("admin:accounts_invitation_change", args=[row.pk])
    sign_in(secretary.user).post(address, {"civility": "", "email": "simone@ecole.example"})
    row.refresh_from_db()
    assert row.email == ""
    sign_in(director.user).post(address, {"civility": "", "email": "fatou@ecole.example"})
    row.refresh_from_db()
    assert row.email == "fatou@ecole.example"


def test_a_secretary_neither_takes_a_title_off_the_list_nor_prints_it_again(
    school, director, secretary, sign_in
):
    row = awaited_deputy(school)
    client = sign_in(secretary.user)
    fields = {"who": [row.key], "sure": "1"}
    assert client.post(reverse("stop_awaiting", args=[school.slug]), fields).status_code == 404
    Invitation.objects.of_school(school).filter(pk=row.pk).update(state="not_me")
    assert client.post(reverse("await_again", args=[school.slug]), fields).status_code == 404
    row.refresh_from_db()
    assert row.state == "not_me"


def test_an_interim_opens_no_account_of_the_director(school, director, sign_in):
    interim = make_member(school, "ines", "interim", rights=["members"])
    parent = make_member(school, "amina", "parent")
    client = proved(sign_in(interim.user))
    assert client.post(reverse("reissue_slip", args=[school.slug, director.key])).status_code == 403
    assert client.post(reverse("reissue_slip", args=[school.slug, parent.key])).status_code == 200


def test_another_director_gives_a_director_their_account_back(school, director, sign_in):
    second = make_member(school, "lea", "director")
    client = proved(sign_in(second.user))
    assert client.post(reverse("reissue_slip", args=[school.slug, director.key])).status_code == 200


# A court decision is known to the direction alone ---------------------------------------------------


def test_the_page_that_gives_an_account_back_tells_a_secretary_of_no_decision(
    school, director, secretary, sign_in
):
    free, barred = make_member(school, "amina", "parent"), make_member(school, "karim", "parent")
    restrict(barred, by=director.user, classroom=None, decided_on=school.today(), reference="armoire")
    client = proved(sign_in(secretary.user))

    def address(one):
        return reverse("reissue_slip", args=[school.slug, one.key])

    pages = []
    for one in (free, barred):
        page = text(client.get(reverse("reissue_slip", args=[school.slug, one.key])))
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)
        pages.append(page.replace(one.name, "…").replace(one.key, "…"))
    assert pages[0] == pages[1]
    answers = [
        client.post(reverse("reissue_slip", args=[school.slug, one.key])).status_code
        for one in (free, barred)
    ]
    assert answers == [200, 200]


# Suspended ------------------------------------------------------------------------------------------


def test_a_suspended_teacher_lets_nobody_in(school, sign_in):
    teacher = make_member(school, "paul", "teacher")
    waiting = waiting_for(school.rooms[0], UserFactory(username="amina"))
    client, address = sign_in(teacher.user), reverse("waiting_list", args=[school.slug])
    later = timezone.now() + datetime.timedelta(days=2)
    Membership.objects.of_school(school).filter(pk=teacher.pk).update(
        suspended_until=later, suspended_why="…"
    )
    assert client.post(address, {"decision": "in", "who": [waiting.key]}).status_code == 403
    assert member(waiting).is_pending
    Membership.objects.of_school(school).filter(pk=teacher.pk).update(suspended_until=None)
    client.post(address, {"decision": "in", "who": [waiting.key]})
    assert not member(waiting).is_pending
