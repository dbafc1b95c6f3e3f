"""Prints how long a search takes in a made-up library, on the database of the settings.

Usage: DATABASE_URL=… python -m tests.bench.search_bench [--resources 10000] [--seed 1]
Works in a database of its own, dropped at the end. A time is that of the first 20 results with every
facet's counts and the library's version, without the template; the best of 7, which is what the search
costs rather than what else the machine does. Budget (DESIGN §10): median ≤ 10 ms, worst single word ≤ 20 ms.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

REPEATS = 7


def main() -> None:
    """Read the options, make the database, measure, drop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        own = str(Path(folder) / "bench.sqlite3") if connection.vendor == "sqlite" else "preau_bench"
        connection.settings_dict["TEST"]["NAME"] = own
        before = str(connection.settings_dict["NAME"])
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            measure(options.resources, options.seed)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def measure(count: int, seed: int) -> None:
    """Fill a library of `count` resources, time each kind of search, print a line for each."""
    from django.db import connection

    from foundation.search.vocabulary import read_vocabulary
    from resources.catalogue import index, snapshot
    from resources.catalogue.models import Resource
    from resources.finding.facets import facets_of
    from tests.bench.search_corpus import fill_library

    took = _timed(lambda: fill_library(count, seed))
    print(f"{connection.vendor}: {count} resources written and indexed in {took / 1000:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"  words read after a change: {_timed(lambda: read_vocabulary('library')):.0f} ms")
    print(f"  library read after a change: {_timed(snapshot.library):.0f} ms")
    print(f"  bitmaps made after a change: {_timed(lambda: facets_of(snapshot.library())):.0f} ms")
    keys = list(Resource.objects.values_list("pk", flat=True)[:20])
    print(
        f"  one resource indexed again: {_timed(lambda: [index.refresh([key]) for key in keys]) / 20:.1f} ms"
    )
    for kind, addresses in _addresses(seed).items():
        _print(kind, addresses)


def _addresses(seed: int) -> dict[str, list[str]]:
    """Return addresses to ask by kind; words are drawn from titles, so as often as they stand there."""
    from resources.catalogue.index import LIBRARY_INDEX
    from resources.catalogue.models import Resource

    rng = random.Random(seed)
    words = [word for title in Resource.objects.values_list("title", flat=True) for word in title.split()]
    frequent = sorted(set(rng.sample(words, 2000)), key=lambda word: -len(LIBRARY_INDEX.search(word).keys))
    some = [rng.choice(words) for _ in range(100)]
    return {
        "no words": [""],
        "no words, two filters": ["niveau=college&theme=sujet-3"],
        "one word": [f"q={word}" for word in some],
        "one word, three filters": [f"q={word}&niveau=college&forme=guide&temps=5-10" for word in some],
        "two words": [f"q={'+'.join(rng.sample(words, 2))}" for _ in range(100)],
        "four words": [f"q={'+'.join(rng.sample(words, 4))}" for _ in range(100)],
        "misspelt word": [f"q=x{word}" for word in some],
        "most frequent single words": [f"q={word}&pour=tous" for word in frequent[:20]],
    }


def _print(kind: str, addresses: list[str]) -> None:
    from django.http import QueryDict

    from resources.catalogue.snapshot import library
    from resources.finding.queries import find

    times, totals = [], []
    for address in addresses:
        totals.append(find(QueryDict(address), library()).total)
        runs = [_timed(lambda asked=address: find(QueryDict(asked), library())) for _ in range(REPEATS)]
        times.append(min(runs))
    print(
        f"  {kind:<27} median {statistics.median(times):6.2f} ms  worst {max(times):6.2f} ms"
        f"  found {int(statistics.median(totals))}, most {max(totals)}"
    )


def _timed(action: Callable[[], object]) -> float:
    """Return how many milliseconds `action` took."""
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
