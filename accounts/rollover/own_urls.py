"""Addresses under /compte/ of what a parent says of next year."""

from django.urls import URLPattern, path

from accounts.rollover.views import parents

urlpatterns: list[URLPattern] = [path("annee-prochaine/", parents.next_year, name="next_year")]
