"""What `make look`, `make bench` and `make trial` run starts without pytest and before Django is set up."""

import os
import subprocess
import sys

import pytest

from portal.settings import BASE_DIR

OF_OURS = ("PORTAL_", "DJANGO_", "PYTEST_", "DATABASE_URL")


@pytest.mark.parametrize("command", ["look", "bench", "trial"])
def test_its_modules_load_alone(command):
    bare = {name: value for name, value in os.environ.items() if not name.startswith(OF_OURS)}
    asked = [sys.executable, "-c", f"import tests.{command}.__main__"]
    done = subprocess.run(asked, cwd=BASE_DIR, env=bare, capture_output=True, text=True, timeout=60)
    assert not done.returncode, done.stderr
