"""The school's logo, for whoever may see its front page."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.schools.access import front_of


@require_safe
@login_not_required
def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve the picture; a school that is still closed has one for its own people only."""
    school, _member = front_of(request, slug)
    if not school.logo or not default_storage.exists(school.logo):
        raise Http404
    response = FileResponse(default_storage.open(school.logo), content_type="image/webp")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
