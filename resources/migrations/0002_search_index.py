"""The tables of the library's search index."""

from django.db import migrations

from foundation.search.schema import CreateSearchIndex


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial"), ("foundation", "0001_search")]

    operations = [CreateSearchIndex("library")]
