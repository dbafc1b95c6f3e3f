"""A code that opens nothing says why, in one plain sentence, and which way is left."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.audit.models import AuditEntry
from accounts.invitations import errors
from accounts.invitations.actions.inviting import make_slips, revoke
from accounts.invitations.codes import ALPHABET, LENGTH, foreign_sign, make_code, normalise
from accounts.invitations.forms import CodeForm
from accounts.invitations.models import Slip
from accounts.invitations.to_do import locked_slips
from tests.accounts.invitations.papers import (
    awaited,
    class_code_of,
    join_without_email,
    slip_for,
    slip_of,
    text,
    type_code,
    wrong,
)
from tests.factories import make_member, make_school
from tests.sending import send_now


@pytest.fixture
def school(db):
    return make_school()


def told(page) -> list[str]:
    """The error on the field; [] if the code opened the way."""
    return list(page.context["form"].errors["code"]) if page.status_code == 200 else []


def test_lower_case_spaces_dashes_and_lookalikes_do_not_matter(school, visitor):
    code = slip_for(awaited(school))
    ways = [
        code.lower(),
        f"{code[:3]} {code[3:6]} {code[6:]}",
        f" {code[:3]}-{code[3:6]}–{code[6:].lower()} ",
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I").replace("V", "u"),
        "".join(chr(0x660 + int(sign)) if sign.isdigit() else sign for sign in code),
        "".join(chr(ord(sign) + 0xFEE0) for sign in code),
    ]
    for typed in ways:
        assert told(type_code(visitor, typed)) == [], typed
    assert slip_of(code).tries == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("K7M 4TQ", str(errors.TooShort())),
        ("K7M 4TQ 9XDR 2", str(errors.TooLong())),
        ("K7M 4TQ 9XDÉ", str(errors.ForeignSign("É"))),
        ("ك7M 4TQ 9XDR", str(errors.ForeignSign("ك"))),
    ],
)
def test_what_cannot_be_a_code_is_not_looked_up(school, visitor, typed, sentence):
    """Forty of them from one address count for nothing: the next right code passes."""
    for _ in range(40):
        assert told(type_code(visitor, typed)) == [sentence]
    assert told(type_code(visitor, slip_for(awaited(school)))) == []


def test_an_unknown_code_tells_what_the_alphabet_is_and_no_school(school, visitor):
    page = type_code(visitor, "K7M4TQ9XDR")
    assert told(page) == [str(errors.Unknown())]
    assert school.name not in text(page) and school.telephone not in text(page)
    assert 'value="K7M4TQ9XDR"' in text(page)


def test_a_wrong_end_answers_exactly_as_an_unknown_code(school, visitor):
    code = slip_for(awaited(school))
    known, unknown = (type_code(visitor, typed) for typed in (wrong(code), "0000000000"))
    for page in (known, unknown):
        plain = text(page).replace(page.context["form"].data["code"], "…")
        page.plain = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", plain)
    assert known.plain == unknown.plain
    assert known.status_code == unknown.status_code


def ended(school, how):
    """A slip that no longer serves, by each of the ways it can end."""
    invitation = awaited(school, first_name=f"Amina{how}"[:20])
    code = slip_for(invitation)
    if how == "used":
        join_without_email(Client(), code, "Une Personne")
    elif how == "expired":
        Slip.objects.filter(selector=code[:4]).update(expires=timezone.now())
    elif how == "replaced":
        make_slips([invitation], by=None)
    elif how == "withdrawn":
        revoke(invitation, by=None)
    return code


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("used", errors.Used),
        ("expired", errors.Expired),
        ("replaced", errors.Replaced),
        ("withdrawn", errors.Withdrawn),
    ],
)
def test_each_end_has_its_own_sentence_and_the_telephone_of_the_school(school, visitor, how, sentence):
    code = ended(school, how)
    page = type_code(visitor, code)
    assert told(page) == [str(sentence())]
    assert school.telephone in text(page) and school.name in text(page)
    # Twin: whoever does not hold the paper learns nothing of it.
    guess = type_code(visitor, wrong(code))
    assert told(guess) == [str(errors.Unknown())]
    assert school.name not in text(guess)


def test_the_sentences_are_all_different():
    every = [errors.TooShort, errors.TooLong, errors.Unknown, errors.Used, errors.Expired, errors.Replaced]
    every += [errors.Withdrawn, errors.Locked, errors.ListFull, errors.AlreadyHere, errors.TooLate]
    assert len({str(error()) for error in every}) == len(every)


def test_five_wrong_tries_lock_the_slip_for_a_day_and_the_direction_is_told_once(school, visitor):
    make_member(school, "helene", "director")
    code = slip_for(awaited(school))
    for _ in range(5):
        assert told(type_code(visitor, wrong(code))) == [str(errors.Unknown())]
    for typed in (code, wrong(code), code):
        assert told(type_code(visitor, typed)) == [str(errors.Locked())]
    slip = slip_of(code)
    assert abs(slip.locked_until - timezone.now() - datetime.timedelta(hours=24)).total_seconds() < 60
    assert list(locked_slips(school)) == [slip]
    send_now()
    assert len(mail.outbox) == 1 and mail.outbox[0].to == ["helene@famille.example"]
    assert AuditEntry.objects.filter(verb="slip_locked").count() == 1


def test_a_code_that_no_slip_has_is_closed_after_five_tries_too(school, visitor):
    for _ in range(5):
        assert told(type_code(visitor, "0000000000")) == [str(errors.Unknown())]
    assert told(type_code(visitor, "0000111111")) == [str(errors.Locked())]


def test_the_day_after_the_lock_the_paper_serves_again(school, visitor):
    code = slip_for(awaited(school))
    for _ in range(5):
        type_code(visitor, wrong(code))
    Slip.objects.update(locked_until=timezone.now() - datetime.timedelta(seconds=1))
    assert told(type_code(visitor, code)) == []


def test_a_new_print_ends_the_lock_at_once(school, visitor):
    invitation = awaited(school)
    code = slip_for(invitation)
    for _ in range(5):
        type_code(visitor, wrong(code))
    newer = slip_for(invitation)
    assert told(type_code(visitor, newer)) == []
    assert list(locked_slips(school)) == []


def test_right_tries_count_for_nothing(school, visitor):
    code = slip_for(awaited(school))
    for _ in range(40):
        assert told(type_code(visitor, code)) == []
    assert slip_of(code).tries == 0


def test_a_class_code_is_locked_like_a_slip(school, visitor):
    make_member(school, "helene", "director")
    code = class_code_of(school.rooms[0])
    for _ in range(5):
        type_code(visitor, wrong(code))
    assert told(type_code(visitor, code)) == [str(errors.Locked())]
    send_now()
    assert len(mail.outbox) == 1


def test_the_help_page_names_no_family_and_helpers_only_to_the_holder_of_a_paper(school, visitor):
    make_member(school, "karim", "helper")
    make_member(school, "amina", "parent")
    closed = make_school("ferme", is_open=False, telephone="01 99 00 99 99")
    page = text(visitor.get("/rejoindre/aide/"))
    assert school.telephone in page and closed.telephone not in page
    assert "Karim" not in page and "Amina" not in page
    type_code(visitor, slip_for(awaited(school)))
    page = text(visitor.get("/rejoindre/aide/"))
    assert "Karim" in page and "Amina" not in page


@given(st.text(max_size=120))
def test_any_text_is_made_plain_once(typed):
    plain = normalise(typed)
    assert set(plain) <= set(ALPHABET)
    assert normalise(plain) == plain == normalise(f" {plain.lower()}-")
    assert not foreign_sign(plain)


@given(st.lists(st.sampled_from([" ", "-", "–", "\u00a0", "\t", "."]), max_size=12), st.randoms())
def test_a_code_survives_any_spacing_and_any_lookalike(spaces, chance):
    code = make_code_text(chance)
    looks = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    signs = [chance.choice(looks.get(sign, sign + sign.lower())) for sign in code]
    for space in spaces:
        signs.insert(chance.randrange(len(signs) + 1), space)
    typed = "".join(signs)
    assert normalise(typed) == code and not foreign_sign(typed)


def make_code_text(chance) -> str:
    return "".join(chance.choice(ALPHABET) for _ in range(LENGTH))


def test_a_made_code_is_whole_and_its_start_finds_it():
    made = make_code()
    assert len(made.text) == LENGTH == len(normalise(made.text)) and made.text.startswith(made.selector)


@given(st.text(max_size=60))
def test_the_page_answers_anything_typed(typed):
    """No text brings an error of ours; one that is too short never reaches the database."""
    form = CodeForm({"code": typed})
    if form.is_valid():
        assert len(form.cleaned_data["code"]) == LENGTH
