"""How each kind of assisted entry is undone: a plain dictionary (DESIGN §3), and the page that asks it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.assisted import actions
from accounts.assisted.errors import CannotBeUndone
from accounts.assisted.own import own_entries
from accounts.assisted.undoing import UNDOERS as ACCOUNTS
from accounts.people.requests import SignedInRequest

UNDOERS: dict[str, actions.Undoer] = {**ACCOUNTS}


@require_POST
def undo(request: SignedInRequest, key: str) -> HttpResponse:
    """Undo something that was typed for me."""
    entry = next((entry for entry in own_entries(request.user) if entry.key == key), None)
    if entry is None:
        raise Http404
    try:
        actions.undo(entry, request.user, UNDOERS)
    except CannotBeUndone as error:
        messages.info(request, str(error))
    else:
        messages.success(request, gettext("It is undone."))
    return redirect("assisted_for_me")


urlpatterns: list[URLPattern] = [path("saisi-pour-moi/<slug:key>/annuler/", undo, name="assisted_undo")]
