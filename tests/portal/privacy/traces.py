"""Look for a word wherever the portal may keep one: every column, the cache, the files of the data folder."""

import base64
import contextlib
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def traces_of(*words: str) -> list[str]:
    """Name every place that holds one of `words`, whatever their case."""
    wanted = [word.lower() for word in words]
    return sorted({*_tables(wanted), *_sessions(wanted), *_files(wanted)})


def _tables(wanted: list[str]) -> set[str]:
    """Every table of the database, those without a model (cache, search) included."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                for column, value in zip(columns, row, strict=True):
                    if any(word in text for word in wanted for text in _texts(value)):
                        found.add(f"{table}.{column}")
    return found


def _texts(value: object) -> list[str]:
    """The value as text, and as what it decodes to where it is base64 (the cache's rows)."""
    if isinstance(value, memoryview | bytes):
        return [bytes(value).decode("utf-8", "replace").lower()]
    text = str(value)
    # JSON may write an accent as an escape.
    texts = [text.lower(), text.encode().decode("unicode_escape", "replace").lower()]
    with contextlib.suppress(ValueError):
        texts.append(base64.b64decode(text, validate=True).decode("utf-8", "replace").lower())
    return texts


def _sessions(wanted: list[str]) -> set[str]:
    held = [str(session.get_decoded()).lower() for session in Session.objects.all()]
    return {"a session" for text in held if any(word in text for word in wanted)}


def _files(wanted: list[str]) -> set[str]:
    """All of the data folder but the database itself, read above."""
    found = set()
    for path in Path(settings.PORTAL_DATA).rglob("*"):
        if not path.is_file() or ".sqlite3" in path.name or "static" in path.parts:
            continue
        text = path.read_bytes().decode("utf-8", "replace").lower()
        if any(word in text or word in path.name.lower() for word in wanted):
            found.add(f"file {path.name}")
    return found
