"""Addresses of resources and themes."""

from django.urls import path

from resources.catalogue import views

urlpatterns = [
    path("ressources/<slug:slug>/", views.resource, name="resource"),
    path("ressources/<slug:slug>/<slug:key>/", views.variant, name="variant"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
]
