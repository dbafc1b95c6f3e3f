"""Answer public pages to signed-out visitors from the process's memory, until the library changes."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from threading import Lock

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

# About 16 MB at most: pages of 10 kB compressed, kept twice.
MAX_PAGES = 512
MAX_QUERY = 200
MARK = "_anonymous_page_params"


def anonymous_page(params: Iterable[str] = ()) -> Callable:
    """Mark a view as the same for every signed-out visitor, given its path, language and `params`."""
    allowed = frozenset(params)

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            response = view(request, *args, **kwargs)
            setattr(response, MARK, allowed)
            return response

        return wrapped

    return decorate


@dataclass(frozen=True)
class Page:
    """A stored answer: its headers, and its body plain, by gzip and by brotli."""

    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    etag: str


class PageStore:
    """The pages of one process, least recently used first, all of one version."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version: object = None
        self._pages: OrderedDict[tuple, Page] = OrderedDict()

    def get(self, version: object, key: tuple) -> Page | None:
        with self._lock:
            if version != self._version:
                self._pages.clear()
                self._version = version
                return None
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, version: object, key: tuple, page: Page) -> None:
        """Keep `page`, unless the version moved on while it was made."""
        with self._lock:
            if version != self._version:
                return
            self._pages[key] = page
            while len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._version = None


store = PageStore()


def _encoding(request: HttpRequest) -> str:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    for name in ("br", "gzip"):
        if name in accepted:
            return name
    return ""


def _answer(page: Page, request: HttpRequest) -> HttpResponse:
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponse(status=304)
        del response["Content-Type"]
        for name, value in page.headers:
            if name not in {"Content-Type", "Content-Length"}:
                response[name] = value
        return response
    encoding = _encoding(request)
    response = HttpResponse(page.bodies[encoding])
    for name, value in page.headers:
        response[name] = value
    if encoding:
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(page.bodies[encoding]))
    return response


def _make_page(response: HttpResponse) -> Page:
    body = response.content
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    skipped = {"content-length", "server-timing", "content-encoding"}
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in skipped)
    bodies = {"": body, "gzip": gzip.compress(body, 6), "br": brotli.compress(body, quality=6)}
    return Page(headers, bodies, etag)


class AnonymousPageMiddleware:
    """Look up and fill the store around views marked with `anonymous_page`.

    `settings.PAGE_VERSION` names a callable giving the version (one cheap read); nothing of a request that
    carries a session cookie is read from or written to the store, nor an answer that sets a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.version = import_string(settings.PAGE_VERSION)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if (
            request.method not in {"GET", "HEAD"}
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or len(query) > MAX_QUERY
            or not self._may_be_public(request.path_info)
        ):
            return self.get_response(request)
        version = request.page_version = self.version()
        # The host as sent: a forged one is refused further in, and what is refused is not kept.
        host = request.META.get("HTTP_HOST", "")
        key = (request.path_info, query, translation.get_language(), host, timezone.localdate())
        page = store.get(version, key)
        if page is None:
            response = self.get_response(request)
            if not self._storable(request, response):
                return response
            page = _make_page(response)
            store.put(version, key, page)
        return _answer(page, request)

    @staticmethod
    def _may_be_public(path: str) -> bool:
        return not path.startswith(("/admin/", "/compte/", "/demo/", "/sante/"))

    @staticmethod
    def _storable(request: HttpRequest, response: HttpResponse) -> bool:
        allowed = getattr(response, MARK, None)
        return (
            allowed is not None
            and response.status_code == 200
            and not response.cookies
            and not response.streaming
            and all(name in allowed for name in request.GET)
        )
