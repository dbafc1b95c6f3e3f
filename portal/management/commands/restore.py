"""`manage.py restore FILE`: put a backup in the place of what is there, with sending off."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.backup.errors import BackupError
from portal.backup.restoring import restore_backup


class Command(BaseCommand):
    help: Any = _("Replace the database and the uploads by those of a backup. Sending is then off.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=gettext("a file made by `manage.py backup`"))
        parser.add_argument(
            "--no-input", action="store_true", help=gettext("do not ask before replacing what is there")
        )

    def handle(self, *, file: Path, no_input: bool, **options: object) -> None:
        if sys.stdin.isatty() and not no_input:
            self._ask()
        try:
            done = restore_backup(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        values = {"made": done.made, "rows": done.rows, "files": done.files, "erased": done.erased_again}
        for line in (
            gettext("The backup of %(made)s is in place: %(rows)s rows, %(files)s files."),
            gettext("Accounts erased again, as the ledger says: %(erased)s."),
            gettext("Everybody is signed out. Links by mail and class codes no longer work."),
            gettext("Slips printed since the backup do not work: print them again."),
            gettext("Sending is off. When all is well: manage.py sending on"),
        ):
            self.stdout.write(line % values)

    @staticmethod
    def _ask() -> None:
        question = gettext("All that is in this portal will be replaced. Type “yes” to go on: ")
        if input(question).strip().lower() not in {"yes", gettext("yes").lower()}:
            raise CommandError(gettext("Nothing was changed."))
