"""Register the resources app."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Django's entry to the resources app."""

    name = "resources"
    label = "resources"
    default_auto_field = "django.db.models.BigAutoField"
