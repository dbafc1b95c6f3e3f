"""Tell a person who tried too often how long to wait."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.limits.actions import TooManyTries
from foundation.logs import security


class LimitsMiddleware:
    """Answer 429 in plain words, with the time left, wherever a view met a limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooManyTries):
            return None
        security.warning("limit met: %s", request.path)
        response = render(request, "429.html", {"wait": exception.wait}, status=429)
        response["Retry-After"] = str(exception.seconds)
        response["Cache-Control"] = "no-store"
        return response
