"""Addresses of assisted entry, under /ecoles/<slug>/saisir/."""

from django.urls import URLPattern, path

from accounts.assisted.views import typing

urlpatterns: list[URLPattern] = [
    path("", typing.find, name="assisted"),
    path("attente/<str:key>/", typing.decide, name="assisted_decide"),
    path("<str:key>/", typing.person, name="assisted_person"),
    path("<str:key>/fait/", typing.done, name="assisted_done"),
    path("<str:key>/feuille/", typing.sheet, name="assisted_sheet"),
]
