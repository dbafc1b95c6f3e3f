"""Serve the library's own images: re-made, named after their content, so kept for ever by whoever asks."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from resources.catalogue.models import Picture

YEAR = 365 * 24 * 3600


@require_safe
@login_not_required
def picture(request: HttpRequest, stem: str) -> FileResponse:
    """Give the image stored as `library/<stem>.webp`; only what a row names is read from the storage."""
    stored = f"library/{stem}.webp"
    found = Picture.objects.filter(Q(file=stored) | Q(small=stored)).first()
    if found is None:
        raise Http404
    try:
        content = found.file.storage.open(stored)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
