"""Addresses of the demo. Naming them outside the demo stops the server: a WSGI server runs no checks."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from portal.demo.views import demo

if settings.IS_PRODUCTION or not settings.IS_DEMO:
    raise ImproperlyConfigured("The demo's sign-in exists only with PORTAL_PROFILE=demo.")

urlpatterns = [path("", demo, name="demo")]
