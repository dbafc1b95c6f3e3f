"""Rows inserted by the thousand are those that would have been saved one by one, whatever they hold."""

import pytest

from accounts.families.bulk import Rows, link, set_values
from accounts.invitations.models import Invitation
from tests.factories import make_school

pytestmark = pytest.mark.django_db

# Each means something to one way of writing rows: separators, ends of line, escapes, nothing, quotes.
TEXTS = ["", "NULL", "\\N", "\\", "\\.", "a\tb", "a\nb", "a\r\nb", "a,b;c", "'", '"', "%s", "{a}"]
TEXTS += ["É Œ 🙂", "مها"]


@pytest.fixture
def school(db):
    return make_school(classes=("CP A", "CE2"))


@pytest.fixture
def rows(school):
    """One invitation for each text, inserted by the thousand's way."""
    made = [
        Invitation(school=school, last_name=text, match=text, kind="parent", rights=["a", text])
        for text in TEXTS
    ]
    Rows(Invitation, made).insert()
    found = {row.key: row for row in Invitation.objects.of_school(school)}
    return [(one, found[one.key]) for one in made]


def test_every_value_comes_back_as_it_was(rows):
    assert len(rows) == len(TEXTS)
    for made, found in rows:
        for field in Invitation._meta.concrete_fields:
            if not field.primary_key:
                assert getattr(found, field.attname) == getattr(made, field.attname), field.name


def test_a_link_that_is_there_is_left_alone(rows, school):
    through = Invitation.classrooms.through
    first, second = school.rooms
    keys = [row.pk for _made, row in rows]
    columns = ["invitation_id", "classroom_id"]
    link(through, columns, [(keys[0], first.pk)])
    link(through, columns, ((key, room.pk) for key in keys for room in (first, second)))
    link(through, columns, [])
    pairs = set(through.objects.values_list("invitation", "classroom"))
    assert pairs == {(key, room.pk) for key in keys for room in (first, second)}
    assert through.objects.count() == 2 * len(TEXTS)


def test_only_the_rows_named_are_changed(rows, school):
    set_values(Invitation, "email", ((f"{row.last_name}@x", row.pk) for _made, row in rows[:-1]))
    set_values(Invitation, "email", [])
    emails = [row.email for row in Invitation.objects.of_school(school).order_by("pk")]
    assert emails == [*(f"{text}@x" for text in TEXTS[:-1]), ""]


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        Rows(Invitation, []).insert()
