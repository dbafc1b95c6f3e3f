"""Say in plain words that the site is being worked on (PORTAL_MAINTENANCE=1)."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.template.loader import render_to_string
from django_permissions_policy import PermissionsPolicyMiddleware


class MaintenanceMiddleware:
    """Answer 503 to everything but the health page and static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        # Nothing further in is asked, so its headers are put on here.
        framed: Any = XFrameOptionsMiddleware(closed)
        self.closed: Any = CSPMiddleware(PermissionsPolicyMiddleware(framed))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/sante/":
            return self.get_response(request)
        return self.closed(request)


def closed(request: HttpRequest) -> HttpResponse:
    """The page of a short break."""
    response = HttpResponse(render_to_string("maintenance.html"), status=503)
    response["Retry-After"] = "600"
    response["Cache-Control"] = "no-store"
    return response
