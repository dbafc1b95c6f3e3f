"""Those awaited, in the admin: of the schools where one has *members*, and of no other."""

import pytest

from accounts.audit.models import AuditEntry
from accounts.invitations.models import MailToken
from accounts.outbox.models import Delivery
from tests.accounts.invitations.papers import awaited, text
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/invitation/"


@pytest.fixture
def school(settings):
    # The second factor is told elsewhere.
    settings.IS_DEMO = True
    return make_school()


@pytest.fixture
def secretary(school, sign_in):
    return sign_in(make_member(school, "simone", "secretary", rights=["members"]).user)


def test_the_list_holds_ones_own_school_only(school, secretary):
    awaited(school)
    other = awaited(make_school("marie-curie"), "Quark", "Diego")
    shown = text(secretary.get(LIST))
    assert "Haddad Amina" in shown
    assert "Quark" not in shown
    assert "Diego" not in text(secretary.get(LIST, {"q": "Quark"}))
    assert secretary.get(f"{LIST}{other.pk}/change/").status_code in {302, 404}


def test_the_list_is_closed_to_others_of_the_school(school, sign_in):
    no_right = make_member(school, "simon", "secretary", rights=["documents"])
    assert sign_in(no_right.user).get(LIST).status_code == 403


def test_a_corrected_address_is_written_to_anew_and_the_old_mail_leads_nowhere(school, secretary):
    row = awaited(school, email="faute@famille.example")
    first = Delivery.objects.get()
    answer = secretary.post(f"{LIST}{row.pk}/change/", {"civility": "Mme", "email": "Amina@famille.example"})
    assert answer.status_code == 302
    row.refresh_from_db()
    first.refresh_from_db()
    assert (row.email, row.mails) == ("amina@famille.example", 1)
    assert first.secret == ""
    assert MailToken.objects.count() == 1
    assert Delivery.objects.exclude(pk=first.pk).get().address == "amina@famille.example"
    assert AuditEntry.objects.filter(verb="invitation_corrected").exists()


def test_nothing_else_is_changed_added_or_deleted_there(school, secretary):
    row = awaited(school)
    secretary.post(
        f"{LIST}{row.pk}/change/", {"civility": "", "email": "", "state": "joined", "kind": "director"}
    )
    row.refresh_from_db()
    assert (row.state, row.kind) == ("waiting", "parent")
    assert secretary.get(f"{LIST}add/").status_code == 403
    assert secretary.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
