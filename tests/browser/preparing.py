"""Fill the folder PORTAL_DATA as `make run` does, in one process: `python -m tests.browser.preparing`."""

import os
from pathlib import Path

import django
from django.core.management import call_command

COMMANDS = (
    ["migrate", "--verbosity", "0"],
    ["createcachetable"],
    ["load_library", "resources/starter"],
    ["seed_demo"],
    ["publish_static"],
)


def main() -> None:
    django.setup()
    with Path(os.devnull).open("w") as nowhere:
        for command in COMMANDS:
            call_command(*command, stdout=nowhere)


if __name__ == "__main__":
    main()
