"""What the session keeps between the screens of joining, for 30 minutes: never a code, never the words."""

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.invitations.actions.trying import AnyCode
from accounts.invitations.errors import TooLate
from accounts.invitations.models import ClassCode, MailToken, Slip
from accounts.invitations.ways import Way

LIFE = 30 * 60
KEY = "joining"
ARRIVED = "arrived"


@dataclass(frozen=True)
class Joining:
    """A way in that was shown to be right, and what the person told since."""

    way: Way
    name: str
    language: str


def begin(request: HttpRequest, way: Way) -> None:
    """Remember the way in; whatever was under way before is forgotten."""
    kind, row = next(
        (kind, row)
        for kind, row in (("slip", way.slip), ("class", way.class_code), ("mail", way.token))
        if row is not None
    )
    request.session[KEY] = {"way": kind, "pk": row.pk, "at": int(time.time())}


def way_of(row: AnyCode) -> Way:
    return Way(slip=row) if isinstance(row, Slip) else Way(class_code=row)


def current(request: HttpRequest) -> Joining:
    """Return what is under way; raise TooLate, or the CodeRefused of a way that has ended meanwhile."""
    state = request.session.get(KEY)
    if not state or time.time() - state["at"] > LIFE:
        forget(request)
        raise TooLate
    way = _load(state["way"], state["pk"])
    if way is None:
        forget(request)
        raise TooLate
    way.refuse_ended()
    return Joining(way, state.get("name", ""), state.get("language", ""))


def note(request: HttpRequest, **told: str) -> None:
    """Keep what the person told on this screen."""
    request.session[KEY] = request.session[KEY] | told


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def keep(request: HttpRequest) -> dict[str, Any] | None:
    """Return the state, to be put into another session: signing out would lose the code."""
    return request.session.get(KEY)


def restore(request: HttpRequest, state: dict[str, Any] | None) -> None:
    if state:
        request.session[KEY] = state


# The last screen ------------------------------------------------------------------------------------


def arrive(request: HttpRequest, user: Any, *, slug: str, waits: bool = False) -> None:
    """Keep what the last screen shows, to `user` alone."""
    request.session[ARRIVED] = {"user": user.pk, "slug": slug, "waits": waits, "at": int(time.time())}


def arrival(request: HttpRequest) -> dict[str, Any] | None:
    """Return that state, if it is of the person signed in and not too old."""
    state = request.session.get(ARRIVED)
    if not state or state["user"] != request.user.pk or time.time() - state["at"] > LIFE:
        return None
    return state


def leave_arrival(request: HttpRequest) -> None:
    request.session.pop(ARRIVED, None)


def _load(kind: str, pk: int) -> Way | None:
    if kind == "slip":
        slip = Slip.objects.select_related("invitation__school", "invitation__membership__user")
        found = slip.filter(pk=pk).first()
        return Way(slip=found) if found else None
    if kind == "class":
        code = ClassCode.objects.select_related("classroom__school").filter(pk=pk).first()
        return Way(class_code=code) if code else None
    token = MailToken.objects.select_related("invitation__school").filter(pk=pk).first()
    return Way(token=token) if token else None
