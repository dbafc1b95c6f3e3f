"""Print who may what."""

from django.core.management.base import BaseCommand

from portal.permissions.table import in_text


class Command(BaseCommand):
    help = "Print the table of who may what: every act of every policy, and the roles that may do it."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(in_text())
