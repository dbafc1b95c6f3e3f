"""`make bench`: the budgets of the library's pages, measured in one run, as a table.

Usage: python -m tests.bench [--quick]. Speeds are ratios to bare views of the same run (medians of 5).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.exchanges_keys import GROUP, TOPIC
from tests.bench.load import Client, compare
from tests.bench.server import ROOT, Server, serving

PAGES = {
    "home": "/",
    "results": "/ressources/",
    "search": "/ressources/?q=%C3%A9cran",
    "resource": "/ressources/texte-7/",
    "theme": "/themes/sujet-3/",
}
GROUPS = "/ecoles/banc/groupes/"
# Page of a school → the place of its reader among the cookies of `prepare`, its address, its rows.
OF_A_SCHOOL = {
    "home of a parent": (1, "/ecoles/banc/", 20),
    "home of a director": (2, "/ecoles/banc/", 20),
    "documents, a parent": (1, "/ecoles/banc/documents/", 20),
    "members, a director": (2, "/ecoles/banc/membres/", 50),
    "who does what, a parent": (1, "/ecoles/banc/equipe/", 24),
    "my account, a parent": (1, "/compte/", 15),
    "groups, a parent": (1, f"{GROUPS}", 24),
    "a group, its discussions": (1, f"{GROUPS}{GROUP}/", 20),
    "a discussion, page 1": (1, f"{GROUPS}{GROUP}/{TOPIC}/", 20),
    "members of a group": (1, f"{GROUPS}{GROUP}/membres/", 50),
    "card of a group": (1, f"{GROUPS}{GROUP}/presentation/", 20),
    "search everywhere": (1, "/chercher/?q=kermesse", 20),
    "what is new": (1, "/quoi-de-neuf/", 20),
    "a discussion, page 40": (1, f"{GROUPS}{GROUP}/{TOPIC}/?page=40", 20),
    "a discussion, page 500": (1, f"{GROUPS}{GROUP}/{TOPIC}/?page=500", 20),
    "search in a group": (1, f"{GROUPS}{GROUP}/chercher/?q=kermesse", 20),
    "what waits to be read": (1, "/ecoles/banc/a-moderer/", 10),
}
# Pages with a form, which the bare view then draws too.
FORMS = {"a discussion, page 1": "reply", "a discussion, page 40": "reply", "a discussion, page 500": "reply"}
# The last page of the longest discussion, and its last of a tenth of the people.
LAST_PAGE, LAST_OF_A_TENTH = "?page=500", "?page=50"
# Session and person, which the bare view reads too.
SIGN_IN = 2
MEMORY_REQUESTS = 100_000
lines: list[tuple[str, str, str, str]] = []


def tell(what: str, measured: str, budget: str, met: bool | None = None) -> None:
    """Print a line of the table at once."""
    mark = "" if met is None else "ok" if met else "OVER"
    lines.append((what, measured, budget, mark))
    print(f"{what:<54} {measured:<34} {budget:<18} {mark}", flush=True)


def prepare(folder: Path, count: int) -> list[str]:
    """Make the database of `count` resources and three signed-in people; return their session cookies."""
    env = os.environ | {"PORTAL_DATA": str(folder), "PORTAL_PROFILE": "embedded"}
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["migrate", "--verbosity", "0"], ["createcachetable"], ["publish_static"]):
        subprocess.run([*manage, *command], env=env, check=True, cwd=ROOT)
    made = subprocess.run(
        [sys.executable, "-m", "tests.bench.prepare", str(count)],
        env=env | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return [f"sessionid={key}" for key in made.stdout.split()[-3:]]


def queries_and_bytes(server: Server, cookie: str) -> dict[str, tuple[int, int]]:
    """Tell the queries and bytes of each page; return {page: (queries signed in, bytes)}."""
    public, private, plain = Client(server.port), Client(server.port, cookie), Client(server.port, cookie, "")
    found = {}
    for name, path in PAGES.items():
        separator = "&" if "?" in path else "?"
        # A parameter no view knows is never answered from the store: the page is made anew. Asked twice,
        # since the first request after a change also reads the library's cards and words again.
        first, miss = (public.get(f"{path}{separator}banc=1") for _ in range(2))
        _, signed = (private.get(path) for _ in range(2))
        if first.queries > miss.queries:
            tell(f"  {name}: first request after a change", str(first.queries), "told")
        tell(f"queries, {name}, signed out, not cached", str(miss.queries), "≤ 3", miss.queries <= 3)
        tell(f"queries, {name}, signed in", str(signed.queries), "≤ 8", signed.queries <= 8)
        body = plain.get(path).body
        found[name] = (signed.queries, len(body))
    return found


def speed(
    server: Server, bare: Server, cookie: str, known: dict[str, tuple[int, int]], seconds: float
) -> None:
    """Compare each page with its bare view."""
    public, private, stranger = (
        Client(server.port),
        Client(server.port, cookie),
        Client(bare.port, encoding=""),
    )
    sign_in = private.get("/banc/prive/?queries=0")
    for name, path in PAGES.items():
        queries, size = known[name]
        path_bare = f"/banc/prive/?queries={max(0, queries - max(0, sign_in.queries))}&bytes={size}"
        ours, theirs, ratio = compare((private, path), (private, path_bare), seconds)
        tell(
            f"speed, {name}, signed in", f"{ours:.0f} / {theirs:.0f} r/s = {ratio:.2f}", "≥ 0.8", ratio >= 0.8
        )
        empty = compare((private, path), (private, "/banc/prive/?queries=0&rows=1&bytes=200"), seconds)
        tell(f"  beside a view without data, {name}", f"{empty[2]:.2f}", "told")
        ours, theirs, ratio = compare((public, path), (stranger, f"/banc/public/?bytes={size}"), seconds)
        tell(f"speed, {name}, signed out", f"{ours:.0f} / {theirs:.0f} r/s = {ratio:.2f}", "≥ 1", ratio >= 1)


def of_a_tenth(path: str) -> str:
    """The address of the same page at S1."""
    return path.replace(LAST_PAGE, LAST_OF_A_TENTH)


def of_a_school(timed: Server, cookies: list[str], is_tenth: bool = False) -> dict[str, tuple[int, int]]:
    """Tell the queries of each page of a school; return {page: (queries, bytes)}."""
    found = {}
    for name, (place, address, _rows) in OF_A_SCHOOL.items():
        path = of_a_tenth(address) if is_tenth else address
        private, plain = Client(timed.port, cookies[place]), Client(timed.port, cookies[place], "")
        _, signed = (private.get(path) for _ in range(2))
        tell(f"queries, {name}", str(signed.queries), "≤ 8", signed.queries <= 8)
        found[name] = (signed.queries, len(plain.get(path).body))
    return found


def speed_in_a_school(
    server: Server, small: Server, cookies: tuple[list[str], list[str]], known: dict, seconds: float
) -> None:
    """Compare each page with its bare view, and with the same page of a tenth of the people."""
    for name, (place, path, rows) in OF_A_SCHOOL.items():
        queries, size = known[name]
        private, tenth = Client(server.port, cookies[1][place]), Client(small.port, cookies[0][place])
        path_bare = f"/banc/prive/?queries={queries - SIGN_IN}&rows={rows}&bytes={size}"
        path_bare += f"&form={FORMS[name]}" if name in FORMS else ""
        ours, theirs, ratio = compare((private, path), (private, path_bare), seconds)
        tell(f"speed, {name}", f"{ours:.0f} / {theirs:.0f} r/s = {ratio:.2f}", "≥ 0.8", ratio >= 0.8)
        s2, s1, ratio = compare((private, path), (tenth, of_a_tenth(path)), seconds)
        tell(f"growth, {name}: S2 / S1", f"{s2:.0f} / {s1:.0f} r/s = {ratio:.2f}", "≥ 0.9", ratio >= 0.9)


def growth(small: Server, large: Server, cookies: tuple[str, str], seconds: float) -> None:
    """Compare ten times the data with a tenth of it."""
    ours, theirs = Client(large.port, cookies[1]), Client(small.port, cookies[0])
    for name, path in PAGES.items():
        s2, s1, ratio = compare((ours, path), (theirs, path), seconds)
        tell(f"growth, {name}: S2 / S1", f"{s2:.0f} / {s1:.0f} r/s = {ratio:.2f}", "≥ 0.9", ratio >= 0.9)


def memory(server: Server, cookie: str, requests: int) -> None:
    """Read the worker's memory before and after many requests."""
    private, public = Client(server.port, cookie), Client(server.port)
    for path in PAGES.values():
        for _ in range(100):
            private.get(path)
    before = server.worker_memory()
    paths = list(PAGES.values())
    for count in range(requests):
        client = private if count % 20 == 0 else public
        client.get(paths[count % len(paths)])
    after = server.worker_memory()
    tell("memory of a worker, 10,000 resources", f"{before:.0f} MB", "≤ 130 MB", before <= 130)
    tell(f"  after {requests:,} requests more", f"{after - before:+.1f} MB", "≤ +5 MB", after - before <= 5)


