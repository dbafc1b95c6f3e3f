"""Addresses of invitations and slips, under /ecoles/<slug>/membres/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
