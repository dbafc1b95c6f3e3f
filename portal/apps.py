"""Register the portal app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Django's entry to the portal app."""

    name = "portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
