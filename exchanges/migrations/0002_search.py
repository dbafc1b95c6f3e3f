"""The private index of messages: each group's own."""

from django.db import migrations

from foundation.search.scoped import CreateScopedIndex


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0001_groups_and_discussions"), ("foundation", "0003_holidays")]
    operations = [CreateScopedIndex("posts")]
