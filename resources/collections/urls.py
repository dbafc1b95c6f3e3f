"""Addresses of selections."""

from django.urls import path

from resources.collections import views

urlpatterns = [
    path("selections/", views.collections, name="collections"),
    path("selections/<slug:slug>/", views.collection, name="collection"),
]
