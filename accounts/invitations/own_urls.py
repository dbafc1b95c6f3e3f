"""Addresses under /compte/ that ask in which schools one is."""

from django.urls import path

from accounts.invitations.views import merging, my_account

urlpatterns = [
    path("", my_account.account, name="account_home"),
    path("reunir/", merging.merging, name="account_merge"),
]
