"""Error pages in plain words: what happened, that nothing is lost, what to do next."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from foundation.logs import security
from portal.given_back import given_back
from portal.joining_again import joining_again


def _words_of(path: str) -> str:
    """Turn an address into a search: /ressources/ecran-nuit/ gives "ecran nuit"."""
    last = [part for part in path.split("/") if part][-1:]
    return " ".join(last).replace("-", " ").replace("_", " ")[:60]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address or a form that cannot be read; what was too big is told as that."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal that has words for the person says them; any other is told in general."""
    security.warning(
        "refused: %s by %s", request.path, getattr(getattr(request, "user", None), "key", "nobody")
    )
    return render(request, "403.html", {"why": getattr(exception, "words", "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"search": _words_of(request.path)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say so without asking anything: the database may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return given_back(request) or joining_again(request) or render(request, "403_csrf.html", status=403)
