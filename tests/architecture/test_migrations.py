"""The migrations tell the models as they stand."""

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_waits_for_a_migration():
    out = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out, no_color=True)
    assert "No changes detected" in out.getvalue()
