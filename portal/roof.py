"""What every page shows around its own content: roof, account, languages, footer."""

from typing import Any, TypedDict

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from accounts.people import policy
from accounts.schools.access import members_of, seen_in
from accounts.schools.member import Member
from accounts.schools.policy import is_member
from exchanges.groups.policy import can_see_groups
from foundation.html import french

LANGUAGE_LABELS = {"fr": "Français", "ar": "العربية", "en": "English"}
HOME = "/"
# The library's home for whoever is led elsewhere from `/`.
LIBRARY = "/bibliotheque/"
NEWS = "/quoi-de-neuf/"
HEALTH = "/admin/sante/"
REVIEW = "/admin/a-relire/"
# Under a school's address.
GROUPS, REREAD = "groupes/", "a-moderer/"
AT_MOST = 5
# Pages of the library's house, for the current entry of the roof.
LIBRARY_PATHS = (LIBRARY, "/ressources/", "/themes/", "/selections/", "/glossaire/")


class Entry(TypedDict):
    """A link of the roof, as the tag shaped takes it."""

    label: str
    url: str
    current: bool


def _entries(request: HttpRequest) -> list[Entry]:
    """The main menu of JOURNEYS §1: at most five entries, the same words for all, at the same place."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return [_library(request, HOME), _schools(request), _code(request), _help(request)]
    members = members_of(user)
    curator, operator = policy.is_curator(user), policy.is_operator(user)
    entries = [_own_school(request, members), *_groups(request, members)] if members else []
    if operator:
        entries.append(_entry(request, gettext("Health"), HEALTH))
    if members or not operator or curator:
        entries.append(_library(request, LIBRARY if members else HOME))
    if curator:
        entries.append(_entry(request, gettext("To review"), REVIEW))
    if not members:
        entries.append(_schools(request))
    if not (members or operator or curator):
        entries.append(_code(request))
    entries.append(_help(request))
    # Of somebody who runs the site, its review and groups too: the library is on every home.
    return entries if len(entries) <= AT_MOST else [one for one in entries if one["url"] != LIBRARY]


def _entry(request: HttpRequest, label: str, url: str) -> Entry:
    return entry(label, url, request.path_info.startswith(url))


def entry(label: str, url: str, current: bool) -> Entry:
    return {"label": label, "url": url, "current": current}


def _own_school(request: HttpRequest, members: tuple[Member, ...]) -> Entry:
    """The only school, or the page that lists them (JOURNEYS §1)."""
    own = [member.school.get_absolute_url() for member in members]
    url = own[0] if len(own) == 1 else NEWS
    current = request.path_info.startswith((NEWS, *own))
    return entry(gettext("School"), url, current and not _in_groups(request, members))


def _groups(request: HttpRequest, members: tuple[Member, ...]) -> list[Entry]:
    """The groups of the only school where one has any, or of the school one is in; else all that is new."""
    own = [member for member in members if can_see_groups(member)]
    if not own:
        return []
    here = [one for one in own if request.path_info.startswith(one.school.get_absolute_url())]
    chosen = own[0] if len(own) == 1 else here[0] if here else None
    url = f"{chosen.school.get_absolute_url()}{GROUPS}" if chosen else NEWS
    return [entry(gettext("Groups"), url, _in_groups(request, members))]


def _in_groups(request: HttpRequest, members: tuple[Member, ...]) -> bool:
    pages = tuple(
        f"{member.school.get_absolute_url()}{page}" for member in members for page in (GROUPS, REREAD)
    )
    return request.path_info.startswith(pages)


def _library(request: HttpRequest, url: str) -> Entry:
    path = request.path_info
    return entry(gettext("Library"), url, path == HOME or path.startswith(LIBRARY_PATHS))


def _schools(request: HttpRequest) -> Entry:
    return _entry(request, gettext("Schools"), "/ecoles/")


def _code(request: HttpRequest) -> Entry:
    return _entry(request, gettext("I have a code"), "/rejoindre/")


def _help(request: HttpRequest) -> Entry:
    return entry(
        gettext("Help"), "/besoin-daide/", request.path_info.startswith(("/besoin-daide/", "/aide/"))
    )


def home_of(user: Any) -> str:
    """Return where `/` leads this person: the only school, their list of schools, or "" for the library."""
    members = members_of(user)
    if not members:
        return ""
    return members[0].school.get_absolute_url() if len(members) == 1 else NEWS


def _account(request: HttpRequest) -> dict[str, object]:
    """The far end of the roof: « Mon compte (Amina) », or the way in."""
    user = getattr(request, "user", None)
    current = request.path_info.startswith("/compte/")
    if user is not None and user.is_authenticated:
        # The first word of the name is enough to know oneself, and keeps the roof on its lines.
        name = next(iter(str(user).split()), "")
        return {"label": gettext("My account"), "name": name, "url": "/compte/", "current": current}
    return {"label": gettext("Sign in"), "name": "", "url": "/compte/login/", "current": current}


def _talk_url(request: HttpRequest) -> str:
    """Where a member speaks about the resource they read with their groups; "" for anybody else."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or user is None or "slug" not in match.kwargs:
        return ""
    if not any(is_member(member) for member in members_of(user)):
        return ""
    return f"{reverse('choose_group')}?ressource={match.kwargs['slug']}"


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


class Holes(dict[str, str]):
    """A person's own parts, made when a page has a place for them."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.request = request

    def __missing__(self, name: str) -> str:
        if name == "schools":
            context = own_schools(self.request)
        else:
            context = roof(self.request) | csrf(self.request) | {"messages": get_messages(self.request)}
        self[name] = render_to_string(f"holes/{name}.html", context)
        return self[name]


def holes(request: HttpRequest) -> dict[str, str]:
    """A person's own parts of a page kept without them: see foundation.pagecache."""
    return Holes(request)


def own_schools(request: HttpRequest) -> dict[str, object]:
    """Whom to call in each school of the person: for the page of help."""
    rows = [
        {
            "school": member.school,
            "lines": [french(line) for line in member.school.hours.splitlines()],
            "dial": dial(member.school.telephone),
            "team": reverse("who_does_what", args=[member.school.slug]) if is_member(member) else "",
        }
        for member in members_of(request.user)
    ]
    return {"own_schools": rows, "name_lang": "fr" if get_language() != "fr" else ""}


def dial(telephone: str) -> str:
    """Return what a telephone dials: digits, and the plus of a foreign number."""
    return "".join(sign for sign in telephone if sign.isdigit() or sign == "+")


def roof(request: HttpRequest) -> dict[str, object]:
    """Context processor: what base.html reads beside its own blocks."""
    return {
        # Asked of the database only by the pages that show them: a printed sheet has no roof.
        "roof": SimpleLazyObject(lambda: _entries(request)),
        "account": _account(request),
        "languages": _languages(request),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.IS_DEMO,
        "talk_url": SimpleLazyObject(lambda: _talk_url(request)),
        "seen_as": SimpleLazyObject(lambda: seen_in(request) if hasattr(request, "user") else None),
    }
