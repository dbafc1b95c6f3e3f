"""What a parent says of next year, link by link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.rollover.forms import PlacesForm
from accounts.rollover.own_links import OwnLinks, own_links, save_own


@require_http_methods(["GET", "HEAD", "POST"])
def next_year(request: SignedInRequest) -> HttpResponse:
    """Ask of each of my classes where I go next year; one form a school."""
    mine = own_links(request.user)
    forms = [(links, _form(request, links)) for links in mine]
    for links, form in forms:
        if form.is_bound and form.is_valid():
            save_own(links, form.changed(), by=request.user)
            messages.success(request, gettext("It is saved. The school will see it."))
            return redirect("next_year")
    errors = next((form for _links, form in forms if form.is_bound and form.errors), None)
    return render(request, "accounts/rollover/next_year.html", {"forms": forms, "form": errors})


def _form(request: SignedInRequest, links: OwnLinks) -> PlacesForm:
    sent = request.method == "POST" and request.POST.get("school") == links.school.slug
    return PlacesForm(links.rows, links.rooms.coming, request.POST if sent else None)
