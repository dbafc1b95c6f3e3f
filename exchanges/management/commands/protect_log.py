"""`manage.py protect_log ROLE`: on PostgreSQL, the role that runs the portal only adds to the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.moderation.models import Decision

FUNCTION = "refuse_change_of_decisions"
# Refused to everybody but the owner of the table, who migrates and restores: privileges alone would let in
# whoever is given them by mistake.
TRIGGER = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'a decision is neither changed nor deleted';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS {function} ON {table};
CREATE TRIGGER {function} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
PRIVILEGES = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role};
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC;
"""


class Command(BaseCommand):
    help: Any = _(
        "On PostgreSQL with two roles: give the role that runs the portal what it needs, and refuse it to"
        " change or delete decisions. Run it with the role that migrates, after each migration."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help=gettext("the role that runs the portal"))

    def handle(self, *, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(gettext("This needs PostgreSQL: SQLite knows no roles."))
        quote = connection.ops.quote_name
        names = {"role": quote(role), "table": quote(Decision._meta.db_table), "function": FUNCTION}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
            current, is_known = cursor.fetchone()
            if not is_known:
                raise CommandError(gettext("There is no role %(role)s.") % {"role": role})
            if current == role:
                raise CommandError(gettext("Run this with the role that migrates: it owns the tables."))
            cursor.execute(PRIVILEGES.format(**names))
            cursor.execute(TRIGGER.format(**names))
        self.stdout.write(gettext("%(role)s adds decisions, and changes or deletes none.") % {"role": role})
