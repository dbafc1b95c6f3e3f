"""What the admin asks of staff beyond a right: a second factor, and somebody at the screen (DESIGN §6)."""

import datetime
import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.people import proof
from accounts.people.models import User
from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of
from accounts.schools.models import Hat

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


def is_staff(user: Any) -> bool:
    """Whoever may open the admin: the host's own people, and a school's direction and titles (DESIGN §6)."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.host_roles) or any(member.is_staff for member in members_of(user))


def staff_since(user: User) -> datetime.date | None:
    """Return the day from which the person is staff, None if they are not."""
    days = [user.host_since] if user.host_since else []
    for member in members_of(user):
        days += [hat.since for hat in member.hats if hat.kind in Hat.STAFF and member.is_staff]
    return min(days, default=None)


def factor_deadline(user: User) -> datetime.date | None:
    """Return the day from which the second factor is required; None if the person has no role."""
    since = staff_since(user)
    return since and since + datetime.timedelta(days=DAYS_TO_ADD_A_FACTOR)


def may_put_off(user: User, today: datetime.date) -> bool:
    """Whether the second factor may still wait."""
    deadline = factor_deadline(user)
    return deadline is None or today < deadline


def put_off_until(user: User) -> str:
    """Return what the session keeps of a second factor put off: its deadline, as an ISO date."""
    return (factor_deadline(user) or datetime.date.max).isoformat()


def _second_factor(request: SignedInRequest) -> HttpResponse | None:
    if settings.IS_DEMO or proof.has_factor(request.user):
        return None
    if _is_put_off(request, timezone.localdate()):
        return None
    page = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return HttpResponseRedirect(f"{reverse('account_second_factor')}?{urlencode({'next': page})}")


def _is_put_off(request: SignedInRequest, today: datetime.date) -> bool:
    """Whether the factor was put off to a day still to come, by the session and by the roles of today.

    An old session may remember a deadline that has moved since. Of the host's people, whose roles are read
    for every page, no school is asked: the session kept the earlier of both deadlines.
    """
    if request.session.get(PUT_OFF, "") <= today.isoformat():
        return False
    since = request.user.host_since or staff_since(request.user)
    return since is not None and today < since + datetime.timedelta(days=DAYS_TO_ADD_A_FACTOR)


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
