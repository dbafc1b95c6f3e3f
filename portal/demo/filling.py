"""Fill a demo school: sheet, classes and lists; then other parents, adults awaited, papers, a decision."""

import datetime
import io

from accounts.invitations.actions.inviting import invite
from accounts.invitations.models import Invitation
from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.schools.actions import add_classroom, create_school, give_hat, join, open_school
from accounts.schools.actions.documents import add_document, take_file
from accounts.schools.actions.sheet import add_parent_list
from accounts.schools.actions.standing import restrict
from accounts.schools.models import Classroom, Hat, Membership, School
from portal.demo.papers import small_pdf
from portal.demo.schools import SCHOOLS, DemoDocument, DemoSchool, crowd


def make_school(demo: DemoSchool) -> School:
    """Store a demo school, closed, with its classes and lists of parents."""
    school = create_school(demo.name, demo.level, slug=demo.slug, **demo.sheet)
    for name, levels in demo.rooms.items():
        add_classroom(school, name, levels=levels)
    for name, is_association in demo.lists.items():
        add_parent_list(school, name, is_association=is_association, by=None)
    return school


def fill_school(demo: DemoSchool, *, by: User) -> None:
    """Open a demo school whose director is there, with everybody else of it."""
    school = School.objects.get(slug=demo.slug)
    rooms = list(Classroom.objects.of_school(school).current())
    # The two schools take their people from one row of names, one after the other.
    first = sum(other.members + other.awaited for other in SCHOOLS[: SCHOOLS.index(demo)])
    people = crowd(first, demo.members + demo.awaited)
    for place, (first_name, last_name) in enumerate(people[: demo.members]):
        membership = _parent(
            school, rooms[place % len(rooms)], first_name, last_name, has_email=place % 5 != 0
        )
        if place == 0:
            _restricted(membership, rooms[-1], by=by)
    for place, (first_name, last_name) in enumerate(people[demo.members :]):
        _awaited(school, rooms[place % len(rooms)], first_name, last_name, has_email=place % 3 != 0, by=by)
    for paper in demo.documents:
        _document(school, paper, by=by)
    open_school(school, by=by)


def _parent(
    school: School, room: Classroom, first_name: str, last_name: str, *, has_email: bool
) -> Membership:
    name = f"{first_name} {last_name}"
    user = User.objects.create_user(display_name=name, prefers_paper=not has_email)
    if has_email:
        set_email(user, f"{user.username}@demo.invalid")
    membership = join(user, school, name)
    give_hat(membership, Hat.Kind.PARENT, classroom=room)
    return membership


def _restricted(membership: Membership, room: Classroom, *, by: User) -> None:
    """A second class, and a decision that removes it: the direction alone may know."""
    give_hat(membership, Hat.Kind.PARENT, classroom=room)
    restrict(
        membership,
        by=by,
        classroom=room,
        decided_on=membership.school.today() - datetime.timedelta(days=40),
        reference="Coffre de la direction, chemise bleue",
    )


def _awaited(
    school: School, room: Classroom, first_name: str, last_name: str, *, has_email: bool, by: User
) -> None:
    address = f"{first_name}.{last_name}@demo.invalid".lower()
    invite(
        school,
        by=by,
        last_name=last_name,
        first_name=first_name,
        kind=Hat.Kind.PARENT,
        classrooms=[room],
        email=address if has_email and address.isascii() else "",
        source=Invitation.Source.IMPORTED,
    )


def _document(school: School, paper: DemoDocument, *, by: User) -> None:
    content = small_pdf(paper.title, paper.lines)
    values = {
        "title": paper.title,
        "kind": paper.kind,
        "dated": school.today() - datetime.timedelta(days=paper.days_old),
        "readers": paper.readers,
    }
    taken = take_file(io.BytesIO(content), f"{paper.kind}.pdf", len(content))
    add_document(school, values, [], taken, by=by)
