"""Addresses of joining, open to visitors."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
