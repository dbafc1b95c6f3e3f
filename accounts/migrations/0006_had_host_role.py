"""Tell of each person whether the host ever gave them a role: every page asked."""

from django.db import migrations, models


def fill(apps, schema_editor):
    roles = apps.get_model("accounts", "HostRole").objects.using(schema_editor.connection.alias)
    people = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    people.filter(pk__in=roles.order_by().values("user")).update(had_host_role=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_asked")]

    operations = [
        migrations.AddField(
            "user", "had_host_role", models.BooleanField(db_default=False, default=False, editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
