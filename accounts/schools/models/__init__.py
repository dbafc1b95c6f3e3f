"""The school and its people, by subject."""

from accounts.schools.models.asked import Asked
from accounts.schools.models.documents import Document
from accounts.schools.models.mandates import Mandate, ParentList
from accounts.schools.models.members import Hat, Membership, Restriction
from accounts.schools.models.school import Classroom, School, SchoolYear

__all__ = [
    "Asked",
    "Classroom",
    "Document",
    "Hat",
    "Mandate",
    "Membership",
    "ParentList",
    "Restriction",
    "School",
    "SchoolYear",
]
