"""Every address of people and schools; the fixed words before the slugs."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("accounts.people.urls")),
    path("compte/", include("accounts.schools.own_urls")),
    path("compte/", include("accounts.invitations.own_urls")),
    path("compte/", include("accounts.assisted.own_urls")),
    path("compte/", include("accounts.rollover.own_urls")),
    path("compte/", include("accounts.register.own_urls")),
    path("rejoindre/", include("accounts.invitations.urls")),
    path("ecoles/<slug:slug>/membres/importer/", include("accounts.families.urls")),
    path("ecoles/<slug:slug>/membres/", include("accounts.invitations.school_urls")),
    path("ecoles/<slug:slug>/membres/", include("accounts.reach.urls")),
    path("ecoles/<slug:slug>/membres/", include("accounts.register.urls")),
    path("ecoles/<slug:slug>/reglages/annee/", include("accounts.rollover.urls")),
    path("ecoles/<slug:slug>/saisir/", include("accounts.assisted.urls")),
    path("ecoles/<slug:slug>/", include("accounts.schools.urls")),
]
