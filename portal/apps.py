"""Register the portal app."""

from django.apps import AppConfig
from django.core.checks import register


class PortalConfig(AppConfig):
    """Django's entry to the portal app."""

    name = "portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of a start: a database that could lose a write, or an open demo, is refused."""
        from portal.checks import sqlite_keeps_every_write
        from portal.demo import checks  # noqa: F401 - registers what refuses an open demo

        register(sqlite_keeps_every_write)
