"""Addresses of a school's own pages, under /ecoles/<slug>/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
