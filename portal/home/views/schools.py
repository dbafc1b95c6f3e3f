"""The list of schools, the page of each, and the page of whoever has several."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.schools.access import front_of, members_of
from portal.home.directory import directory_page
from portal.home.front import front_page
from portal.home.schoolhome import home_page, news_page


@require_safe
@login_not_required
def schools(request: HttpRequest) -> HttpResponse:
    """List the open schools, by name; `?q=` looks for a name or a town."""
    return render(request, "portal/schools.html", directory_page(request))


@require_safe
@login_not_required
def school(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a school's front page: to its people what concerns them, to visitors what is public."""
    found, member = front_of(request, slug)
    if member is None:
        return render(request, "portal/school.html", front_page(found))
    return render(request, "portal/school_home.html", home_page(request, member))


@require_safe
def whats_new(request: HttpRequest) -> HttpResponse:
    """Show what concerns the person in each of their schools; with none, the library is home."""
    members = members_of(request.user)
    if not members:
        return redirect("library_home")
    return render(request, "portal/whats_new.html", news_page(request, members))
