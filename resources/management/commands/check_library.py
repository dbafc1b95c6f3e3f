"""`manage.py check_library DIR`: the measurable rules of the library's texts (EDITORIAL §3)."""

import sys

from django.core.management.base import BaseCommand

from resources.files import check


class Command(BaseCommand):
    help = "Check the texts of a library folder against the measurable rules K1 to K20."
    requires_system_checks = []

    def add_arguments(self, parser):
        check.add_arguments(parser)

    def handle(self, **options):
        status = check.run(options, self.stdout.write)
        if status:
            sys.exit(status)
