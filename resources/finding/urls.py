"""Addresses of search."""

from django.urls import path

from resources.finding import views

urlpatterns = [path("ressources/", views.results, name="results")]
