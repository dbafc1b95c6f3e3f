"""Sign in as one of the demo people, by a button each; on this machine only, in the demo only."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.people.models import User
from portal.demo.people import BY_KEY, PEOPLE, DemoPerson


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """List the demo people, or sign in the one whose key was posted."""
    if not settings.IS_DEMO or settings.IS_PRODUCTION:
        raise Http404
    if request.method == "GET":
        return render(request, "portal/demo.html", {"people": [_row(person) for person in PEOPLE]})
    person = BY_KEY.get(request.POST.get("person", ""))
    if person is None:
        raise Http404
    return _sign_in(request, person)


def _row(person: DemoPerson) -> dict[str, object]:
    label = gettext("Sign in as %(name)s") % {"name": person.name}
    return {"key": person.key, "name": person.name, "what": person.what, "label": label}


def _sign_in(request: HttpRequest, person: DemoPerson) -> HttpResponse:
    user = get_object_or_404(User, username=person.username, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    response = redirect("/")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", httponly=True)
    return response
