"""Fill a demo school: its sheet, classes, lists, other parents, adults awaited, and its shelf."""

from accounts.invitations.matching import match_of
from accounts.invitations.models import Invitation
from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.schools.actions import add_classroom, create_school, give_hat, join, open_school
from accounts.schools.models import Classroom, ParentList, School
from portal.demo.schools import SCHOOLS, DemoSchool, crowd


def fill_school(demo: DemoSchool) -> School:
    """Store a demo school, open, with everybody but the people of `people.PEOPLE`."""
    school = create_school(demo.name, demo.level, slug=demo.slug, **demo.sheet)
    rooms = [add_classroom(school, name, levels=levels) for name, levels in demo.rooms.items()]
    for name, is_association in demo.lists.items():
        ParentList.objects.create(school=school, name=name, is_association=is_association)
    # The two schools take their people from one row of names, one after the other.
    first = sum(other.members + other.awaited for other in SCHOOLS[: SCHOOLS.index(demo)])
    people = crowd(first, demo.members + demo.awaited)
    for place, (first_name, last_name) in enumerate(people[: demo.members]):
        _parent(school, rooms[place % len(rooms)], first_name, last_name, has_email=place % 5 != 0)
    for place, (first_name, last_name) in enumerate(people[demo.members :]):
        _awaited(school, rooms[place % len(rooms)], first_name, last_name, has_email=place % 3 != 0)
    open_school(school, by=None)
    return school


def _parent(school: School, room: Classroom, first_name: str, last_name: str, *, has_email: bool) -> None:
    name = f"{first_name} {last_name}"
    invitation = _invitation(
        school, room, first_name, last_name, Invitation.State.JOINED, has_email=has_email
    )
    user = User.objects.create_user(f"demo-{invitation.key}", display_name=name, prefers_paper=not has_email)
    if invitation.email:
        set_email(user, invitation.email)
    membership = join(user, school, name)
    give_hat(membership, "parent", classroom=room)
    Invitation.objects.filter(pk=invitation.pk, school=school).update(membership=membership)


def _awaited(school: School, room: Classroom, first_name: str, last_name: str, *, has_email: bool) -> None:
    _invitation(school, room, first_name, last_name, Invitation.State.WAITING, has_email=has_email)


def _invitation(
    school: School, room: Classroom, first_name: str, last_name: str, state: str, *, has_email: bool = True
) -> Invitation:
    invitation = Invitation.objects.create(
        school=school,
        last_name=last_name,
        first_name=first_name,
        match=match_of(last_name, first_name),
        source=Invitation.Source.IMPORTED,
        state=state,
    )
    if has_email:
        invitation.email = f"{invitation.key}@demo.invalid"
        invitation.save(update_fields=["email"])
    invitation.classrooms.add(room)
    return invitation
