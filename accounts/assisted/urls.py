"""Addresses of assisted entry, under /ecoles/<slug>/saisir/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
