"""A small school at the end of its year, and a photograph of its rows."""

from accounts.invitations.codes import make_code
from accounts.models import (
    ClassCode,
    Classroom,
    Hat,
    Invitation,
    MailToken,
    Mandate,
    Membership,
    NextClass,
    Promotion,
    Restriction,
    SchoolYear,
    Slip,
)
from accounts.rollover.actions import LEAVES, prepare_year, promote
from tests.factories import make_member, make_school

# All that a change of year may touch; the audit and its own row apart, which tell that it was done.
TABLES = (
    SchoolYear,
    Classroom,
    Membership,
    Hat,
    Mandate,
    Restriction,
    Invitation,
    Invitation.classrooms.through,
    Slip,
    ClassCode,
    MailToken,
    NextClass,
    Promotion,
)


def photograph() -> dict[str, list[dict]]:
    """Every row and every column of `TABLES`."""
    return {model._meta.model_name: list(model._base_manager.order_by("pk").values()) for model in TABLES}


def make_year_end(slug: str = "jean-moulin"):
    """CP A → CE1 A, CE1 A → CE2 A, CM2 leaves; one director, one teacher, parents, one of each other hat."""
    school = make_school(slug, classes=("CP A", "CE1 A", "CM2"))
    cp, ce1, cm2 = school.rooms
    school.director = make_member(school, f"{slug}-anne", "director")
    school.year = prepare_year(school, ["CP A", "CE1 A", "CE2 A", "CM2"], by=school.director.user)
    school.next = list(Classroom.objects.filter(year=school.year))
    promote(school, {cp: school.next[1], ce1: school.next[2], cm2: LEAVES}, by=school.director.user)
    return school


def make_awaited(school, name: str, *rooms, kind: str = "parent", slip: bool = True) -> Invitation:
    """Somebody not in yet, with a living slip and a mailed invitation."""
    awaited = Invitation.objects.create(
        school=school, last_name=name, match=name.lower(), kind=kind, email=f"{name.lower()}@famille.example"
    )
    awaited.classrooms.set(rooms)
    if slip:
        code = make_code()
        Slip.objects.create(invitation=awaited, **_stored(code), expires="2099-01-01T00:00Z")
        MailToken.objects.create(invitation=awaited, digest=name.ljust(64, "x"), expires="2099-01-01T00:00Z")
    return awaited


def make_class_code(room) -> ClassCode:
    return ClassCode.objects.create(classroom=room, **_stored(make_code()), expires="2099-01-01T00:00Z")


def _stored(code) -> dict[str, str]:
    return {"selector": code.selector, "salt": code.salt, "verifier": code.verifier}
