"""What every page shows around its own content: roof, account, languages, footer."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from accounts.people import policy

LANGUAGE_LABELS = {"fr": "Français", "ar": "العربية", "en": "English"}
# Pages of the library's house, for the current entry of the roof.
LIBRARY_PATHS = ("/ressources/", "/themes/", "/selections/", "/glossaire/")


@dataclass(frozen=True)
class Entry:
    """A link of the roof."""

    label: str
    url: str
    current: bool


def _entries(request: HttpRequest) -> list[Entry]:
    path = request.path_info
    library = path == "/" or path.startswith(LIBRARY_PATHS)
    entries = [Entry(gettext("Library"), "/", library)]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.is_staff:
        if policy.is_curator(user):
            entries.append(Entry(gettext("To review"), "/admin/a-relire/", path == "/admin/a-relire/"))
        else:
            entries.append(Entry(gettext("Administration"), "/admin/", path.startswith("/admin/")))
    helping = path.startswith(("/besoin-daide/", "/aide/"))
    entries.append(Entry(gettext("Help"), "/besoin-daide/", helping))
    return entries


def _account(request: HttpRequest) -> dict[str, object]:
    """The far end of the roof: « Mon compte (Amina) », or the way in."""
    user = getattr(request, "user", None)
    current = request.path_info.startswith("/compte/")
    if user is not None and user.is_authenticated:
        # The first word of the name is enough to know oneself, and keeps the roof on its lines.
        name = next(iter(str(user).split()), "")
        return {"label": gettext("My account"), "name": name, "url": "/compte/", "current": current}
    return {"label": gettext("Sign in"), "name": "", "url": "/compte/login/", "current": current}


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    rest = request.GET.copy()
    rest.pop("langue", None)
    current = get_language()
    rows = []
    for code in settings.OFFERED_LANGUAGES:
        rest["langue"] = code
        rows.append(
            {
                "code": code,
                "name": LANGUAGE_LABELS[code],
                "url": f"{request.path}?{rest.urlencode()}",
                "current": code == current,
            }
        )
    return rows


def _footer() -> list[dict[str, str]]:
    return [
        {"label": gettext("Words of the school"), "url": "/glossaire/"},
        {"label": gettext("Your data"), "url": "/donnees-personnelles/"},
        {"label": gettext("Accessibility"), "url": "/accessibilite/"},
        {"label": gettext("Legal notice"), "url": "/mentions-legales/"},
        {"label": gettext("Terms"), "url": "/conditions/"},
        {"label": gettext("Report a content"), "url": "/signaler/"},
    ]


def holes(request: HttpRequest) -> dict[str, str]:
    """A person's own parts of a page kept without them: see foundation.pagecache."""
    context = roof(request) | {"messages": get_messages(request)}
    return {
        name: render_to_string(f"holes/{name}.html", context) for name in ("roof", "messages", "languages")
    }


def roof(request: HttpRequest) -> dict[str, object]:
    """Context processor: what base.html reads beside its own blocks."""
    return {
        "roof": _entries(request),
        "account": _account(request),
        "languages": _languages(request),
        "footer_links": _footer(),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.IS_DEMO,
    }
