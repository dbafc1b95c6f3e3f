"""The code on a paper: drawn at random, read however it is typed, verified without being stored."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.invitations import codes
from accounts.invitations.codes import (
    ALPHABET,
    LENGTH,
    SELECTOR,
    foreign_sign,
    grouped,
    is_whole,
    make_code,
    matches,
    normalise,
)

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
# What a hand or a telephone puts between the letters.
BETWEEN = st.text(" -\u2011.\u00a0\u202f\n\t_/", max_size=3)
LOOK_ALIKES = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}


@st.composite
def typed(draw):
    """A code, and one way of typing it: small letters, look-alikes, wide letters, anything between."""
    code = draw(CODES)
    signs = []
    for sign in code:
        ways = LOOK_ALIKES.get(sign, sign + sign.lower())
        sign = draw(st.sampled_from(ways))
        wide = unicodedata.lookup(f"FULLWIDTH {_name(sign)}") if draw(st.booleans()) else sign
        signs += [wide, draw(BETWEEN)]
    return code, draw(BETWEEN) + "".join(signs)


def _name(sign: str) -> str:
    return unicodedata.name(sign)


def test_no_sign_of_the_alphabet_is_read_as_another():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert set(ALPHABET) == set(string.digits + string.ascii_uppercase) - set("ILOU")
    assert [normalise(sign) for sign in ALPHABET] == list(ALPHABET)


def test_fifty_bits_are_drawn_and_thirty_of_them_must_be_verified():
    assert len(ALPHABET) ** LENGTH == 2**50
    assert len(ALPHABET) ** (LENGTH - SELECTOR) == 2**30


def test_every_sign_of_every_place_is_drawn_from_the_system(monkeypatch):
    asked = []

    def choice(signs):
        asked.append(signs)
        return signs[len(asked) % len(signs)]

    monkeypatch.setattr(codes.secrets, "choice", choice)
    assert make_code().text == "123456789A"
    assert asked == [ALPHABET] * LENGTH


@given(typed())
def test_a_code_is_read_however_it_is_typed(pair):
    code, text = pair
    assert normalise(text) == code
    assert is_whole(normalise(text))
    assert foreign_sign(text) == ""


@given(st.text())
def test_whatever_is_typed_gives_signs_of_a_code_alone(text):
    read = normalise(text)
    assert set(read) <= set(ALPHABET)
    assert normalise(read) == read
    sign = foreign_sign(text)
    assert sign == "" or (len(sign) == 1 and sign not in ALPHABET)


@given(CODES)
def test_the_groups_on_paper_are_read_back(code):
    printed = grouped(code)
    assert [len(group) for group in printed.split(" ")] == [3, 3, 4]
    assert normalise(printed) == code


@pytest.mark.parametrize("text", ["١٢٣", "۱۲۳", "१२३", "１２３"])
def test_digits_of_any_keyboard_are_digits(text):
    assert normalise(text) == "123"


@pytest.mark.parametrize(("text", "sign"), [("K7é", "É"), ("ق7", "ق"), ("K7-4 t", "")])
def test_a_sign_that_no_code_has_is_told(text, sign):
    assert foreign_sign(text) == unicodedata.normalize("NFKC", sign)


@pytest.mark.parametrize("code", ["", "K7M4TQ9XD", "K7M4TQ9XDRR"])
def test_a_code_too_short_or_too_long_is_not_whole(code):
    assert not is_whole(code)


def test_the_code_matches_and_any_other_does_not():
    made = make_code()
    assert matches(made.text, made.salt, made.verifier)
    for place in range(LENGTH):
        sign = ALPHABET[ALPHABET.index(made.text[place]) - 1]
        other = made.text[:place] + sign + made.text[place + 1 :]
        assert not matches(other, made.salt, made.verifier)
    assert not matches("", made.salt, made.verifier)
    assert not matches(made.text[:-1], made.salt, made.verifier)


def test_each_code_has_a_salt_of_its_own_without_which_it_does_not_match():
    one, other = make_code(), make_code()
    assert one.salt != other.salt
    assert len(bytes.fromhex(one.salt)) == 16
    assert not matches(one.text, other.salt, one.verifier)


def test_a_stolen_table_without_the_key_of_the_server_verifies_nothing(settings):
    made = make_code()
    settings.SECRET_KEY = "another-key-of-another-server-of-fifty-characters!"
    assert not matches(made.text, made.salt, made.verifier)


def test_what_is_stored_holds_four_of_the_ten_signs():
    made = make_code()
    assert made.selector == made.text[:SELECTOR]
    assert made.text[SELECTOR:] not in made.verifier.upper()
    assert len(made.verifier) == 64
