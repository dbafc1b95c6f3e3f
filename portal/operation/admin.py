"""`/admin/sante/`: the operator's page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from accounts.people import policy
from accounts.people.requests import SignedInRequest
from portal.operation.figures import figures
from portal.operation.readings import Reading, readings


@require_safe
def health_page(request: SignedInRequest) -> HttpResponse:
    """Show how the portal is: what asks for something first."""
    if not policy.is_operator(request.user):
        raise PermissionDenied
    now = timezone.now()
    found = readings(now)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Health of the site"),
        "lede": _lede(sum(reading.is_red for reading in found)),
        "entries": [_entry(reading) for reading in found],
        "figures": figures(now),
        "mails_url": reverse("admin:accounts_delivery_changelist"),
        "jobs_url": reverse("admin:portal_clockrun_changelist"),
        "crumbs": [
            {"label": gettext("Administration"), "url": reverse("admin:index")},
            {"label": gettext("Health of the site"), "url": ""},
        ],
    }
    return render(request, "admin/operation/health.html", context)


def _lede(red: int) -> str:
    if not red:
        return gettext("All is well: nothing to do.")
    return ngettext("%(count)d thing to do.", "%(count)d things to do.", red) % {"count": red}


def _entry(reading: Reading) -> dict[str, Any]:
    return {
        "title": reading.title,
        "text": reading.text,
        "ask": reading.ask,
        "state": "alert" if reading.is_red else "",
        "state_word": gettext("To do") if reading.is_red else gettext("All is well"),
    }
