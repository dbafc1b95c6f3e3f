"""Addresses of assisted entry, under /ecoles/<slug>/saisir/."""

from django.urls import URLPattern, path

from accounts.assisted.views import typing

urlpatterns: list[URLPattern] = [
    path("", typing.find, name="assisted"),
    path("attente/<slug:key>/", typing.decide, name="assisted_decide"),
    path("<slug:key>/", typing.person, name="assisted_person"),
    path("<slug:key>/fait/", typing.done, name="assisted_done"),
    path("<slug:key>/feuille/", typing.sheet, name="assisted_sheet"),
]
