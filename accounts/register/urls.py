"""Addresses of consents, under /ecoles/<slug>/membres/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
