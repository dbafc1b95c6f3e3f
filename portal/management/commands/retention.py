"""`manage.py retention`: what the clock does each day, now, with what went."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.privacy.retention import keep_in_time


class Command(BaseCommand):
    help: Any = _("Erase the leavers whose day has come, and forget what is kept no longer.")

    def handle(self, *args: object, **options: object) -> None:
        for name, count in keep_in_time(timezone.now()).items():
            self.stdout.write(f"{name}: {count}")
