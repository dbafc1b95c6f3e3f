"""What is held of an account: itself, its ways in, its devices, its roles; and how all of it goes."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from accounts.people.devices import device_in_words
from accounts.people.models import HostRole, KeptText, User
from accounts.people.policy import is_operator
from foundation.spreadsheets import row_of

Rows = list[tuple[str, str]]
# Shorter names are parts of many words.
SHORTEST_NAME = 4


def held(user: User) -> list[tuple[str, Rows]]:
    parts = [(gettext("My account"), _account(user)), (gettext("How I get in"), _ways_in(user))]
    parts.append((gettext("My devices"), _devices(user)))
    roles = [(role.get_role_display(), _day(role.since)) for role in user.host_role_rows.all()]
    texts = [(_moment(text.created), gettext("A text that waits to be sent.")) for text in _kept(user)]
    parts += [(gettext("My work here"), roles), (gettext("Texts that wait"), texts)]
    return [(title, rows) for title, rows in parts if rows]


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """All of the account but its secrets: passwords and keys open doors, and are nobody's to carry."""
    account = row_of(user, ["username", "display_name", "email", "language", "date_joined", "prefers_paper"])
    since, used, kind = gettext("since"), gettext("last used"), gettext("kind")
    factors = [
        {kind: row.get_type_display(), since: _iso(row.created_at), used: _iso(row.last_used_at)}
        for row in Authenticator.objects.filter(user=user).order_by("pk")
    ]
    devices = [
        {
            gettext("device"): row.user_agent,
            gettext("network address"): row.ip,
            since: _iso(row.created_at),
            used: _iso(row.last_seen_at),
        }
        for row in UserSession.objects.filter(user=user).order_by("pk")
    ]
    return {
        gettext("account"): [account],
        gettext("ways in"): factors,
        gettext("devices"): devices,
        gettext("roles"): [row_of(role, ["role", "since", "until"]) for role in user.host_role_rows.all()],
        gettext("kept texts"): [row_of(text, ["path", "fields", "created"]) for text in _kept(user)],
    }


def forget_traces(user: User, *, into: User | None = None) -> None:
    """Delete whatever of the server names the person outside their own rows.

    Comes before all other parts, while their schools still say what they are called. `into` is the person's
    other account, whose sessions go on.
    """
    addresses, names = addresses_of(user), names_of(user)
    _forget_sessions(user, addresses, names, into)
    _forget_tasks(addresses, names)
    _forget_written_mails(addresses)
    LogEntry.objects.filter(Q(user=user) | Q(object_repr__in=names)).delete()


def erase(user: User, *, keep_contributions: bool) -> None:
    """Delete the account; comes after all other parts."""
    user.delete()


def is_last_operator(user: User) -> bool:
    """Whether nobody else could give roles once this person is gone."""
    if not is_operator(user):
        return False
    others = HostRole.objects.in_force().filter(role=HostRole.Role.OPERATOR, user__is_active=True)
    return not others.exclude(user=user).exists()


def addresses_of(user: User) -> list[str]:
    """Every address the account has, verified or not."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return sorted({address.lower() for address in (*known, user.email or "") if address})


def names_of(user: User) -> list[str]:
    """What the person is called: here and in each school."""
    in_schools = user.memberships.all().unscoped().values_list("name", flat=True)
    return sorted({name for name in (user.username, user.display_name, *in_schools) if name})


def _account(user: User) -> Rows:
    rows = [
        (gettext("User name"), user.username),
        (gettext("Name"), user.display_name),
        (gettext("E-mail"), user.email or gettext("none")),
        (gettext("Language"), dict(settings.LANGUAGES).get(user.language, user.language)),
        (gettext("Here since"), date_format(timezone.localdate(user.date_joined), "j F Y")),
    ]
    return [*rows, (gettext("News on paper"), gettext("yes"))] if user.prefers_paper else rows


def _ways_in(user: User) -> Rows:
    rows = [
        (row.get_type_display(), _day(timezone.localdate(row.created_at)))
        for row in Authenticator.objects.filter(user=user).order_by("pk")
    ]
    if user.has_usable_password():
        rows.insert(0, (gettext("Password"), gettext("kept in a form that nobody can read")))
    return rows


def _devices(user: User) -> Rows:
    sessions = UserSession.objects.filter(user=user).order_by("-last_seen_at", "pk")
    return [
        (
            device_in_words(row.user_agent),
            gettext("last used %(when)s, from the network address %(ip)s")
            % {"when": _moment(row.last_seen_at), "ip": row.ip},
        )
        for row in sessions
    ]


def _kept(user: User) -> Iterable[KeptText]:
    return KeptText.objects.filter(user=user)


def _forget_sessions(user: User, addresses: list[str], names: list[str], into: User | None) -> None:
    """Delete the sessions of the person, and any other that holds their address or name."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    signs = [*addresses, *(name for name in names if len(name) >= SHORTEST_NAME)]
    for session in Session.objects.iterator():
        data = session.get_decoded()
        whose = str(data.get("_auth_user_id", ""))
        if into is not None and whose == str(into.pk):
            continue
        theirs = whose == str(user.pk)
        if theirs or any(sign in json.dumps(data, ensure_ascii=False, default=str) for sign in signs):
            # By its store, which may keep a copy in the cache.
            store(session.session_key).delete()


def _forget_tasks(addresses: list[str], names: list[str]) -> None:
    """Delete the background tasks that name the person, done or to do."""
    named = [
        row.pk
        for row in DBTaskResult.objects.only("args_kwargs", "traceback").iterator()
        if _names(row.args_kwargs, addresses, names) or any(sign in row.traceback for sign in addresses)
    ]
    for start in range(0, len(named), 500):
        DBTaskResult.objects.filter(pk__in=named[start : start + 500]).delete()


def _names(value: object, addresses: list[str], names: list[str]) -> bool:
    """Whether a stored value is a name of the person, or holds one of their addresses."""
    if isinstance(value, dict):
        return any(_names(part, addresses, names) for part in value.values())
    if isinstance(value, list):
        return any(_names(part, addresses, names) for part in value)
    if not isinstance(value, str):
        return False
    return value in names or any(sign in value.lower() for sign in addresses)


def _forget_written_mails(addresses: list[str]) -> None:
    """Delete mails written to files where no mail server is set (README, `EMAIL_URL`)."""
    folder = getattr(settings, "EMAIL_FILE_PATH", "")
    if not folder or not addresses or not Path(folder).is_dir():
        return
    for file in Path(folder).iterdir():
        if file.is_file() and any(sign.encode() in file.read_bytes().lower() for sign in addresses):
            file.unlink(missing_ok=True)


def _iso(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _day(day: Any) -> str:
    return gettext("since %(day)s") % {"day": date_format(day, "j F Y")}


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
