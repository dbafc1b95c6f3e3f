"""Addresses of what a person chooses to receive, under /compte/."""

from django.urls import path

from exchanges.notifications import views

urlpatterns = [
    path("compte/ce-que-je-recois/", views.what_i_receive, name="what_i_receive"),
]
