"""Go on joining from a tab that somebody's coming in, in another tab, has left behind.

Signing in renews the token of all forms. Nothing of the old form is done: its screen is shown anew.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.invitations.forms import CodeForm
from accounts.invitations.under_way import PAPER
from portal.given_back import is_ours


def joining_again(request: HttpRequest) -> HttpResponse | None:
    """Return the screen for this POST, a code typed still in its field; None for any other page or site."""
    if request.method != "POST" or not is_ours(request):
        return None
    if request.path == reverse("join"):
        form = CodeForm(initial={"code": request.POST.get("code", "")[:80]})
        response = render(request, "accounts/joining/code.html", {"form": form, "step": 1}, status=403)
        response["Cache-Control"] = "private, no-store"
        return response
    if request.path.startswith(reverse("join")) and PAPER in request.POST:
        return redirect(reverse("join_who", query={PAPER: request.POST[PAPER]}))
    return None
