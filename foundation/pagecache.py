"""Answer public pages from the process's memory until the library changes.

A signed-out visitor gets the whole answer. A signed-in person gets the same public words with their own roof
put in: the page is kept with holes where people differ (`{% hole %}`), made as for a visitor.
"""

import copy
import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from threading import Lock
from typing import Any, Generic, TypeVar

import brotli
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

# Pages are kept compressed, about 6 kB each; those with holes as they are, about 25 kB each.
MAX_PAGES = 512
MAX_HOLED = 256
MAX_QUERY = 200
_HOLE = re.compile(rb"<!--\[([a-z]+)\[-->(.*?)<!--\]\1\]-->", re.DOTALL)


def open_mark(name: str) -> str:
    return f"<!--[{name}[-->"


def close_mark(name: str) -> str:
    return f"<!--]{name}]-->"


# What is kept ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """An answer for visitors: its headers and its body, compressed by brotli and by gzip."""

    headers: tuple[tuple[str, str], ...]
    brotli: bytes
    gzip: bytes
    etag: str

    def body(self, encoding: str) -> bytes:
        if encoding == "br":
            return self.brotli
        return self.gzip if encoding == "gzip" else gzip.decompress(self.gzip)


@dataclass(frozen=True, slots=True)
class HoledPage:
    """The words of a page without a person's own: [words, hole's name, words, …], an odd number."""

    parts: tuple[bytes, ...]
    content_type: str

    def filled(self, holes: dict[str, str]) -> bytes:
        return b"".join(
            part if place % 2 == 0 else holes[part.decode()].encode() for place, part in enumerate(self.parts)
        )


Kept = TypeVar("Kept", Page, HoledPage)


class PageStore(Generic[Kept]):
    """The pages of one process, least recently used first, all of one version."""

    def __init__(self, limit: Callable[[], int]) -> None:
        self._limit = limit
        self._lock = Lock()
        self._version: object = None
        self._pages: OrderedDict[tuple, Kept] = OrderedDict()

    def get(self, version: object, key: tuple) -> Kept | None:
        with self._lock:
            if version != self._version:
                self._pages.clear()
                self._version = version
                return None
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, version: object, key: tuple, page: Kept) -> None:
        """Keep `page`, unless the version moved on while it was made."""
        with self._lock:
            if version != self._version:
                return
            self._pages[key] = page
            while len(self._pages) > self._limit():
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._version = None


store = PageStore[Page](lambda: MAX_PAGES)
holed = PageStore[HoledPage](lambda: MAX_HOLED)


def forget() -> None:
    """Empty both (tests: a new database may reuse a version)."""
    store.clear()
    holed.clear()


def page_key(request: HttpRequest) -> tuple:
    """What a public page depends on beside its version."""
    query = request.META.get("QUERY_STRING", "")
    # The host as sent: a forged one is refused further in, and what is refused is not kept.
    host = request.META.get("HTTP_HOST", "")
    return (request.scheme, host, request.path_info, query, translation.get_language(), timezone.localdate())


def _read_version(request: Any) -> object:
    """Read the library's version once, and leave it to whoever needs it for this request."""
    request.page_version = _callable(settings.PAGE_VERSION)()
    return request.page_version


@cache
def _callable(path: str) -> Callable:
    return import_string(path)


# The mark of a public view ----------------------------------------------------------------------------


def anonymous_page(params: Iterable[str] = ()) -> Callable:
    """Mark a view as the same for every visitor, given its path, language and `params`."""
    allowed = frozenset(params)

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            keepable = settings.PORTAL_PAGE_CACHE and _keepable(request, allowed)
            user = getattr(request, "user", None)
            if keepable and user is not None and user.is_authenticated:
                response = _for_person(request, view, args, kwargs)
                if response is not None:
                    return response
            response = view(request, *args, **kwargs)
            response.is_public_page = keepable
            return response

        return wrapped

    return decorate


def _keepable(request: HttpRequest, allowed: frozenset[str]) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return (
        request.method in {"GET", "HEAD"}
        and len(query) <= MAX_QUERY
        and all(name in allowed for name in request.GET)
    )


def _for_person(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
    """The public page with this person's own parts; None when there is no such page for visitors."""
    version = _read_version(request)
    key = page_key(request)
    page = holed.get(version, key)
    if page is None:
        page = _made_for_nobody(request, view, args, kwargs)
        if page is None:
            return None
        holed.put(version, key, page)
    return HttpResponse(page.filled(_callable(settings.PAGE_HOLES)(request)), content_type=page.content_type)


def _made_for_nobody(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HoledPage | None:
    """Make the page as a visitor would get it, with its holes; None if a visitor would get none."""
    visitor: Any = copy.copy(request)
    visitor.user = AnonymousUser()
    visitor._messages = ()
    visitor.keeps_holes = True
    try:
        response = view(visitor, *args, **kwargs)
    except (Http404, PermissionDenied):
        return None
    if response.status_code != 200 or response.cookies or response.streaming:
        return None
    if not getattr(response, "same_for_all", True):
        return None
    parts = _HOLE.split(response.content)
    if len(parts) == 1:
        return None
    # Split gives words, name, inside, words, …: the inside, a visitor's own, is left out.
    kept = [part for place, part in enumerate(parts) if place % 3 != 2]
    return HoledPage(tuple(kept), response["Content-Type"])


# The answers for visitors -----------------------------------------------------------------------------


class AnonymousPageMiddleware:
    """Look up and fill the store around views marked with `anonymous_page`.

    `settings.PAGE_VERSION` names a callable giving the version (one cheap read). Nothing of a request that
    carries a session cookie is read from or written to this store, nor an answer that sets a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method not in {"GET", "HEAD"}
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or len(request.META.get("QUERY_STRING", "")) > MAX_QUERY
            or request.path_info.startswith(("/admin/", "/compte/", "/demo/", "/sante/"))
        ):
            return self.get_response(request)
        version = _read_version(request)
        key = page_key(request)
        page = store.get(version, key)
        if page is None:
            response = self.get_response(request)
            if not _storable(response):
                return response
            page = _make_page(response)
            store.put(version, key, page)
        return _answer(page, request)


def _storable(response: HttpResponse) -> bool:
    public = getattr(response, "is_public_page", False)
    return public and response.status_code == 200 and not response.cookies and not response.streaming


def _make_page(response: HttpResponse) -> Page:
    body = response.content
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    skipped = {"content-length", "server-timing", "content-encoding"}
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in skipped)
    return Page(headers, brotli.compress(body, quality=6), gzip.compress(body, 6), etag)


def _answer(page: Page, request: HttpRequest) -> HttpResponse:
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponse(status=304)
        del response["Content-Type"]
        for name, value in page.headers:
            if name not in {"Content-Type", "Content-Length"}:
                response[name] = value
        return response
    encoding = _encoding(request)
    body = page.body(encoding)
    response = HttpResponse(body)
    for name, value in page.headers:
        response[name] = value
    if encoding:
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(body))
    return response


def _encoding(request: HttpRequest) -> str:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    for name in ("br", "gzip"):
        if name in accepted:
            return name
    return ""
