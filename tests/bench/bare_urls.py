"""The one address of the bare server."""

from django.urls import path

from tests.bench import views

urlpatterns = [path("banc/public/", views.public)]
