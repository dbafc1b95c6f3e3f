"""End sessions in time: what staff may do weighs more than what a parent may."""

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.people import kept
from accounts.people.entrance import is_shared
from accounts.people.requests import SignedInRequest
from accounts.schools.staff import is_staff

DAY = 24 * 3600
# DESIGN §6, Sessions: seconds without a request, and in all.
IDLE = 30 * DAY
IDLE_STAFF = 12 * 3600
IDLE_SHARED = 15 * 60
IN_ALL = 90 * DAY
# A visit is noted this often at most: each note is a write.
NOTED_EVERY = 600
# On a shared device a quarter of an hour counts: the note must be nearer.
NOTED_EVERY_SHARED = 60


class SessionLimitsMiddleware:
    """End sessions that slept or lasted too long; what was typed meanwhile is given back after sign-in.

    Stands after the check of forged forms and before the demand to sign in, both of which act on the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now = int(time.time())
        if has_ended(request.session, now, request.user):
            return end(cast(SignedInRequest, request))
        note_visit(request, now)
        return None


def has_ended(session: Any, now: int, user: Any) -> bool:
    """Whether the session of somebody signed in is past its time."""
    idle = now - session.get("seen", now)
    if idle > IDLE or now - session.get("begun", now) > IN_ALL:
        return True
    if is_shared(session) and idle > IDLE_SHARED:
        return True
    # What one is in a school is asked of the database only once it can matter.
    return idle > IDLE_STAFF and is_staff(user)


def note_visit(request: HttpRequest, now: int) -> None:
    """Stamp the session: when it began, and about when it was last used."""
    session = request.session
    if "begun" not in session:
        session["begun"] = now
    if now - session.get("seen", 0) >= (NOTED_EVERY_SHARED if is_shared(session) else NOTED_EVERY):
        session["seen"] = now
        seen = UserSession.objects.filter(session_key=session.session_key)
        seen.update(last_seen_at=timezone.now())


def end(request: SignedInRequest) -> HttpResponse | None:
    """Sign out; a form under way is kept for its author, any other request goes on as a visitor's."""
    target = kept.keep_post(request, request.user)
    logout(request)
    if request.method != "POST":
        return None
    if target:
        messages.info(request, gettext("You were away for a while. Sign in again: your text is kept."))
    else:
        messages.info(request, gettext("You were away for a while. Nothing was sent. Sign in again."))
    return redirect_to_login(target or request.get_full_path(), settings.LOGIN_URL)
