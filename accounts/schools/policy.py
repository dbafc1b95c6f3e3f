"""Who may what in a school; pure questions about a member (DESIGN §9). None is somebody from elsewhere."""

import datetime
from typing import Any

from accounts.people import policy as host
from accounts.schools.member import Member
from accounts.schools.models import Document, Hat

Right = Hat.Right


# What later features guard their acts with -------------------------------------------------------------


def is_member(member: Member | None) -> bool:
    """Let in, whatever the hat."""
    return member is not None and not member.is_pending and bool(member.hats or member.past_hats)


def may_write(member: Member | None, now: datetime.datetime | None = None) -> bool:
    """Write what others read: not suspended, waiting or seeing as a parent, nor by a past class alone."""
    if member is None or member.is_pending or member.seen_as:
        return False
    return bool(member.hats) and not member.is_suspended(now)


def holds_mandate(member: Member | None) -> bool:
    """An elected parent today, in the school's time zone (D. 111-7)."""
    return member is not None and not member.seen_as and bool(member.mandates)


def has_right(member: Member | None, right: str) -> bool:
    """One of `Hat.Right`; never while suspended or seeing as a parent."""
    return may_write(member) and member is not None and right in member.rights


def leads(member: Member | None) -> bool:
    """The direction; an interim who is suspended does not lead meanwhile."""
    return may_write(member) and member is not None and member.leads


# The school itself -------------------------------------------------------------------------------------


def can_edit_school(member: Member | None) -> bool:
    """Sheet, classes, opening, lists of parents."""
    return leads(member)


def can_create_school(person: Any) -> bool:
    """Curators, and the operator, open a school for its director (DESIGN §6)."""
    return host.is_curator(person) or host.is_operator(person)


def can_manage_members(member: Member | None) -> bool:
    """People by name, invitations, slips, import, waiting list."""
    return has_right(member, Right.MEMBERS)


def can_give_hats(member: Member | None) -> bool:
    """Titles, helpers, relays, mandates, restrictions, suspensions: the direction alone."""
    return leads(member)


def can_let_in(member: Member | None, classroom: int) -> bool:
    """Accept somebody who waits for a class: *members*, or a teacher of it."""
    if member is None or not may_write(member):
        return False
    return can_manage_members(member) or classroom in member.classes(Hat.Kind.TEACHER)


def can_see_waiting_list(member: Member | None) -> bool:
    """Whoever may let somebody in for a class at least; each row asks `can_let_in` again."""
    if member is None or member.seen_as:
        return False
    return can_manage_members(member) or member.wears(Hat.Kind.TEACHER)


def can_invite(member: Member | None, kind: str) -> bool:
    """Await somebody for a hat: class hats with *members*, titles and helpers by the direction alone."""
    if kind in Hat.IN_CLASS:
        return can_manage_members(member)
    given = (*Hat.TITLES, Hat.Kind.HELPER, Hat.Kind.RELAY)
    return kind in given and can_manage_members(member) and can_give_hats(member)


def can_hand_out(member: Member | None, kind: str) -> bool:
    """Print, mail or withdraw what gives the hat `kind`; of the direction and its titles, the direction."""
    return can_manage_members(member) and (kind not in Hat.STAFF or leads(member))


def can_reissue(member: Member | None, target: Member) -> bool:
    """Print a paper that opens the account of `target`; of titles, the direction; of a director, another."""
    if target.is_director:
        return can_give_direction(member)
    return leads(member) if target.is_staff else can_manage_members(member)


def can_repair_factor(member: Member | None, target: Member) -> bool:
    """Take away a lost second step: the direction; of a director, another director. *members* does not."""
    return can_give_direction(member) if target.is_director else leads(member)


def can_see_reach(member: Member | None) -> bool:
    """The figures of a week, class by class: the direction and *members*."""
    return leads(member) or can_manage_members(member)


def can_see_as_parent(member: Member | None) -> bool:
    return member is not None and member.leads


def can_see_who_does_what(member: Member | None) -> bool:
    """The people of the school by role, names only: everybody who was let in."""
    return is_member(member)


def can_see_restrictions(member: Member | None) -> bool:
    """The direction alone knows of a court decision; *members* does not (DESIGN §1)."""
    return leads(member)


def can_give_direction(member: Member | None) -> bool:
    """Make somebody director, or end it: a director, never an interim."""
    return leads(member) and member is not None and member.is_director


# Documents ---------------------------------------------------------------------------------------------


def can_keep_documents(member: Member | None) -> bool:
    return has_right(member, Right.DOCUMENTS)


def can_read_document(member: Member | None, document: Document, classes: frozenset[int]) -> bool:
    """`classes` are the ids of the document's classes."""
    if document.readers == Document.Readers.EVERYONE:
        return True
    if member is None or not is_member(member):
        return False
    if can_keep_documents(member) or member.leads:
        return True
    if document.readers == Document.Readers.STAFF:
        return member.wears(Hat.Kind.TEACHER, *Hat.STAFF)
    if document.readers == Document.Readers.CLASSES:
        return bool(classes & (member.classes() | member.past_classes()))
    return member.wears("parent", "proche", "teacher", "elected", *Hat.STAFF)
