"""Make the demo people."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from portal.demo.actions import seed_people


class Command(BaseCommand):
    help = "Store the demo people who are missing (PORTAL_PROFILE=demo only)."

    def handle(self, *args: object, **options: object) -> None:
        try:
            made = seed_people()
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made} demo people added.")
