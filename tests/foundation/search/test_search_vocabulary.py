"""What a typed word may become, from a word table given by hand."""

from itertools import permutations

from foundation.search.vocabulary import COMPLETIONS, ENOUGH, Vocabulary


def vocabulary(**documents: int) -> Vocabulary:
    """A table whose words are their own stems."""
    rows = [(word, form, count) for word, count in documents.items() for form in ("", word)]
    return Vocabulary(1, 1000, rows)


def test_the_commoner_of_two_spellings_that_fold_alike_is_offered_whatever_their_order():
    rows = [("elev", "élève", 5), ("elev", "eleve", 1), ("elev", "élevé", 2)]
    for order in permutations(rows):
        assert Vocabulary(1, 10, order).correction("elevve") == "élève"


def test_a_slip_seldom_falls_on_the_first_letter():
    assert vocabulary(halte=90, salle=1).correction("salte") == "salle"
    assert vocabulary(halte=90, calme=1).correction("xalte") == "halte"


def test_longer_words_are_forgiven_more_slips_and_short_ones_none():
    known = vocabulary(jeu=9, menu=9, harcelement=9, communication=9)
    assert known.correction("jej") is None
    assert known.correction("memu") == "menu"
    assert known.correction("mumu") is None
    assert known.correction("harselemen") == "harcelement"
    assert known.correction("comunicasiom") == "communication"
    assert known.correction("2026") is None


def test_completions_are_the_commonest_first_and_bounded():
    known = vocabulary(**{f"mot{number}": number for number in range(1, 60)})
    assert known.completions("mot")[:2] == ("mot59", "mot58")
    assert len(known.completions("mot")) == COMPLETIONS
    assert known.completions("m") == ()
    frequent = vocabulary(ecole=ENOUGH, ecran=5)
    assert frequent.completions("ec") == ("ecole",)
    assert frequent.completions("ecr") == ("ecran",)
