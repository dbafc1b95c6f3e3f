"""Addresses of resources and themes."""

from django.urls import path, re_path

from resources.catalogue import draft_views, picture_views, views

urlpatterns = [
    # Before the versions: a token looks like one, but is longer than their keys.
    re_path(r"^ressources/brouillon/(?P<token>[\w-]{20,64})/$", draft_views.draft, name="draft"),
    path("ressources/<slug:slug>/", views.resource, name="resource"),
    path("ressources/<slug:slug>/<slug:key>/", views.variant, name="variant"),
    path("media/library/<slug:stem>.webp", picture_views.picture, name="picture"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
]
