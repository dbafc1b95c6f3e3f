"""Register the exchanges app."""

from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    """Django's entry to the exchanges app."""

    name = "exchanges"
    label = "exchanges"
    default_auto_field = "django.db.models.BigAutoField"
