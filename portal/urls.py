"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.rollover.views import passing
from portal.health import health
from portal.years import pass_year, undo_year

YEAR = "ecoles/<slug:slug>/reglages/annee/"

urlpatterns = [
    path("", include("portal.home.urls")),
    path("sante/", health, name="health"),
    path("admin/", admin.site.urls),
    path("compte/", include("portal.privacy.urls")),
    path("compte/", include("portal.assisted")),
    # Before those of accounts, which know nothing of groups.
    path(f"{YEAR}essai/", passing.preview, {"change": pass_year}, name="rollover_preview"),
    path(f"{YEAR}annuler/", passing.undo, {"change_back": undo_year}, name="rollover_undo"),
    path("", include("exchanges.urls")),
    path("", include("accounts.urls")),
    path("", include("portal.searching.urls")),
    path("", include("portal.pages.urls")),
    path("", include("portal.sitemap")),
    path("", include("resources.urls")),
]
if settings.IS_DEMO:
    urlpatterns.append(path("demo/", include("portal.demo.urls")))

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
