"""The pages a public site owes its readers, and those that help."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.html import french
from foundation.pagecache import anonymous_page
from portal.roof import own_schools
from resources.catalogue.models import HelpNumber
from resources.catalogue.rows import companion_row
from resources.catalogue.snapshot import library

# The national map of places that help with the internet (DOMAIN 4.3); nothing is loaded from it.
NATIONAL_MAP = "https://cartographie.societenumerique.gouv.fr/"
HELP_THEME = "aide-numerique"
GUIDES = (
    "visiteur",
    "parents",
    "parents-elus",
    "enseignants",
    "aides",
    "animation",
    "direction",
    "curation",
    "moderation",
    "exploitation",
)


@dataclass(frozen=True)
class Owed:
    """A thing the host must fill in, and whether it has."""

    label: str
    value: str


@require_safe
@login_not_required
@anonymous_page()
def help_now(request: HttpRequest) -> HttpResponse:
    """Numbers, readings and places: one tap from everywhere."""
    books = library(request)
    theme = books.themes_by_slug.get(HELP_THEME)
    cards = [card for card in books.of_theme(theme) if "parents" in card.audiences] if theme else []
    numbers = [
        {"number": row.number, "name": french(row.name), "line": french(row.line), "hours": french(row.hours)}
        for row in HelpNumber.objects.all()
    ]
    context = {
        "numbers": numbers,
        "readings": [companion_row(card) for card in cards],
        "theme_url": theme.get_absolute_url() if theme else "",
        "map_url": NATIONAL_MAP,
    }
    return render(request, "portal/help_now.html", context | own_schools(request))


@require_safe
@login_not_required
@anonymous_page()
def guides(request: HttpRequest) -> HttpResponse:
    """The guides to the portal itself, one a role."""
    return render(request, "portal/guides.html")


@require_safe
@login_not_required
@anonymous_page()
def guide(request: HttpRequest, role: str) -> HttpResponse:
    """The guide for one role."""
    if role not in GUIDES:
        raise Http404
    return render(request, f"portal/guide_{role}.html")


@require_safe
@login_not_required
@anonymous_page()
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Publisher, director, host: from the settings, saying what is not filled yet (DOMAIN 3.7)."""
    host = settings.HOST
    publisher = [
        Owed(gettext("Name"), host["name"]),
        Owed(gettext("Address"), host["address"]),
        Owed(gettext("Telephone"), host["telephone"]),
        Owed(gettext("E-mail"), host["email"]),
        Owed(gettext("Director of publication"), host["director"]),
    ]
    hosting = [
        Owed(gettext("Name"), host["hosting_name"]),
        Owed(gettext("Address"), host["hosting_address"]),
        Owed(gettext("Telephone"), host["hosting_telephone"]),
    ]
    return render(request, "portal/legal_notice.html", {"publisher": publisher, "hosting": hosting})


@require_safe
@login_not_required
@anonymous_page()
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and whom to ask."""
    return render(request, "portal/personal_data.html", {"dpo": settings.HOST["dpo_email"]})


@require_safe
@login_not_required
@anonymous_page()
def terms(request: HttpRequest) -> HttpResponse:
    """What one accepts here, who moderates, whom to write to (regulation 2022/2065, articles 11 to 14)."""
    host = settings.HOST
    context = {"email": host["report_email"] or host["email"], "post": host["address"]}
    return render(request, "portal/terms.html", context)


@require_safe
@login_not_required
@anonymous_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement of the law of 2005, article 47: what was measured, and that no audit was made."""
    return render(request, "portal/accessibility.html", {"contact": settings.HOST["email"]})
