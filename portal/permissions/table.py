"""The questions of every `policy.py`, each with the states of what it is asked of."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.assisted import policy as assisted
from accounts.invitations.models import Invitation
from accounts.people import policy as people
from accounts.register import policy as register
from accounts.rollover import policy as rollover
from accounts.schools import policy as schools
from accounts.schools.models import Document, Hat, Membership, ParentList, School
from portal.permissions.acts import Act, asked_of, of_member, of_person
from portal.permissions.exchanges import exchange_acts
from portal.permissions.people import OTHER, OWN, Subject, subjects

CLASSES = (("own class", OWN), ("another class", OTHER))
RIGHTS = tuple((right.value, right.value) for right in Hat.Right)


def _documents() -> Iterator[Act]:
    """Each kind of readers; for classes, one's own and another."""
    rule = schools.can_read_document
    for readers in Document.Readers.values:
        document = Document(readers=readers)
        rooms = CLASSES if readers == Document.Readers.CLASSES else (("", 0),)
        for label, room in rooms:
            name = f"can_read_document: {readers} {label}".strip()

            def ask(who: Subject, document: Document = document, room: int = room) -> bool:
                return rule(who.member, document, frozenset({room}) - {0})

            yield Act(name, rule, ask)


OF_WHOM = (("of a parent", "parent"), ("of a deputy", "deputy"), ("of a director", "director"))


def _given_back() -> Iterator[Act]:
    """A paper that opens an account again, a lost second step: of a parent, of the school's own staff."""
    known = subjects()
    for rule in (schools.can_reissue, schools.can_repair_factor):
        for label, role in OF_WHOM:
            target = known[role].member
            if target is not None:
                yield Act(f"{rule.__name__}: {label}", rule, asked_of(rule, target))


def _lists() -> tuple[tuple[str, ParentList], ...]:
    """The elected parent's own association, another one, a list that is none, one of another school."""
    school, elsewhere = School(pk=OWN), School(pk=OTHER)
    return (
        ("own association", ParentList(pk=OWN, school=school, is_association=True)),
        ("another association", ParentList(pk=OTHER, school=school, is_association=True)),
        ("a list that is none", ParentList(pk=OWN, school=school, is_association=False)),
        ("an association elsewhere", ParentList(pk=OWN, school=elsewhere, is_association=True)),
    )


ACTS: tuple[Act, ...] = (
    *of_person(people.is_curator),
    *of_person(people.is_operator),
    *of_person(people.can_see_people),
    Act("opens_past", people.opens_past, lambda who: people.opens_past(who.user, timezone.now())),
    *of_person(schools.can_create_school),
    *of_member(schools.is_member),
    *of_member(schools.may_write),
    *of_member(schools.holds_mandate),
    *of_member(schools.has_right, *RIGHTS),
    *of_member(schools.leads),
    *of_member(schools.can_edit_school),
    *of_member(schools.can_manage_members),
    *of_member(schools.can_give_hats),
    *of_member(schools.can_let_in, *CLASSES),
    *of_member(schools.can_see_waiting_list),
    *of_member(schools.can_invite, *((kind, kind) for kind in Invitation.KINDS)),
    *of_member(schools.can_hand_out, *((kind, kind) for kind in Invitation.KINDS)),
    *_given_back(),
    *of_member(schools.can_see_reach),
    *of_member(schools.can_see_as_parent),
    *of_member(schools.can_see_who_does_what),
    *of_member(schools.can_see_restrictions),
    *of_member(schools.can_give_direction),
    *of_member(schools.can_keep_documents),
    *_documents(),
    *of_member(rollover.can_change_year),
    *of_member(rollover.can_tell_next_class),
    *of_member(assisted.can_type_for_others),
    *of_member(assisted.can_give_class_from_paper),
    *of_member(
        assisted.is_somebody_else, ("oneself", Membership(pk=OWN)), ("somebody else", Membership(pk=OTHER))
    ),
    *of_member(register.can_consent),
    *of_member(register.can_hold_names, *_lists()),
    *of_member(register.can_read_register),
    *exchange_acts(),
)


def table() -> dict[str, dict[str, bool]]:
    """Return {act: {role: answer}} over the whole product."""
    people_of_roles = subjects()
    return {act.name: {role: bool(act.ask(who)) for role, who in people_of_roles.items()} for act in ACTS}


def in_text() -> str:
    """Print the table, policy by policy: one line an act, the roles that may; all others may not."""
    lines = [f"{len(subjects())} roles: {', '.join(subjects())}"]
    answers, module = table(), ""
    for act in ACTS:
        if act.rule.__module__ != module:
            module = act.rule.__module__
            lines += ["", f"== {module} =="]
        may = [role for role, answer in answers[act.name].items() if answer]
        lines.append(f"{act.name}\n    {', '.join(may) or 'nobody'}")
    return "\n".join(lines)
