"""Tell a curator that an act was refused, and why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from foundation.html import HtmlError
from resources.catalogue.errors import LibraryError

REFUSALS = (LibraryError, HtmlError)


def told(request: HttpRequest, error: Exception) -> None:
    messages.error(request, str(error))


def acted(
    request: HttpRequest, done: str, onward: str, act: Callable, *args: object, **kwargs: object
) -> HttpResponseRedirect:
    """Call an action, say how it went, and go on to `onward`."""
    try:
        act(*args, by=request.user, **kwargs)
    except REFUSALS as error:
        told(request, error)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(onward)
