"""The admin's site: who may enter, what its header leads to, and what it refuses to show."""

from functools import update_wrapper
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.people import policy
from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of
from accounts.schools.staff import is_staff, staff_gate
from exchanges.moderation.admin.header import waiting_of
from exchanges.moderation.admin.urls import urls as moderation_urls
from foundation.administration import PolicyAdmin, key_in
from portal.operation.admin import health_page
from portal.roof import Entry, entry
from resources.catalogue.admin.queue import queue_size, to_review

# Pop-ups write into the page that opened them, and "all" has no end: neither is offered.
REFUSED_PARAMETERS = (IS_POPUP_VAR, TO_FIELD_VAR, ALL_VAR)


class PortalAdminSite(admin.AdminSite):
    """Takes only admins that ask a policy; every page passes the same gate."""

    site_title = gettext_lazy("Administration")
    site_header = gettext_lazy("Administration")
    index_title = gettext_lazy("Administration")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if admin_class is None or not issubclass(admin_class, PolicyAdmin):
            raise ImproperlyConfigured(
                f"{model_or_iterable}: the admin takes subclasses of PolicyAdmin only."
            )
        super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and is_staff(request.user))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Wrap `view`: signed out, the way in; signed in without the right, 403 for every address alike."""
        inner = super().admin_view(view, cacheable)

        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise SuspiciousOperation("no text holds the null character, and PostgreSQL refuses it")
            if any(name in request.GET or name in request.POST for name in REFUSED_PARAMETERS):
                raise Http404
            return staff_gate(request) or inner(request, *args, **kwargs)

        return update_wrapper(gated, view)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        ours: list[URLPattern | URLResolver] = [
            path("a-relire/", self.admin_view(to_review), name="to_review"),
            path("sante/", self.admin_view(health_page), name="health"),
            *moderation_urls(self.admin_view),
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(self.on_site),
                name="view_on_site",
            ),
        ]
        return ours + super().get_urls()

    def on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Lead to the public page of a row that the person may see in its own admin; 404 for all else."""
        found = ContentType.objects.filter(pk=key_in(content_type_id)).first()
        model = found.model_class() if found else None
        model_admin: Any = self._registry.get(model) if model else None
        obj = model_admin.get_object(request, object_id) if model_admin else None
        if obj is None or not model_admin.has_view_permission(request, obj) or not model_admin.view_on_site:
            raise Http404
        return HttpResponseRedirect(model_admin.get_view_on_site_url(obj))

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send to the portal's own sign-in, which checks where to go next."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return HttpResponseRedirect(reverse("admin:index"))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Django's own, but the list of all lists: the index alone shows it, and it asks every policy."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "available_apps": SimpleLazyObject(lambda: self.get_app_list(request)),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "log_entries": (),
            "roof": _entries(request),
        }

    def get_log_entries(self, request: HttpRequest) -> Any:
        return []

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return super().index(request, {**_index_context(request), **(extra_context or {})})


def _entries(request: HttpRequest) -> list[Entry]:
    """The admin's header: what waits, and the way back; the lists are in every breadcrumb (JOURNEYS §1)."""
    person = cast(SignedInRequest, request).user
    # Of the host's own people nothing is asked about schools: one query less on each of their pages.
    members = () if person.host_roles else members_of(person)
    school = next((member.school for member in members if member.is_staff), None)
    if policy.is_curator(person):
        label, url = gettext("To review"), reverse("admin:to_review")
    elif school is not None:
        label, url = gettext("To do"), reverse("admin:index")
    else:
        label, url = gettext("Administration"), reverse("admin:index")
    back = (
        (gettext("Back to the school"), school.get_absolute_url())
        if school
        else (gettext("Back to the site"), "/")
    )
    waiting = [
        entry(*one, request.path_info.startswith(one[1])) for one in waiting_of(person, request.path_info)
    ]
    return [entry(label, url, request.path_info == url), *waiting, entry(*back, False)]


def _index_context(request: HttpRequest) -> dict[str, Any]:
    person = cast(SignedInRequest, request).user
    curator = policy.is_curator(person)
    return {
        "waiting": queue_size(person) if curator else 0,
        "is_curator": curator,
        "is_operator": policy.is_operator(person),
        "schools": [member.school for member in members_of(person) if member.is_staff],
    }
