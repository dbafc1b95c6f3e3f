"""Say whether the portal answers: 200 or 503 and a word, no figure."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from portal.clock.late import cannot_relieve

logger = logging.getLogger("portal.health")


@never_cache
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Ask the database for one row; say "horloge" when nothing recurrent is done any more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("the database does not answer")
        return HttpResponse("panne", status=503, content_type="text/plain; charset=utf-8")
    if settings.PORTAL_CLOCK_CHILD and cannot_relieve():
        # The pages are served all the same: 503 would have them taken away.
        return HttpResponse("horloge", content_type="text/plain; charset=utf-8")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
