"""Give a stored file to somebody who was allowed it: never kept on the way, never run in our origin."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

PICTURE = "image/webp"


def serve(stored: str, name: str, content_type: str, *, shown: bool = False) -> FileResponse:
    """Answer with a stored file, to download; a picture of ours may be `shown`. 404 if it is gone."""
    if not default_storage.exists(stored):
        raise Http404
    response = FileResponse(
        default_storage.open(stored),
        as_attachment=not (shown and content_type == PICTURE),
        filename=name,
        content_type=content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
