"""Addresses under /compte/ of my own choices about groups."""

from django.urls import path

from exchanges.groups.views import members

urlpatterns = [path("personnes-masquees/", members.folded_people, name="folded_people")]
