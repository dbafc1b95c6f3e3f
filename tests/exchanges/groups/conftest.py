"""A school with its direction, two parents of CE1 A, one of CP A and a teacher."""

import pytest


@pytest.fixture
def school(db):
    from tests.factories import make_member, make_school

    made = make_school(classes=("CP A", "CE1 A"))
    cp, ce1 = made.rooms
    made.director = make_member(made, "anne", "director")
    made.amina = make_member(made, "amina", "parent", rooms=[ce1])
    made.karim = make_member(made, "karim", "parent", rooms=[ce1])
    made.lea = make_member(made, "lea", "parent", rooms=[cp])
    made.prof = make_member(made, "paul", "teacher", rooms=[ce1])
    return made
