"""The mail that tells somebody what was typed for them: in their language, and only while it stands."""

import pytest
from django.core import mail

from accounts.assisted.actions import agree, record_class, record_preference, undo
from accounts.assisted.mails import entry_mail
from accounts.models import Delivery
from accounts.outbox.messages import Mail, Nothing
from accounts.schools.actions import open_school
from accounts.schools.models import School
from portal.assisted import UNDOERS
from tests.factories import make_member, make_school, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db):
    school = make_school()
    helper, amina = make_member(school, "ines", "helper"), make_member(school, "amina", "parent")
    return record_preference(member(helper), amina, "present", prefers_paper=True, language="ar")


def composed() -> Mail | Nothing:
    return entry_mail(Delivery.objects.get(kind="assisted_entry"))


def test_it_is_in_the_language_that_was_just_chosen(entry):
    made = composed()
    assert isinstance(made, Mail)
    assert (made.language, made.to) == ("ar", "amina@famille.example")
    assert "Ines" in made.context["who"]


def test_once_undone_it_is_not_sent(entry):
    undo(entry, entry.person.user, UNDOERS)
    assert composed() == Nothing("undone")


def test_who_left_meanwhile_is_not_written_to(entry):
    entry.person.state = "left"
    entry.person.save()
    assert composed() == Nothing("not shown")


@pytest.mark.parametrize("act", ["typed", "agreed"])
def test_nothing_leaves_before_the_school_is_opened(act):
    school = make_school()
    School.objects.filter(pk=school.pk).update(opened=None)
    school.refresh_from_db()
    amina = make_member(school, "amina", "parent")
    kind = "director" if act == "agreed" else "helper"
    ines, room = member(make_member(school, "ines", kind)), school.rooms[0]
    if act == "typed":
        record_preference(ines, amina, "present", prefers_paper=True)
    else:
        helper = member(make_member(school, "karim", "helper"))
        agree(record_class(helper, amina, room, "present"), ines)
    send_now()
    assert mail.outbox == []
    open_school(school, by=None)
    send_now()
    assert [sent.to for sent in mail.outbox] != []
