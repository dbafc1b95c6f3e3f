"""Make the demo schools and people."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from portal.demo.actions import seed_demo


class Command(BaseCommand):
    help = "Store the demo schools and people who are missing (PORTAL_PROFILE=demo only)."

    def handle(self, *args: object, **options: object) -> None:
        try:
            schools, people = seed_demo()
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{schools} demo schools and {people} demo people added.")
