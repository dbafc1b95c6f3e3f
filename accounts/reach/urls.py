"""Addresses of who is reached, under /ecoles/<slug>/membres/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
