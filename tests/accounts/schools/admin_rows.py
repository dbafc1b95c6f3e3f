"""Rows of every model in a school, and where the admin shows them."""

import datetime
import re

from django.contrib import admin

from accounts.audit.models import AuditEntry
from accounts.schools.models import (
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
from tests.accounts.schools.reading import markup

MODELS = (
    School,
    SchoolYear,
    Classroom,
    Membership,
    Hat,
    Mandate,
    ParentList,
    Restriction,
    Document,
    AuditEntry,
)
SECRETS = ("Quark", "Neutrino", "Photon", "Étoile", "Comète", "Curie", "curie", "Secret")
DECIDED = datetime.date(2026, 11, 2)


def rows_of(model, place):
    path = admin.site._registry[model].school_path
    rows = model._base_manager.filter(**{path or "pk": place.school.pk if not path else place.school})
    return rows.order_by("pk")


def url(model, page: str = "") -> str:
    return f"/admin/accounts/{model._meta.model_name}/{page}"


def ids(client, model, query: str = "") -> set[int]:
    """The rows that a list leads to."""
    found = re.findall(rf'href="{re.escape(url(model))}(\d+)/change/', markup(client.get(url(model) + query)))
    return {int(one) for one in found}
