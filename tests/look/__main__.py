"""`make look`: axe over the whole matrix, pictures kept in var/look/.

Widths 320, 360, 1280, 1440 × light, dark × 100 %, 200 % × French, Arabic, on every page (DESIGN §10).
Usage: python -m tests.look [--only NAME] [--processes 2]. Exits 1 when axe finds something or a page scrolls
sideways.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

from tests.browser.harness import CHROMIUM, running_portal
from tests.browser.pages import EVERYWHERE
from tests.look.looking import LANGUAGES, MATRIX, PICTURES, jobs_of, look_through


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    if not CHROMIUM:
        print("No Chromium here (Debian: apt-get install chromium): nothing was looked at.")
        sys.exit(bool(os.environ.get("PORTAL_NO_SKIP")))
    PICTURES.mkdir(parents=True, exist_ok=True)
    stops = tuple(stop for stop in EVERYWHERE if options.only in stop.name)
    if not stops:
        parser.error(f"no page has {options.only!r} in its name")
    with (
        tempfile.TemporaryDirectory(prefix="preau-look-") as folder,
        running_portal(Path(folder)) as address,
        multiprocessing.get_context("spawn").Pool(options.processes) as pool,
    ):
        jobs = jobs_of(address, stops)
        found = [line for lines in pool.imap_unordered(look_through, jobs) for line in lines]
    for line in sorted(found):
        print(line)
    looks = len(stops) * len(LANGUAGES) * len(MATRIX)
    print(f"{len(stops)} pages, {looks} looks: {len(found)} to put right. Pictures: var/look/")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
