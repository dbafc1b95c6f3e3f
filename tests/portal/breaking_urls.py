"""The portal's addresses, and some that break on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from foundation.limits.actions import TooManyTries
from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_addresses

ERRORS = {
    "400": SuspiciousOperation("x"),
    "403": PermissionDenied(),
    "404": Http404(),
    "429": TooManyTries(700),
    "500": ZeroDivisionError("the secret reason"),
}


@csrf_exempt
@login_not_required
def broken(request, code):
    raise ERRORS[code]


@csrf_exempt
@login_not_required
def reading(request):
    return HttpResponse(str(len(request.POST)))


@login_not_required
def guarded(request):
    return HttpResponse("taken")


urlpatterns = [
    path("casse/<str:code>/", broken),
    path("lit/", reading),
    path("garde/", guarded),
    *portal_addresses,
]
