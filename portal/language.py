"""Choose the language of the interface: the cookie `langue`, else French (DESIGN §8)."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import translation

YEAR = 365 * 24 * 3600


def chosen_language(request: HttpRequest) -> str:
    """Return the offered language the reader chose, or French; Accept-Language is not read."""
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in settings.OFFERED_LANGUAGES else settings.LANGUAGE_CODE


def _fields(request: HttpRequest) -> QueryDict:
    """The fields of the address; one of more than we read counts as an address without any.

    Every page reads them, the error's too: refused there, the refusal itself would break.
    """
    try:
        return request.GET
    except TooManyFieldsSent:
        request.GET = QueryDict()
        return request.GET


class LanguageMiddleware:
    """Activate the reader's language; `?langue=ar` on any address sets it and redirects without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and "langue" in _fields(request):
            return self._choose(request)
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _choose(request: HttpRequest) -> HttpResponse:
        rest = request.GET.copy()
        wanted = rest.pop("langue")[-1]
        query = f"?{rest.urlencode()}" if rest else ""
        # A path of two slashes would be read as another host.
        path = "/" + request.path.lstrip("/")
        response = HttpResponseRedirect(path + query)
        if wanted in settings.OFFERED_LANGUAGES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                wanted,
                max_age=YEAR,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )
        response["Cache-Control"] = "no-store"
        return response
