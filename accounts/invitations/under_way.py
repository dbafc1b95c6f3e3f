"""What the session keeps between the screens of joining, for 30 minutes: never a code, never the words.

Each paper has its own mark, which its forms bear: two tabs with two papers do not act for one another.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.invitations.actions.trying import AnyCode
from accounts.invitations.errors import CodeRefused, TooLate, Used
from accounts.invitations.models import ClassCode, MailToken, Slip
from accounts.invitations.ways import Way
from foundation.keys import random_key

LIFE = 30 * 60
KEY = "joining"
# The field that names the paper in each form of joining.
PAPER = "paper"
PAPERS_AT_MOST = 6
ARRIVED = "arrived"


@dataclass(frozen=True)
class Joining:
    """A way in that was shown to be right, and what the person told since."""

    way: Way
    name: str
    language: str
    mark: str


def begin(request: HttpRequest, way: Way) -> None:
    """Remember the way in, beside those of other tabs; the same paper goes on with what was told already."""
    kind, row = next(
        (kind, row)
        for kind, row in (("slip", way.slip), ("class", way.class_code), ("mail", way.token))
        if row is not None
    )
    ways = _ways(request)
    same = (mark for mark, state in ways.items() if (state["way"], state["pk"]) == (kind, row.pk))
    mark = next(same, "") or random_key()
    told = ways.pop(mark, {})
    ways[mark] = told | {"way": kind, "pk": row.pk, "at": int(time.time())}
    newest = dict(list(ways.items())[-PAPERS_AT_MOST:])
    request.session[KEY] = {"now": mark, "ways": newest}


def way_of(row: AnyCode) -> Way:
    return Way(slip=row) if isinstance(row, Slip) else Way(class_code=row)


def current(request: HttpRequest) -> Joining:
    """Return what is under way, in this tab if its form says so.

    Raises TooLate, or the CodeRefused of a way that has ended meanwhile.
    """
    ways = _ways(request)
    mark = request.POST.get(PAPER) or request.GET.get(PAPER) or _kept(request).get("now", "")
    state = ways.get(mark)
    way = _load(state["way"], state["pk"]) if state else None
    if state is None or way is None:
        raise TooLate
    if _kept(request).get("now") != mark:
        request.session[KEY] = {"now": mark, "ways": ways}
    way.refuse_ended()
    return Joining(way, state.get("name", ""), state.get("language", ""), mark)


def note(request: HttpRequest, joining: Joining, **told: str) -> None:
    """Keep what the person told on this screen."""
    ways = _ways(request)
    ways[joining.mark] |= told
    request.session[KEY] = {"now": joining.mark, "ways": ways}


def forget(request: HttpRequest) -> None:
    """Let go of what is under way. Its mark stays, for a tab left open: it is told how the paper ended."""
    request.session[KEY] = {"now": "", "ways": _ways(request)}


def is_in_by(refusal: CodeRefused, user: Any) -> bool:
    """Whether this paper has let in the person who is signed in: "it has served" is nothing to alarm them."""
    membership = refusal.invitation.membership if isinstance(refusal, Used) and refusal.invitation else None
    return membership is not None and user.is_authenticated and membership.user_id == user.pk


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


def _kept(request: HttpRequest) -> dict[str, Any]:
    return request.session.get(KEY) or {}


def _ways(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """What is under way by mark, the oldest first, without what is too old."""
    kept = _kept(request).get("ways", {})
    return {mark: dict(state) for mark, state in kept.items() if time.time() - state["at"] <= LIFE}


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
