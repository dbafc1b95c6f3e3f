"""Sign somebody in who has just shown a paper: by allauth's own flow, which asks a second factor if any."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from accounts.people.models import User

# Set for a telephone that several people use: the session then sleeps after 15 minutes (DESIGN §6).
SHARED = "shared_device"


def sign_in(request: HttpRequest, user: User, to: str) -> HttpResponse:
    """Sign `user` in, whoever was signed in before, and go on to `to` after every stage."""
    if request.user.is_authenticated:
        logout(request)
    return perform_login(request, Login(user=user, redirect_url=to))


def note_shared(request: HttpRequest, shared: bool) -> None:
    """Remember, for this session, whether others use this device."""
    if shared:
        request.session[SHARED] = True
    else:
        request.session.pop(SHARED, None)


def is_shared(session: object) -> bool:
    return bool(session.get(SHARED))  # type: ignore[attr-defined]
