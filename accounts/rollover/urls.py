"""Addresses of the change of year, under /ecoles/<slug>/reglages/annee/."""

from django.urls import URLPattern, path

from accounts.rollover.views import direction, passing

urlpatterns: list[URLPattern] = [
    path("", direction.overview, name="rollover"),
    path("classes/", direction.prepare, name="rollover_prepare"),
    path("passages/", direction.promotions, name="rollover_promotions"),
    path("enseignants/", direction.teachers, name="rollover_teachers"),
    path("passages/<slug:key>/", direction.people, name="rollover_people"),
    path("essai/", passing.preview, name="rollover_preview"),
    path("annuler/", passing.undo, name="rollover_undo"),
]
