"""Every address of the exchanges; those of a school stand under its slug."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
