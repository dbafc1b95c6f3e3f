"""Every address of the exchanges; those of a school stand under its slug."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("exchanges.notifications.urls")),
    path("", include("exchanges.discussions.urls")),
    path("compte/", include("exchanges.groups.urls")),
    path("ecoles/<slug:slug>/groupes/", include("exchanges.groups.school_urls")),
    path("ecoles/<slug:slug>/groupes/", include("exchanges.discussions.school_urls")),
]
