"""What the admin asks of staff beyond a right: a second factor, and somebody at the screen (DESIGN §6)."""

import datetime
import time
from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.people import proof
from accounts.people.models import User
from accounts.people.requests import SignedInRequest

ADMIN_IDLE = 30 * 60
# A stamp is written this often at most.
NOTED_EVERY = 60
DAYS_TO_ADD_A_FACTOR = 7
PUT_OFF = "second_factor_later"


def staff_gate(request: HttpRequest) -> HttpResponse | None:
    """Return what must happen before an admin page is shown, or None; call it for every page of the admin.

    Whether the person may open the admin at all is asked elsewhere, by the policy.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    person = cast(SignedInRequest, request)
    return _second_factor(person) or _awake(person)


def factor_deadline(user: User) -> datetime.date | None:
    """Return the day from which the second factor is required; None if the person has no role."""
    return user.staff_since and user.staff_since + datetime.timedelta(days=DAYS_TO_ADD_A_FACTOR)


def may_put_off(user: User, today: datetime.date) -> bool:
    """Whether the second factor may still wait."""
    deadline = factor_deadline(user)
    return deadline is None or today < deadline


def _second_factor(request: SignedInRequest) -> HttpResponse | None:
    if settings.IS_DEMO or proof.has_factor(request.user):
        return None
    if request.session.get(PUT_OFF) and may_put_off(request.user, timezone.localdate()):
        return None
    page = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return HttpResponseRedirect(f"{reverse('account_second_factor')}?{urlencode({'next': page})}")


def _awake(request: SignedInRequest) -> HttpResponse | None:
    """Ask for a fresh proof after 30 minutes without a request to the admin."""
    now = int(time.time())
    session = request.session
    last = max(session.get("admin_seen", 0), session.get("begun", now), proof.proved_at(request))
    if now - last > ADMIN_IDLE:
        return proof.ask_for_proof(request)
    if now - session.get("admin_seen", 0) >= NOTED_EVERY:
        session["admin_seen"] = now
    return None
