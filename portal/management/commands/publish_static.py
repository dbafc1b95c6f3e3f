"""Publish style, scripts and font under hashed names, compressed; only what the pages load."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "collectstatic, leaving out what no page of ours loads."

    def handle(self, *args: object, **options: object) -> None:
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=settings.STATIC_IGNORED)
