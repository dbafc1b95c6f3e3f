"""A school of many members for the bench, stored in bulk, with a parent and a director who sign in."""

import datetime

from accounts.invitations.models import Invitation
from accounts.people.models import User
from accounts.schools.actions import add_classroom, create_school, give_hat, join, open_school
from accounts.schools.models import Hat, Mandate, Membership, ParentList, School

SLUG = "banc"
CLASSES = 12
FAMILIES = ("Banc", "Dupré", "Garnier", "Haddad", "Moreau", "Petit")


def fill_school(members: int) -> tuple[User, User]:
    """Store an open school of `members` parents and as many awaited; return one parent and the director."""
    school = create_school("Banc", "elementaire", slug=SLUG, town="Vaulx", telephone="01 99 00 00 00")
    rooms = [add_classroom(school, f"CE1 {letter}", levels=["CE1"]) for letter in "ABCDEFGHIJKL"[:CLASSES]]
    _parents(school, rooms, members)
    _team(school, rooms)
    Invitation.objects.bulk_create(
        Invitation(school=school, last_name=f"Nom{n}", first_name="Zoé", match=f"nom{n}|zoe")
        for n in range(members)
    )
    parent, director = _person(school, "Amina Banc"), _person(school, "Claire Banc")
    give_hat(parent, Hat.Kind.PARENT, classroom=rooms[0])
    give_hat(director, Hat.Kind.DIRECTOR, since=school.today() - datetime.timedelta(days=60))
    open_school(school, by=director.user)
    return parent.user, director.user


def _person(school: School, name: str) -> Membership:
    return join(User.objects.create_user(display_name=name), school, name)


def _team(school: School, rooms: list) -> None:
    """A teacher a class, a title, helpers, and elected parents of two lists: 24 people with a role."""
    day, year = school.today() - datetime.timedelta(days=60), school.today() + datetime.timedelta(days=300)
    names = (f"{first} {last}" for first in ("Awa", "Sami", "Rose", "Omar") for last in FAMILIES)
    for room in rooms:
        give_hat(_person(school, next(names)), Hat.Kind.TEACHER, classroom=room, since=day)
    give_hat(_person(school, "Nadia Banc"), Hat.Kind.DEPUTY, rights=["members"], since=day, until=year)
    for _ in range(3):
        give_hat(_person(school, next(names)), Hat.Kind.HELPER, since=day, until=year)
    lists = [ParentList.objects.create(school=school, name=f"Liste {letter}") for letter in "AB"]
    for number in range(8):
        person = _person(school, next(names))
        hat = Hat.objects.create(membership=person, kind=Hat.Kind.ELECTED, since=day)
        Mandate.objects.create(hat=hat, parent_list=lists[number % 2], elected_on=day)


def _parents(school: School, rooms: list, count: int) -> None:
    users = User.objects.bulk_create(
        User(username=f"parent{n}", display_name=f"Parent {n}", password="!") for n in range(count)
    )
    members = Membership.objects.bulk_create(
        Membership(school=school, user=user, name=f"Parent {n}", skeleton=f"parent{n}")
        for n, user in enumerate(users)
    )
    Hat.objects.bulk_create(
        Hat(
            membership=member,
            kind=Hat.Kind.PARENT,
            classroom=rooms[n % len(rooms)],
            since=school.today() - datetime.timedelta(days=60),
        )
        for n, member in enumerate(members)
    )
