"""Give each person the key that stands for them in logs, and what the schools ask of an account."""

from django.db import migrations, models

import foundation.keys


def fill(apps, schema_editor):
    """One key each: a default of the column would be the same for all."""
    User = apps.get_model("accounts", "User")
    for pk in list(User.objects.filter(key__isnull=True).values_list("pk", flat=True)):
        User.objects.filter(pk=pk).update(key=foundation.keys.person_key())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_kept_text")]

    operations = [
        migrations.AddField("user", "key", models.CharField(max_length=12, null=True, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "user",
            "key",
            models.CharField(
                max_length=12, unique=True, default=foundation.keys.person_key, editable=False
            ),
        ),
        migrations.AddField(
            "user", "prefers_paper", models.BooleanField(default=False, verbose_name="prefers paper")
        ),
        migrations.AddField(
            "user", "past_opens", models.DateTimeField(null=True, blank=True, editable=False)
        ),
    ]
