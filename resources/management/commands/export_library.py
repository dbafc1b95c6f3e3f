"""`manage.py export_library DIR`: write the library to files, one canonical form, byte for byte."""

import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from resources.files.actions import export_library
from resources.files.findings import BadFiles


class Command(BaseCommand):
    help = "Write the whole library to the files of a folder."

    def add_arguments(self, parser):
        parser.add_argument("folder")

    def handle(self, *, folder, **options):
        try:
            report = export_library(folder)
        except BadFiles as error:
            for found in error.findings:
                self.stderr.write(str(found))
            sys.exit(1)
        for name in report.strange:
            self.stdout.write(gettext("%(name)s: not in the library. Left as it is.") % {"name": name})
        figures = {"written": len(report.written), "same": len(report.same), "folder": folder}
        self.stdout.write(gettext("%(folder)s: %(written)s written, %(same)s already the same.") % figures)
