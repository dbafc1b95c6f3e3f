"""Gather the models of each accounts feature, where Django looks for them."""

from accounts.assisted.models import AssistedEntry
from accounts.audit.models import AuditEntry
from accounts.families.models import HomonymChoice, ImportPlan
from accounts.invitations.models import ClassCode, Invitation, MailToken, Slip
from accounts.outbox.models import Delivery, Dispatch, Sending
from accounts.people.models import HostRole, KeptText, User
from accounts.reach.models import ReachWeek
from accounts.register.models import Consent, Erasure, Leaving
from accounts.rollover.models import NextClass, Promotion, Rollover
from accounts.schools.models import (
    Asked,
    Classroom,
    Document,
    Hat,
    Mandate,
    Membership,
    ParentList,
    Restriction,
    School,
    SchoolYear,
)

__all__ = [
    "Asked",
    "AssistedEntry",
    "AuditEntry",
    "ClassCode",
    "Classroom",
    "Consent",
    "Delivery",
    "Dispatch",
    "Document",
    "Erasure",
    "Hat",
    "HomonymChoice",
    "HostRole",
    "ImportPlan",
    "Invitation",
    "KeptText",
    "Leaving",
    "MailToken",
    "Mandate",
    "Membership",
    "NextClass",
    "ParentList",
    "Promotion",
    "ReachWeek",
    "Restriction",
    "Rollover",
    "School",
    "SchoolYear",
    "Sending",
    "Slip",
    "User",
]
