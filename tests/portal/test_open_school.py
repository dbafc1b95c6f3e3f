"""`manage.py open_school`: a closed school, its director awaited, and the one paper that lets them in."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from accounts.invitations.codes import matches, normalise
from accounts.invitations.models import Invitation, Slip
from accounts.schools.models import School

pytestmark = pytest.mark.django_db
GIVEN = {"level": "elementaire", "town": "Saint-Denis", "director": "Aïcha Le Goff"}


def open_school(name="Les Filaos", **options):
    told = io.StringIO()
    call_command("open_school", name, stdout=told, **(GIVEN | options))
    return told.getvalue()


def test_the_school_is_closed_and_its_director_awaited():
    open_school(time_zone="Indian/Reunion")
    school = School.objects.get()
    assert (school.name, school.slug, school.town) == ("Les Filaos", "les-filaos", "Saint-Denis")
    assert (school.time_zone, school.is_open) == ("Indian/Reunion", False)
    (awaited,) = Invitation.objects.of_school(school)
    assert (awaited.kind, awaited.name, awaited.source) == ("director", "Aïcha Le Goff", "appointed")


def test_the_code_told_is_the_one_that_opens_and_stands_nowhere_else():
    told = open_school()
    code = normalise(re.search(r"([0-9A-Z]{3} [0-9A-Z]{3} [0-9A-Z]{4})", told)[1])
    slip = Slip.objects.get()
    assert matches(code, slip.salt, slip.verifier)
    assert code not in repr(Slip.objects.values())
    assert "http://localhost:8000/rejoindre/" in told


def test_two_schools_of_one_name_get_two_addresses():
    open_school()
    assert "/ecoles/les-filaos-2/" in open_school()


@pytest.mark.parametrize(
    "wrong",
    [
        {"director": "Aïcha"},
        {"town": " "},
        {"time_zone": "Mars/Base"},
        {"email": "pas une adresse"},
        {"name": " "},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(wrong):
    with pytest.raises(CommandError):
        open_school(**wrong)
    assert not School.objects.exists()
    assert not Invitation.objects.unscoped().exists()
