"""Fill the folder PORTAL_DATA as `make run` does, in one process: `python -m tests.browser.preparing`."""

import os
from pathlib import Path

import django
from django.core.management import call_command

from tests import kept

COMMANDS = (
    ["migrate", "--verbosity", "0"],
    ["createcachetable"],
    ["load_library", "resources/starter"],
    ["seed_demo"],
)


def main() -> None:
    data = Path(os.environ["PORTAL_DATA"])
    kept.give(data)
    django.setup()
    with Path(os.devnull).open("w") as nowhere:
        for command in COMMANDS:
            call_command(*command, stdout=nowhere)
    (data / "whole").touch()


if __name__ == "__main__":
    main()
