"""Put a backup in the place of what is there: checked first, in one transaction, with its doors shut."""

import datetime
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from accounts.register.models import Erasure
from exchanges.discussions.actions.indexing import build_index
from portal.backup import archive, doors, media, staging
from portal.backup.actions import LEDGER, ROWS
from portal.backup.errors import BackupError
from portal.backup.snapshots import DEFAULT
from portal.backup.tables import all_models, copy_rows, empty, kept_models
from portal.privacy import ledger
from portal.privacy.actions import erase_rows
from resources.catalogue import index, version
from resources.catalogue.models import LibraryVersion


class NotMigrated(BackupError):
    message = _("The database is not ready. Run `manage.py migrate` first.")


@dataclass(frozen=True)
class Restored:
    """What was put back, and how many accounts were erased again."""

    made: str
    rows: int
    files: int
    erased_again: int


def restore_backup(path: Path) -> Restored:
    """Replace database and uploads by those of `path`. Raises BackupError, and then has changed nothing."""
    _refuse_old_schema()
    with tempfile.TemporaryDirectory(prefix="preau-") as folder:
        place = Path(folder)
        manifest = archive.unpack(path, place)
        with staging.staged(place / ROWS, manifest, place / "staged.sqlite3") as alias:
            # Before the rows: erasing again takes away files too.
            files = media.store(place / media.FOLDER)
            with transaction.atomic():
                lines = _ledgers(place / LEDGER)
                rows = _pour(alias)
                doors.shut()
                erased = _erase_again(lines)
                index.rebuild()
                build_index()
        media.keep_only(place / media.FOLDER)
    cache.clear()
    ContentType.objects.clear_cache()
    ledger.catch_up()
    return Restored(manifest["made"], rows, files, erased)


def _refuse_old_schema() -> None:
    executor = MigrationExecutor(connections[DEFAULT])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated


def _ledgers(of_backup: Path) -> list[ledger.Line]:
    """Everybody erased, whoever says so: this machine's file, its database, the backup's file."""
    known = ledger.read(of_backup) | ledger.read()
    known |= {row.person: ledger.line_of(row) for row in Erasure.objects.all()}
    return sorted(known.values(), key=lambda line: line.at)


def _pour(alias: str) -> int:
    """Replace every row; the library's number still grows, so that no page kept in memory passes for new."""
    number = version.current()
    models = kept_models(apps)
    empty(all_models(apps), DEFAULT)
    count = sum(copy_rows(model, alias, DEFAULT) for model in models)
    with connections[DEFAULT].cursor() as cursor:
        for statement in connections[DEFAULT].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    LibraryVersion.objects.filter(pk=1, number__lt=number).update(number=number)
    version.bump()
    return count


def _erase_again(lines: Iterable[ledger.Line]) -> int:
    """Erase whom the ledgers name, and whom the backup's own rows name."""
    wanted = {row.person: ledger.line_of(row) for row in Erasure.objects.all()}
    wanted |= {line.person: line for line in lines}
    count = 0
    for line in wanted.values():
        user = User.objects.filter(key=line.person).first()
        if user is not None:
            erase_rows(user, keep_contributions=line.keep_contributions)
            count += 1
        at = datetime.datetime.fromisoformat(line.at)
        values = {"keep_contributions": line.keep_contributions, "at": at}
        Erasure.objects.update_or_create(person=line.person, defaults=values)
    return count
