"""Every address of the exchanges; those of a school stand under its slug."""

from django.urls import URLPattern, URLResolver, include, path

from exchanges.groups.views import index
from exchanges.letter.fresh import fresh_groups

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("exchanges.notifications.urls")),
    path("", include("exchanges.discussions.urls")),
    path("", include("exchanges.moderation.urls")),
    path("compte/", include("exchanges.groups.urls")),
    # Groups know nothing of what is read in them: here they are told.
    path("ecoles/<slug:slug>/groupes/", index.groups, {"fresh": fresh_groups}, name="groups"),
    path("ecoles/<slug:slug>/groupes/", include("exchanges.groups.school_urls")),
    path("ecoles/<slug:slug>/groupes/", include("exchanges.discussions.school_urls")),
    path("ecoles/<slug:slug>/", include("exchanges.moderation.school_urls")),
]
