"""Addresses of selections and of their blocks to embed."""

from django.urls import path

from resources.collections import views

urlpatterns = [
    path("selections/", views.collections, name="collections"),
    path("selections/<slug:slug>/", views.collection, name="collection"),
    path("integrer/selection/<slug:slug>/", views.embed_collection, name="embed_collection"),
]
