"""Where postings are kept and ranked: one engine a database vendor, chosen by the connection."""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.search.engines import postgres, scoped_postgres, scoped_sqlite, sqlite


def engine_of(connection: BaseDatabaseWrapper) -> ModuleType:
    """Return the engine for `connection`; raise `NotImplementedError` for another vendor.

    An engine has `create_sql`, `drop_sql`, `write`, `delete`, `clear`, `count` and `ranked`.
    """
    if connection.vendor == "sqlite":
        return sqlite
    if connection.vendor == "postgresql":
        return postgres
    raise NotImplementedError(f"No search engine for {connection.vendor}.")


def scoped_engine_of(connection: BaseDatabaseWrapper) -> ModuleType:
    """Return the engine of private indexes, as `engine_of`.

    It has `create_scoped_sql`, `drop_sql`, `write_scoped`, `delete`, `clear`, `expression` and `newest_sql`.
    """
    return {sqlite: scoped_sqlite, postgres: scoped_postgres}[engine_of(connection)]
