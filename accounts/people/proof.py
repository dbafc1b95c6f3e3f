"""The fresh proof: before a weighty act, a person shows again that it is they (DESIGN §6).

allauth's own re-authentication lets pass whoever has neither password nor factor: most parents, who sign in
by e-mailed code. Ours asks everyone: a code where an address is verified, else the password, else the factor.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Literal

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from accounts.people.actions import verified_email
from accounts.people.kept import keep_post
from accounts.people.models import User
from accounts.people.requests import SignedInRequest
from foundation.prepared import Prepared

LIFE = 15 * 60
SESSION_KEY = "fresh_proof"

Means = Literal["email", "password", "factor", "none"]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def means_of(user: User) -> Means:
    """Return the one way in which this person proves that it is they."""
    if verified_email(user):
        return "email"
    if user.has_usable_password():
        return "password"
    return "factor" if has_factor(user) else "none"


def has_factor(user: User) -> bool:
    """Whether the person has a passkey or a code application."""
    return bool(_FACTORS.rows(user=user.pk))


_FACTORS = Prepared(
    lambda user: Authenticator.objects.filter(user=user, type__in=FACTORS).values("pk")[:1], user=int
)


def proved_at(request: HttpRequest) -> int:
    """Return the second of the last proof of this session's person, 0 if there was none."""
    state = request.session.get(SESSION_KEY) or {}
    return state.get("at", 0) if state.get("user") == request.user.pk else 0


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's person gave a proof in the last 15 minutes."""
    return 0 <= time.time() - proved_at(request) < LIFE


def record_proof(request: HttpRequest) -> None:
    """Note that the person has just given the proof asked of them."""
    request.session[SESSION_KEY] = {"user": request.user.pk, "at": int(time.time())}


def ask_for_proof(request: SignedInRequest) -> HttpResponse:
    """Send to the page of the proof, and from there back; what was typed is kept, or said to be lost."""
    target = request.get_full_path()
    if request.method == "POST":
        target = keep_post(request, request.user) or target
        if target == request.get_full_path():
            messages.info(request, gettext("Nothing was sent. After this step, fill in the page again."))
    return HttpResponseRedirect(f"{reverse('account_proof')}?{urlencode({'next': target})}")


def fresh_proof_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open `view` to a signed-in person only with a fresh proof."""

    @wraps(view)
    def wrapped(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and not is_fresh(request):
            return ask_for_proof(request)
        return view(request, *args, **kwargs)

    wrapped.needs_fresh_proof = True  # type: ignore[attr-defined]
    return wrapped
