"""What was typed for me."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from accounts.assisted.own import own_entries
from accounts.assisted.words import in_words, rooms_of, typed_by
from accounts.people.requests import SignedInRequest


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
