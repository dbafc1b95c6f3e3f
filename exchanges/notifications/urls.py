"""Addresses of what a person chooses to receive, and of each thing they were told."""

from django.urls import path

from exchanges.notifications import views

urlpatterns = [
    path("compte/ce-que-je-recois/", views.what_i_receive, name="what_i_receive"),
    path("quoi-de-neuf/<slug:kind>/<str:obj>/", views.told, name="told"),
]
