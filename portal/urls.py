"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.health import health

urlpatterns = [
    path("", include("portal.home.urls")),
    path("sante/", health, name="health"),
    path("admin/", admin.site.urls),
    path("compte/", include("portal.privacy.urls")),
    path("compte/", include("portal.assisted")),
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
