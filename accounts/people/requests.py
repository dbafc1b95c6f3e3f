"""The request of somebody signed in, for views that no visitor reaches."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.people.models import User


class SignedInRequest(HttpRequest):
    """A type only: the demand to sign in has been met before the view."""

    user: User


def next_address(request: SignedInRequest) -> str:
    """Return where to go on to, on this site only; else the account."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("account_home")
