"""Give a message back, filled in, when its sender is no longer signed in or its page grew too old (RULES §2).

Nothing is stored: the answer to the sending is the form itself: « sign in in another tab, then send again ».
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

# A form that bears it promises that what was typed is not lost; none with a secret does.
PROMISE = "client_key"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
# What a person typed, shown to be read again; all else goes along unseen.
SHOWN = ("title", "text")


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask to sign in; a message under way is given back instead."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        return given_back(request) or super().handle_no_permission(request, view_func)


def given_back(request: HttpRequest) -> HttpResponse | None:
    """Return the form of this POST, filled; None for what promises nothing, or comes from another site."""
    if request.method != "POST" or PROMISE not in request.POST or not is_ours(request):
        return None
    hidden = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (*SHOWN, TOKEN)
        for value in values
    ]
    context = {
        "action": request.get_full_path(),
        "title": request.POST.get("title", ""),
        "has_title": "title" in request.POST,
        "text": request.POST.get("text", ""),
        "hidden": hidden,
        "had_files": bool(request.FILES),
        "signed_in": request.user.is_authenticated if hasattr(request, "user") else False,
    }
    response = render(request, "given_back.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def is_ours(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it: no other site may put words in somebody's form."""
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return sender.scheme == request.scheme and sender.netloc == request.get_host()
