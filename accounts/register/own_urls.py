"""Addresses under /compte/ of my own consents."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
