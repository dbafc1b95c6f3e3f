"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.health import health
from portal.home.views import home

urlpatterns = [
    path("", home, name="home"),
    path("sante/", health, name="health"),
    path("admin/", admin.site.urls),
    path("compte/", include("accounts.people.urls")),
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
