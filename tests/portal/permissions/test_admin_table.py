"""Who may view, add, change and delete in the admin: each ModelAdmin has a row, written by hand."""

import pytest
from django.contrib import admin

from portal.permissions.people import subjects

ACTS = ("view", "add", "change", "delete")
CURATORS = {"curator", "host moderator"}
OPERATOR = {"operator"}
HOST = CURATORS | OPERATOR
LEADS = {"director", "director and parent", "interim"}
MEMBERS = LEADS | {"deputy", "secretary"}
DOCUMENTS = MEMBERS - {"interim"}
# Whoever bears a title opens the admin; a deputy without rights reads the school's sheet there.
STAFF = MEMBERS | {"deputy without rights"}
# The director, and the title that was given *moderation*.
DIRECTION = LEADS | {"deputy"}
NONE: set[str] = set()

# model → who may view, add, change, delete a row of it somewhere. A new admin fails until it stands here.
MAY = {
    # The library, by curators.
    "Collection": (CURATORS,) * 4,
    "HelpNumber": (CURATORS,) * 4,
    "HolidayPeriod": (CURATORS,) * 4,
    "Resource": (CURATORS,) * 4,
    "Source": (CURATORS,) * 4,
    "Term": (CURATORS,) * 4,
    "Theme": (CURATORS,) * 4,
    "Variant": (CURATORS,) * 4,
    # The host: accounts, roles, jobs, mails.
    "ClockRun": (OPERATOR, NONE, NONE, NONE),
    "Delivery": (OPERATOR, NONE, NONE, NONE),
    "HostRole": (OPERATOR,) * 4,
    "User": (OPERATOR, OPERATOR, OPERATOR, NONE),
    # The school: the host creates it and sees its sheet, never its people.
    "School": (STAFF | HOST, HOST, LEADS, NONE),
    "SchoolYear": (LEADS, NONE, NONE, NONE),
    "Classroom": (STAFF, LEADS, LEADS, LEADS),
    "Membership": (MEMBERS, NONE, MEMBERS, NONE),
    "Hat": (LEADS,) * 4,
    "Mandate": (LEADS,) * 4,
    "ParentList": (LEADS,) * 4,
    "Restriction": (LEADS,) * 4,
    "Document": (DOCUMENTS,) * 4,
    "Invitation": (MEMBERS, NONE, MEMBERS, NONE),
    "AuditEntry": (LEADS, NONE, NONE, NONE),
    "AssistedEntry": (MEMBERS, NONE, NONE, NONE),
    "Rollover": (LEADS, NONE, NONE, NONE),
    # Exchanges: cards of groups, and the log of decisions, which no door of the admin changes.
    "Group": (DIRECTION, NONE, NONE, NONE),
    "Decision": (DIRECTION, NONE, NONE, NONE),
}
KNOWN = {model.__name__: row for model, row in admin.site._registry.items()}


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_these_roles_open_this_admin_and_no_other(name):
    policy = KNOWN[name].policy
    for act, expected in zip(ACTS, MAY[name], strict=True):
        may = {
            role
            for role, who in subjects().items()
            if who.user.is_authenticated and getattr(policy, act)(who.user, None)
        }
        assert may == expected, act


def test_no_row_is_left_over():
    assert set(MAY) == set(KNOWN)
