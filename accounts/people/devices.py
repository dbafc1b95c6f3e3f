"""Say in words from which device somebody is signed in; no address is shown."""

from allauth.usersessions.models import UserSession
from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from accounts.people.models import User
from foundation.prepared import Prepared

# First match wins: browsers quote one another's names.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def count_devices(user: User) -> int:
    """On how many the person is signed in."""
    rows = _DEVICES.rows(user=user.pk)
    return rows[0][1] if rows else 0


def _devices(user: int) -> QuerySet:
    rows = UserSession.objects.filter(user=user).order_by().values("user")
    return rows.annotate(count=Count("pk")).values_list("user", "count")


_DEVICES = Prepared(_devices, user=int)


def device_in_words(user_agent: str) -> str:
    """« Firefox, Windows », or that the device does not say what it is."""
    found = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(name for name in found if name) or gettext("A device that does not say its name")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
