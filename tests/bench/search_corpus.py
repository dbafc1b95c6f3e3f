"""Made-up French texts whose words follow Zipf's law: a library of any size for the benches."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

REAL = """écran enfant parent école numérique réseau vidéo jeu téléphone sommeil harcèlement devoir message
collège lycée maternelle photo image information données sécurité mot passe ami élu menu classe enseignant
temps maison famille lecture langue internet ordinateur tablette cahier règle confiance dialogue""".split()
ONSETS = "b c d f g l m n p r s t v ch br cr dr fr gr pl pr tr bl cl gl".split()
VOWELS = "a e é i o u ou ai oi eau an en in on".split()
ENDINGS = ["", "s", "e", "es", "r", "t", "ment", "tion", "tions", "eur", "eurs", "ique", "iques", "é", "ée"]
CHUNK = 500


def word_list(size: int, rng: random.Random) -> list[str]:
    """Return `size` different words, the commonest first, the real ones among the first 600."""
    found: dict[str, None] = {}
    while len(found) < size - len(REAL):
        syllables = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((1, 2, 2, 3))))
        found[syllables + rng.choice(ENDINGS)] = None
    ranked = list(found)
    for word in REAL:
        ranked.insert(rng.randrange(5, 600), word)
    return ranked


def texts(count: int, seed: int = 1, vocabulary: int = 30_000) -> Iterator[tuple[str, str, str]]:
    """Yield `count` of (title of 8 words, summary of 25, body of 300 to 900)."""
    rng = random.Random(seed)
    ranked = word_list(vocabulary, rng)
    weights = list(accumulate(1 / rank for rank in range(1, len(ranked) + 1)))

    def some(size: int) -> str:
        return " ".join(rng.choices(ranked, cum_weights=weights, k=size))

    for _ in range(count):
        yield some(8), some(25), some(rng.randrange(300, 900))


def fill_library(count: int, seed: int = 1) -> None:
    """Add `count` published resources with themes and every facet, and index them."""
    from resources.catalogue import index, version
    from resources.catalogue.models import Audience, Kind, Level, Resource, ResourceTheme, Theme, Variant

    rng = random.Random(seed)
    themes = [
        Theme.objects.get_or_create(slug=f"sujet-{number}", defaults={"name": f"Sujet {number}"})[0]
        for number in range(14)
    ]
    rows = [
        Resource(
            slug=f"texte-{number}",
            title=title,
            summary=summary[:300],
            html=f"<p>{body}</p>",
            status="published",
            kind=rng.choice(Kind.values),
            audiences=sorted(rng.sample(Audience.values, rng.choice((1, 1, 2)))),
            levels=sorted(rng.sample(Level.values, rng.randrange(1, 5))),
            reading_minutes=rng.randrange(1, 15),
            published=date(2026, 1, 1),
            reviewed=date(2026, 1, 1) + timedelta(days=rng.randrange(300)),
        )
        for number, (title, summary, body) in enumerate(texts(count, seed))
    ]
    Resource.objects.bulk_create(rows, batch_size=CHUNK)
    ResourceTheme.objects.bulk_create(
        [
            ResourceTheme(resource=row, theme=theme, position=place)
            for row in rows
            for place, theme in enumerate(rng.sample(themes, 2))
        ],
        batch_size=CHUNK,
    )
    Variant.objects.bulk_create(
        [
            Variant(resource=row, key=key, title=row.title, html="<p>Bref.</p>", status="published")
            for row in rows
            for key in rng.choice(((), (), ("simple",), ("simple", "ar"), ("en",)))
        ],
        batch_size=CHUNK,
    )
    for start in range(0, count, CHUNK):
        index.refresh([row.pk for row in rows[start : start + CHUNK]])
    version.bump()
