"""Address of the search of the whole site."""

from django.urls import path

from portal.searching import views

urlpatterns = [path("chercher/", views.search, name="search")]
