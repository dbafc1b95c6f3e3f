"""Files damaged at random: never an error of ours, never half a batch, never a child."""

import io
import random
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.families.actions import confirm_import, preview_import
from accounts.families.classes import class_key
from accounts.families.decoding import open_text
from accounts.families.errors import UnreadableFile
from accounts.families.models import ImportPlan
from accounts.families.reading import UnknownColumns
from accounts.families.records import records
from accounts.invitations.models import Invitation
from tests.accounts.families.lists import CHILD_VALUES, as_bytes, ent, onde, parent, teacher, teachers

ROOMS = ["CP A", "CE2", "CLASSE  CM1"]
LAST = ["MARTIN", "Ben Ali", "LE GOFF-D’ARCY", "ŒUVRARD", "NGUYỄN", "بن علي"]
PIECES = [
    b"",
    b";",
    b'"',
    b"\r",
    b"\n",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe9",
    b"\xc3",
    b"@",
    b"\t",
    b",",
]
PIECES += [b'"' * 9, b"=1+1", b";" * 40, b"\n\n", b"x" * 30_000, "é".encode("utf-16-le"), b"CP A", b"7"]


@st.composite
def lists(draw) -> bytes:
    """A good file of one of the models, then cuts, insertions and doublings at random places."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    people = [
        parent(chance.choice(LAST), "Ada", *chance.sample(ROOMS, chance.randint(0, 3)), email=_email(chance))
        for _number in range(chance.randint(1, 9))
    ]
    rows = chance.choice(
        [
            onde(*people),
            ent(["DIOP", "Awa", "", "", "", "", _email(chance), "", "ZÉPHYRIN", "Wilhelmine", "CE2"]),
            teachers(teacher("NOIR", "Paul", "CP A", email=_email(chance)), teacher("BLANC", "Rose")),
        ]
    )
    encoding = chance.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
    ends, separator = chance.choice(["\r\n", "\n", "\r"]), chance.choice(";;,\t")
    content = bytearray(
        as_bytes(
            _in(encoding, rows),
            encoding=encoding,
            ends=ends,
            separator=separator,
            quoted=chance.random() < 0.4,
        )
    )
    for place, piece, length in draw(st.lists(_wounds(), max_size=8)):
        start = int(place * len(content))
        content[start : start + length] = piece
    return bytes(content)


def _wounds():
    return st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)),
        st.integers(0, 30),
    )


def _email(chance: random.Random) -> str:
    return chance.choice(["", "", "ada@famille.example", "autre@famille.example", "pas une adresse"])


def _in(encoding: str, rows):
    return [[cell.encode(encoding, "replace").decode(encoding) for cell in row] for row in rows]


@pytest.fixture
def mutated(school, director):
    return SimpleNamespace(school=school, by=director.user)


@given(content=lists(), ticked=st.integers(0, 3))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_read_or_refused_and_stores_all_or_nothing(mutated, content, ticked):
    with transaction.atomic():
        before = Invitation.objects.of_school(mutated.school).count()
        try:
            plan = preview_import(mutated.school, content, by=mutated.by, hat="parent")
        except (UnreadableFile, UnknownColumns):
            assert not ImportPlan.objects.unscoped().exists()
        else:
            _confirm_and_count(mutated, plan, before, ticked)
        transaction.set_rollback(True)


def _confirm_and_count(mutated, plan, before, ticked):
    kept = str(plan.adults).casefold() + str(plan.summary).casefold()
    assert not any(value.casefold() in kept for value in CHILD_VALUES)
    classes = list(plan.summary["new_classes"])[:ticked]
    answers = {question["case"]: bool(ticked % 2) for question in plan.summary["questions"]}
    done = confirm_import(plan, by=mutated.by, answers=answers, classes=classes)
    stored = Invitation.objects.of_school(mutated.school)
    assert stored.count() == before + done["new"]
    names = {class_key(room.name) for row in stored.filter(kind="parent") for room in row.classrooms.all()}
    assert names <= {"cpa", "ce2", *classes}
    assert not stored.filter(kind="parent", classrooms=None).exists()


@given(content=st.binary(max_size=600))
@settings(max_examples=200)
def test_any_bytes_at_all_are_read_to_their_end_or_refused(content):
    try:
        lines = [record.line for record in records(open_text(content))]
    except UnreadableFile:
        return
    assert lines == sorted(set(lines))


@given(cells=st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=5), min_size=1, max_size=6))
@settings(max_examples=200)
def test_what_a_spreadsheet_writes_is_read_back_cell_by_cell(cells):
    plain = [
        [cell.replace("\r", "\n").replace("\0", "").replace("\ufeff", "") for cell in row] for row in cells
    ]
    plain = [[row[0] or "a", *row[1:]] for row in plain if sum(cell.count("\n") for cell in row) < 6]
    text = "a;b\n" + as_bytes(plain, ends="\n", quoted=True).decode("utf-8", "replace")
    found = [record.cells for record in records(io.StringIO(text, newline=""))][1:]
    assert found == [row for row in plain if any(cell.strip() for cell in row)]
