"""Say in plain words that the site is being worked on (PORTAL_MAINTENANCE=1)."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class MaintenanceMiddleware:
    """Answer 503 to everything but the health page and static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/sante/":
            return self.get_response(request)
        response = render(request, "maintenance.html", status=503)
        response["Retry-After"] = "600"
        response["Cache-Control"] = "no-store"
        return response
