"""Prints how long a search takes among made-up documents, on the database of the settings.

Usage: DATABASE_URL=… python -m tests.bench.search_bench [--documents 10000] [--seed 1]
Works in a database of its own, dropped at the end. Budget: median ≤ 10 ms, worst single word ≤ 20 ms.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import django

REPEATS = 7


def main() -> None:
    """Read the options, make the database, measure, drop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        own = str(Path(folder) / "bench.sqlite3") if connection.vendor == "sqlite" else "preau_bench"
        connection.settings_dict["TEST"]["NAME"] = own
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            measure(options.documents, options.seed)
        finally:
            connection.creation.destroy_test_db(str(before), verbosity=0)


def measure(count: int, seed: int) -> None:
    """Build an index of `count` documents, time each kind of query, print a line for each."""
    from django.db import connection

    from foundation.search.engines import engine_of
    from foundation.search.index import Index
    from foundation.search.vocabulary import read_vocabulary
    from tests.bench.search_corpus import documents

    with connection.cursor() as cursor:
        for statement in engine_of(connection).create_sql("bench"):
            cursor.execute(statement)
    index = Index("bench")
    corpus = list(documents(count, seed))
    start = time.perf_counter()
    index.replace(corpus)
    print(f"{connection.vendor}: {count} documents indexed in {time.perf_counter() - start:.1f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    start = time.perf_counter()
    read_vocabulary("bench")
    print(f"  word table read in {1000 * (time.perf_counter() - start):.0f} ms")

    rng = random.Random(seed)
    title_words = [word for document in corpus for word in document.title.split()]
    frequent = sorted(set(title_words), key=lambda word: -len(index.search(word).keys))[:20]
    kinds = {
        "one word": [rng.choice(title_words) for _ in range(100)],
        "two words": [" ".join(rng.sample(title_words, 2)) for _ in range(100)],
        "four words": [" ".join(rng.sample(title_words, 4)) for _ in range(100)],
        "unfinished word": [rng.choice(title_words)[:4] for _ in range(100)],
        "misspelt word": [_misspelt(rng.choice(title_words), rng) for _ in range(50)],
        "most frequent single words": frequent,
    }
    for kind, queries in kinds.items():
        _print(kind, queries, index)
    start = time.perf_counter()
    for document in corpus[:20]:
        index.replace([document])
    print(f"  one document replaced: {50 * (time.perf_counter() - start):.1f} ms")


def _print(kind: str, queries: Iterable[str], index) -> None:
    times, found = [], []
    for query in queries:
        runs = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            hits = index.search(query, prefix=kind == "unfinished word")
            runs.append(1000 * (time.perf_counter() - start))
        times.append(statistics.median(runs))
        found.append(len(hits.keys))
    print(
        f"  {kind:<28} median {statistics.median(times):6.2f} ms   worst {max(times):6.2f} ms   "
        f"found {int(statistics.median(found))} (most {max(found)})"
    )


def _misspelt(word: str, rng: random.Random) -> str:
    place = rng.randrange(len(word))
    return word[:place] + rng.choice("abcdefghijklmnop") + word[place + 1 :]


if __name__ == "__main__":
    main()
