"""Every address of the library; the fixed words before the slugs."""

from django.urls import include, path

urlpatterns = [
    path("", include("resources.finding.urls")),
    path("", include("resources.sharing.urls")),
    path("", include("resources.collections.urls")),
    path("", include("resources.glossary.urls")),
    path("", include("resources.catalogue.urls")),
]
