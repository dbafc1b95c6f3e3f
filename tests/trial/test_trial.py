"""Each scenario of `make trial`, in its short form."""

import subprocess
import sys

import pytest

from tests.bench.server import ROOT
from tests.trial.__main__ import SHORT

pytestmark = pytest.mark.serial


@pytest.mark.parametrize("name", SHORT)
def test_the_short_form_holds(name):
    done = subprocess.run(
        [sys.executable, "-m", "tests.trial", name, "--small"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
