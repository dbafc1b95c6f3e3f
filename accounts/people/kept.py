"""Give back what was typed when a form is sent too late or before a proof (DESIGN §6, Sessions)."""

from django.http import HttpRequest
from django.urls import reverse

from accounts.people.actions import keep_text
from accounts.people.models import User

NEVER_KEPT = {"csrfmiddlewaretoken"}


def keep_post(request: HttpRequest, user: User) -> str:
    """Keep the form of this POST for `user`; return the address where it is given back, or "".

    A form that holds a secret is not kept at all, and files never are.
    """
    if request.method != "POST" or any(_is_secret(name) for name in request.POST):
        return ""
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values
    ]
    kept = keep_text(user, request.get_full_path(), fields, had_files=bool(request.FILES))
    return reverse("account_kept_text", args=[kept.pk]) if kept else ""


def _is_secret(name: str) -> bool:
    return "password" in name.lower() or name in {"code", "credential"}
