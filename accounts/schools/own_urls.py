"""Addresses under /compte/ that ask what one is in a school."""

from django.urls import path

from accounts.schools.views import second_factor

urlpatterns = [
    path("deuxieme-preuve/", second_factor.second_factor, name="account_second_factor"),
]
