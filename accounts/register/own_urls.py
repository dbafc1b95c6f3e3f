"""Addresses under /compte/ of my own consents."""

from django.urls import path

from accounts.register.views import own

urlpatterns = [path("accords-associations/", own.my_consents, name="my_consents")]
