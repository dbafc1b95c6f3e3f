"""Addresses under /compte/ of what was typed for me; undoing is composed in portal (`portal.assisted`)."""

from django.urls import URLPattern, path

from accounts.assisted.views import own

urlpatterns: list[URLPattern] = [path("saisi-pour-moi/", own.for_me, name="assisted_for_me")]
