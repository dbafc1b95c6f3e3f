"""Addresses of the import, under /ecoles/<slug>/membres/importer/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
