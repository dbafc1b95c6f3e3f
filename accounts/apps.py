"""Register the accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Django's entry to the accounts app."""

    name = "accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
