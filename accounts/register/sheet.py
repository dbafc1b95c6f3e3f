"""The register's sheet, filled from what the code does: lengths are those it applies (docs/retention.md)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, ngettext

from accounts.families.models import ImportPlan
from accounts.invitations import privacy as invitations
from accounts.outbox.actions.keeping import KEPT as MAILS_KEPT
from accounts.register.actions.leaving import MONTHS
from accounts.schools import middleware as sessions
from accounts.schools.models import School
from accounts.schools.privacy import LEFT_KEPT

FIRST_DEGREE = {School.Level.MATERNELLE, School.Level.ELEMENTAIRE, School.Level.PRIMAIRE}


@dataclass(frozen=True)
class Line:
    """One heading of the register and what it says."""

    title: str
    texts: list[str]


def controller(school: School) -> str:
    """Who answers for the processing: the DASEN in primary, the head in secondary (DOMAIN 3.3)."""
    if school.level in FIRST_DEGREE:
        return gettext("The academic director of national education services (DASEN), for this school")
    return gettext("The head of this school")


def rows(school: School) -> list[Line]:
    """The seven headings, in the order of the register."""
    return [
        Line(gettext("Purposes"), _purposes()),
        Line(gettext("People"), [gettext("Adults alone: parents, close relations, staff. No pupil.")]),
        Line(gettext("Data"), _data()),
        Line(gettext("Who has access"), _access()),
        Line(gettext("Where"), _places()),
        Line(gettext("How long"), _lengths()),
        Line(gettext("Safeguards"), _protection()),
        Line(gettext("Rights"), _rights()),
    ]


def _purposes() -> list[str]:
    return [
        gettext("Inform the parents of the school, and let them answer and exchange with it."),
        gettext("Let each adult in by a paper of the school, without open sign-up."),
        gettext("Pass name and e-mail to an association of parents, with express consent (D. 111-8)."),
    ]


def _data() -> list[str]:
    return [
        gettext("Name, e-mail if there is one, language, classes, role in the school and its dates."),
        gettext("Dates, devices and network addresses of sign-ins; mails sent, without their text."),
        gettext("Court decisions: the date, and where the paper is kept; never their content."),
        gettext("Not kept: children’s names, telephones, postal addresses, marks, photographs."),
    ]


def _access() -> list[str]:
    return [
        gettext("The person: everything about them, at any time, but a restriction decided by a court."),
        gettext("The direction, and the deputies it names: the members, by name."),
        gettext("An elected parent: the names of those who agreed, for their own association."),
        gettext("The operator of the server: accounts, for support. Nobody else."),
    ]


def _places() -> list[str]:
    host = settings.HOST["hosting_name"] or settings.HOST["name"]
    where = gettext("The server of %(host)s.") % {"host": host} if host else gettext("To be filled in: host.")
    address = settings.HOST["hosting_address"]
    return [" ".join(part for part in (where, address) if part), gettext("No transfer out of this server.")]


def _lengths() -> list[str]:
    hours = int(ImportPlan.LIFE.total_seconds() // 3600)
    return [
        ngettext("Imported file: %(n)s hour.", "Imported file: %(n)s hours.", hours) % {"n": hours},
        gettext("Account: while the person belongs to a school, then %(n)s months.") % {"n": MONTHS},
        gettext("Link with a school that was left: %(n)s days.") % {"n": LEFT_KEPT.days},
        gettext("Invitation never used: %(n)s days.") % {"n": invitations.WAITING_KEPT.days},
        gettext("Mails sent (date and outcome): %(n)s days.") % {"n": MAILS_KEPT.days},
        gettext("Sign-ins: %(n)s days at most.") % {"n": sessions.IN_ALL // sessions.DAY},
        gettext("Acts on record, without names: the school year and one year more."),
    ]


def _protection() -> list[str]:
    return [
        gettext("Sign-in by mailed code, password or passkey; a second factor for staff."),
        gettext("A new proof before exports, erasure and changes of address."),
        gettext("Papers that let in: used once, locked after five wrong tries."),
        gettext("Each act of staff on a person is on record. No tracker, no request to another site."),
    ]


def _rights() -> list[str]:
    dpo = settings.HOST["dpo_email"] or gettext("to be filled in")
    return [
        gettext("Read, correct, take along, erase: by the person, on the page “My data”."),
        gettext("Data protection officer: %(address)s") % {"address": dpo},
    ]
