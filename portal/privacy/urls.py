"""Addresses under /compte/ of what is held of me: to read, to take along, to erase."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
