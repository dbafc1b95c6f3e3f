"""The library's home: search, what is put forward, themes. Visitors have it at `/`."""

from itertools import islice

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from foundation.pagecache import anonymous_page
from portal.roof import home_of
from resources.catalogue.rows import entry_rows, theme_rows
from resources.catalogue.snapshot import library
from resources.collections.models import Collection
from resources.collections.rows import collection_row

CHOSEN = 5
SELECTIONS = 8


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a member to the school (JOURNEYS §1); everybody else has the library's home here."""
    address = home_of(request.user)
    return redirect(address) if address else library_home(request)


@require_safe
@login_not_required
@anonymous_page()
def library_home(request: HttpRequest) -> HttpResponse:
    """Show the library's front page."""
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
