"""Addresses of the change of year, under /ecoles/<slug>/reglages/annee/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
