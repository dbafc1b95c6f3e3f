"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from portal.health import health

urlpatterns = [
    path("sante/", health, name="health"),
    path("admin/", admin.site.urls),
    path("compte/", include("allauth.urls")),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
