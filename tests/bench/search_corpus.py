"""Made-up French documents whose words follow Zipf's law: the material of the search bench."""


import random
from collections.abc import Iterator
from itertools import accumulate

from foundation.search.index import Document

REAL = """écran enfant parent école numérique réseau vidéo jeu téléphone sommeil harcèlement devoir message
collège lycée maternelle photo image information données sécurité mot passe ami élu menu classe enseignant
temps maison famille lecture langue internet ordinateur tablette cahier règle confiance dialogue""".split()
ONSETS = "b c d f g l m n p r s t v ch br cr dr fr gr pl pr tr bl cl gl".split()
VOWELS = "a e é i o u ou ai oi eau an en in on".split()
ENDINGS = ["", "s", "e", "es", "r", "t", "ment", "tion", "tions", "eur", "eurs", "ique", "iques", "é", "ée"]


def word_list(size: int, rng: random.Random) -> list[str]:
    """Return `size` different words, the real ones spread over the first ranks."""
    found: dict[str, None] = {}
    while len(found) < size - len(REAL):
        syllables = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((1, 2, 2, 3))))
        found[syllables + rng.choice(ENDINGS)] = None
    ranked = list(found)
    for word in REAL:
        ranked.insert(rng.randrange(5, 600), word)
    return ranked


def documents(count: int, seed: int = 1, vocabulary: int = 30_000) -> Iterator[Document]:
    """Yield `count` documents: titles of 8 words, summaries of 25, bodies of 300 to 900."""
    rng = random.Random(seed)
    ranked = word_list(vocabulary, rng)
    weights = list(accumulate(1 / rank for rank in range(1, len(ranked) + 1)))
    for key in range(1, count + 1):
        text = [" ".join(rng.choices(ranked, cum_weights=weights, k=size)) for size in (8, 25)]
        body = " ".join(rng.choices(ranked, cum_weights=weights, k=rng.randrange(300, 900)))
        yield Document(key, text[0], text[1], body)
