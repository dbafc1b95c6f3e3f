"""Questions that nobody answered, by an index of their own: whoever runs a group is shown them first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0002_search")]
    operations = [
        migrations.AddIndex(
            "topic",
            models.Index(
                fields=["group", "created"],
                condition=models.Q(
                    ("is_visible", True), ("kind", "question"), ("last_number", 1), ("state", "open")
                ),
                name="topics_unanswered",
            ),
        ),
    ]
