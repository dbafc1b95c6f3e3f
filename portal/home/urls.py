"""Addresses of the homes."""

from django.urls import path

from portal.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("quoi-de-neuf/", views.whats_new, name="whats_new"),
    path("ecoles/", views.schools, name="schools"),
    path("ecoles/<slug:slug>/", views.school, name="school"),
]
