"""Tell a curator that an act was refused, and why."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect

from accounts.people.requests import SignedInRequest
from foundation.html import HtmlError
from resources.catalogue.errors import LibraryError

REFUSALS = (LibraryError, HtmlError)


def told(request: SignedInRequest, error: Exception) -> None:
    messages.error(request, str(error))


def acted(
    request: SignedInRequest, done: str, onward: str, act: Callable, *args: Any, **kwargs: Any
) -> HttpResponseRedirect:
    """Call an action, say how it went, and go on to `onward`."""
    try:
        act(*args, by=request.user, **kwargs)
    except REFUSALS as error:
        told(request, error)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(onward)
