"""Receive a list in memory alone: it never touches the disk, whatever reads the form first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.families.errors import LARGEST_MB

# The other fields of the form weigh nothing.
LARGEST = LARGEST_MB * 1_000_000 + 100_000


class HeldInMemory(MemoryFileUploadHandler):
    """Keep an upload in memory, or drop it if it is too heavy; no other handler stands behind this one."""

    is_too_heavy = False

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.activated = content_length <= LARGEST
        self.is_too_heavy = not self.activated


def held_in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Receive the file of `view` in memory; `is_too_heavy(request)` tells that it was dropped.

    The check of forged forms reads the whole form: it is done here, once the handler stands.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not hasattr(request, "_files"):
            request.upload_handlers = [HeldInMemory(request)]
        return protected(request, *args, **kwargs)

    return receive


def is_too_heavy(request: HttpRequest) -> bool:
    return any(getattr(handler, "is_too_heavy", False) for handler in request.upload_handlers)
