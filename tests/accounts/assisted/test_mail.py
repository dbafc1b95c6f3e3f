"""The mail that tells somebody what was typed for them: in their language, and only while it stands."""

import pytest

from accounts.assisted.actions import record_preference, undo
from accounts.assisted.mails import entry_mail
from accounts.models import Delivery
from accounts.outbox.messages import Mail, Nothing
from portal.assisted import UNDOERS
from tests.factories import make_member, make_school, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db):
    school = make_school()
    helper, amina = make_member(school, "ines", "helper"), make_member(school, "amina", "parent")
    return record_preference(member(helper), amina, "present", prefers_paper=True, language="ar")


def composed() -> Mail | Nothing:
    return entry_mail(Delivery.objects.get(kind="assisted_entry"))


def test_it_is_in_the_language_that_was_just_chosen(entry):
    mail = composed()
    assert isinstance(mail, Mail)
    assert (mail.language, mail.to) == ("ar", "amina@famille.example")
    assert "Ines" in mail.context["who"]


def test_once_undone_it_is_not_sent(entry):
    undo(entry, entry.person.user, UNDOERS)
    assert composed() == Nothing("undone")


def test_who_left_meanwhile_is_not_written_to(entry):
    entry.person.state = "left"
    entry.person.save()
    assert composed() == Nothing("not shown")
