"""Pages used by tests only: acts guarded as those of later features will be."""

from django.http import HttpResponse
from django.urls import path

from accounts.schools import policy
from accounts.schools.access import allow, allow_writing, member_of
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as pages

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def write(request, slug):
    """Write something that others read."""
    member = member_of(request, slug)
    if request.method == "POST":
        allow_writing(member)
    return HttpResponse("written")


def speak_for_parents(request, slug):
    """Write as an elected parent."""
    member = member_of(request, slug)
    allow(policy.holds_mandate(member))
    if request.method == "POST":
        allow_writing(member)
    return HttpResponse("spoken")


urlpatterns = [
    path("ecoles/<slug:slug>/essai/ecrire/", write),
    path("ecoles/<slug:slug>/essai/mandat/", speak_for_parents),
    *pages,
]
