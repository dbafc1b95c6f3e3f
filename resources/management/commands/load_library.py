"""`manage.py load_library DIR`: bring the library in line with a folder of files, as often as one likes."""

import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext, ngettext

from resources.files.actions import load_library
from resources.files.findings import BadFiles


class Command(BaseCommand):
    help = "Load the resources of a folder; what changed here since is kept and named."

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--overwrite", action="store_true", help="take the files where both changed")

    def handle(self, *, folder, overwrite, **options):
        try:
            report = load_library(folder, overwrite=overwrite)
        except BadFiles as error:
            for found in error.findings:
                self.stderr.write(str(found))
            self.stderr.write(gettext("Nothing was loaded."))
            sys.exit(1)
        self._tell(report)

    def _tell(self, report):
        for name in report.kept:
            self.stdout.write(
                gettext("%(name)s: changed both in the file and here. Kept as it is here.") % {"name": name}
            )
        for name in report.edited:
            self.stdout.write(gettext("%(name)s: changed here, not in the file.") % {"name": name})
        for name in report.gone:
            self.stdout.write(
                gettext("%(name)s: no longer in the folder. Nothing was removed.") % {"name": name}
            )
        for name in report.unused:
            self.stdout.write(gettext("images/%(name)s: no text shows it.") % {"name": name})
        if report.changed:
            figures = {
                "created": len(report.created),
                "updated": len(report.updated),
                "unchanged": len(report.unchanged),
            }
            self.stdout.write(
                gettext("Files: %(created)s new, %(updated)s updated, %(unchanged)s unchanged.") % figures
            )
        else:
            count = len(report.unchanged)
            told = ngettext(
                "Nothing to change: %(count)s file as it was.",
                "Nothing to change: %(count)s files as they were.",
                count,
            )
            self.stdout.write(told % {"count": count})
        if report.kept:
            count = len(report.kept)
            told = ngettext(
                "%(count)s file was not loaded: --overwrite takes the file instead.",
                "%(count)s files were not loaded: --overwrite takes the files instead.",
                count,
            )
            self.stdout.write(told % {"count": count})
