"""Addresses under /compte/ of what was typed for me."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
