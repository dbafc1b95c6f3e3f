"""What was typed for me, and how I undo it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.assisted.actions import Undoer, undo
from accounts.assisted.errors import CannotBeUndone
from accounts.assisted.models import AssistedEntry
from accounts.assisted.words import in_words, rooms_of, typed_by, without_trace
from accounts.people.models import User
from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of

MOST = 50


@require_safe
def for_me(request: SignedInRequest) -> HttpResponse:
    """Show what was typed for me in each of my schools, newest first."""
    entries = own_entries(request.user)
    rooms = rooms_of(entries)
    rows = [
        {
            "what": in_words(entry, rooms),
            "who": typed_by(entry),
            "basis": entry.get_basis_display(),
            "school": entry.school.name,
            "when": date_format(entry.at, "j F Y"),
            "waits": entry.waits,
            "undone": entry.undone is not None,
            "url": reverse("assisted_undo", args=[entry.key]),
        }
        for entry in entries
    ]
    return render(request, "accounts/assisted/for_me.html", {"rows": rows})


def undo_entry(request: SignedInRequest, key: str, undoers: Mapping[str, Undoer]) -> HttpResponse:
    """Undo one of mine; `undoers` are composed in portal, one a kind."""
    entry = next((entry for entry in own_entries(request.user) if entry.key == key), None)
    if entry is None:
        raise Http404
    try:
        undo(entry, request.user, undoers)
    except CannotBeUndone as error:
        messages.info(request, str(error))
    else:
        messages.success(request, gettext("It is undone."))
    return redirect("assisted_for_me")


def own_entries(user: User) -> list[AssistedEntry]:
    """Return what was typed for a person where they are a member; a class closed to them leaves no trace."""
    here = [member.school.pk for member in members_of(user)]
    entries = AssistedEntry.objects.filter(person__user=user, school__in=here)
    return without_trace(list(entries.select_related("school", "helper")[:MOST]))