def first_views(server: Server) -> None:
    """Open pages as an old phone does."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        tell("first view", "no Chromium here: not measured", "≤ 50 kB")
        return
    from tests.bench.firstview import visit

    for name, path in PAGES.items():
        first, again = visit(server.base, path, chromium)
        within = first.bytes <= 50_000 and first.requests <= 6
        tell(
            f"first view, {name}",
            f"{first.bytes / 1000:.1f} kB, {first.requests} requests",
            "≤ 50 kB, ≤ 6",
            within,
        )
        tell(f"  repeat view, {name}", f"{again.bytes / 1000:.1f} kB", "≤ 12 kB", again.bytes <= 12_000)
        tell(f"  readable, {name}", f"{first.readable:.2f} s", "≤ 3.5 s", first.readable <= 3.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter rounds, a tenth of the memory requests")
    options = parser.parse_args()
    seconds = 0.3 if options.quick else 1.0
    with tempfile.TemporaryDirectory(prefix="preau-bench-") as folder:
        small_data, large_data = Path(folder, "s1"), Path(folder, "s2")
        cookies = prepare(small_data, 1_000), prepare(large_data, 10_000)
        with serving(large_data, BENCH_TIMING="1") as timed:
            known = queries_and_bytes(timed, cookies[1][0])
            known_in_school = of_a_school(timed, cookies[1])
        with serving(small_data, BENCH_TIMING="1") as timed:
            same = queries_and_bytes(timed, cookies[0][0]) | of_a_school(timed, cookies[0], is_tenth=True)
        large_ones = known | known_in_school
        steady = all(same[name][0] == queries for name, (queries, _size) in large_ones.items())
        tell("queries the same at a tenth of the data", "yes" if steady else "no", "yes", steady)
        with (
            serving(small_data) as small,
            serving(large_data) as large,
            serving(large_data, BENCH_BARE="1") as bare,
        ):
            speed(large, bare, cookies[1][0], known, seconds)
            growth(small, large, (cookies[0][0], cookies[1][0]), seconds)
            speed_in_a_school(large, small, cookies, known_in_school, seconds)
            memory(large, cookies[1][0], MEMORY_REQUESTS // (10 if options.quick else 1))
            first_views(small)
    subprocess.run([sys.executable, "-m", "tests.bench.search_bench"], check=True, cwd=ROOT)
    over = [line for line in lines if line[3] == "OVER"]
    print(f"\n{len(lines) - len(over)} within their budget or told, {len(over)} over.")
    sys.exit(bool(over))


if __name__ == "__main__":
    main()
