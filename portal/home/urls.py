"""Addresses of the homes."""

from django.urls import path

from portal.home.views import library, schools

urlpatterns = [
    path("", library.home, name="home"),
    path("bibliotheque/", library.library_home, name="library_home"),
    path("quoi-de-neuf/", schools.whats_new, name="whats_new"),
    path("ecoles/", schools.schools, name="schools"),
    path("ecoles/<slug:slug>/", schools.school, name="school"),
]
