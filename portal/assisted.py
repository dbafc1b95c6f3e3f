"""How each kind of assisted entry is undone: a plain dictionary (DESIGN §3), and the page that asks it."""

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from accounts.assisted.actions import Undoer
from accounts.assisted.undoing import UNDOERS as ACCOUNTS
from accounts.assisted.views import own
from accounts.people.requests import SignedInRequest

UNDOERS: dict[str, Undoer] = {**ACCOUNTS}


@require_POST
def undo(request: SignedInRequest, key: str) -> HttpResponse:
    """Undo something that was typed for me."""
    return own.undo_entry(request, key, UNDOERS)


urlpatterns: list[URLPattern] = [path("saisi-pour-moi/<str:key>/annuler/", undo, name="assisted_undo")]
