"""How many read each group, kept with it: the clock counts those that are there already within a minute."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0002_search")]
    operations = [
        migrations.AddField(
            "group",
            "readers",
            models.PositiveIntegerField(default=0, editable=False, verbose_name="readers"),
        ),
        migrations.AddIndex(
            "groupmember",
            models.Index(
                fields=["group"],
                condition=models.Q(("is_facilitator", True)),
                name="facilitators_of_group",
            ),
        ),
    ]
