"""The migration operation that makes an index's tables, for the app that owns what is searched."""

from django.db.migrations.operations.base import Operation

from foundation.search.engines import engine_of


class CreateSearchIndex(Operation):
    """Create the tables of index `name` (lower-case ASCII letters), on either database."""

    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label, state) -> None:
        """Change no model: the tables belong to the engine."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for statement in engine_of(schema_editor.connection).create_sql(self.name):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for statement in engine_of(schema_editor.connection).drop_sql(self.name):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Create search index {self.name}"
