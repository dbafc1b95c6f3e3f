"""The signed-out home, which is the library's: search, what is put forward, themes."""

from itertools import islice

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from accounts.schools.access import front_of, members_of
from accounts.schools.models import School
from foundation.pagecache import anonymous_page
from resources.catalogue.rows import entry_rows, theme_rows
from resources.catalogue.snapshot import library
from resources.collections.models import Collection
from resources.collections.rows import collection_row

CHOSEN = 5
SELECTIONS = 8


@require_safe
@login_not_required
@anonymous_page()
def home(request: HttpRequest) -> HttpResponse:
    """Show the library's front page; a person without school has the same one."""
    books = library(request)
    selections = Collection.objects.current().annotate(size=Count("items")).in_order()[:SELECTIONS]
    total = len(books.cards)
    context = {
        "themes": theme_rows(books),
        "chosen": entry_rows(islice(books.for_parents(), CHOSEN)),
        "selections": [collection_row(row) | {"heading": 3} for row in selections],
        "all_label": ngettext("See the resource", "See the %(count)d resources", total) % {"count": total},
        "title": gettext("Simple answers to follow your child’s school life"),
    }
    return render(request, "portal/home.html", context)


@require_safe
def whats_new(request: HttpRequest) -> HttpResponse:
    """Show what concerns the person in all their schools."""
    return render(request, "portal/whats_new.html", {"members": members_of(request.user)})


@require_safe
@login_not_required
def schools(request: HttpRequest) -> HttpResponse:
    """List the open schools."""
    return render(request, "portal/schools.html", {"schools": School.objects.open()})


@require_safe
@login_not_required
def school(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a school's front page: to its people what concerns them, to visitors what is public."""
    found, member = front_of(request, slug)
    return render(request, "portal/school.html", {"school": found, "member": member})
