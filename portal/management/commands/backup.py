"""`manage.py backup FILE`: database, uploads and the ledger of erasures, while the portal runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.backup.actions import make_backup, try_backup
from portal.backup.errors import BackupError


class Command(BaseCommand):
    help: Any = _("Make a backup, or try one (--test) in a throwaway place.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=gettext("like preau-2026-11-24.tar.gz"))
        parser.add_argument(
            "--test",
            action="store_true",
            help=gettext("check a backup; nothing is written here"),
        )

    def handle(self, *, file: Path, test: bool, **options: object) -> None:
        try:
            words = self._test(file) if test else self._make(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(words)

    @staticmethod
    def _make(file: Path) -> str:
        made = make_backup(file)
        values = {"file": file, "rows": made.rows, "files": made.files, "kb": made.size // 1024}
        return gettext("%(file)s: %(rows)s rows, %(files)s files, %(kb)s kB.") % values

    @staticmethod
    def _test(file: Path) -> str:
        counts = try_backup(file)
        values = {"file": file, "rows": sum(counts.values()), "tables": len(counts)}
        return gettext("%(file)s is whole: %(rows)s rows in %(tables)s tables hold together.") % values
