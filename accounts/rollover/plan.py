"""What a change of year would do, worked out from what stands today; nothing is written here.

The unit is the link (adult, class): a parent of two pupils has two, and no pupil is ever counted.
"""

import datetime
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from accounts.invitations.models import Invitation
from accounts.rollover.ground import Ground, Rooms, load
from accounts.schools.models import Classroom, Hat, Membership, Restriction, School, SchoolYear

Kind = Hat.Kind
# A mandate runs until the next elections, at latest this day of the new year (D. 111-7).
LAST_DAY_OF_MANDATES = (11, 30)


@dataclass(frozen=True)
class Move:
    """One link of the year that ends, and where it goes.

    `how`: "person" (placed by the direction), "file", "parent" (their tick), "class", "name" (a teacher's
    class of the same name), or "" when nobody said.
    """

    hat: Hat
    new: Classroom | None = None
    leaves: bool = False
    how: str = ""


@dataclass(frozen=True)
class Awaited:
    """Somebody not in yet: `gains` are their classes of next year, none if nothing says where they go."""

    invitation: Invitation
    old: tuple[Classroom, ...]
    gains: tuple[Classroom, ...]
    # Their paper speaks of next year already: it stays good.
    paper_stays: bool


@dataclass(frozen=True)
class Plan:
    """All that a change of year does, in rows loaded and not yet touched."""

    school: School
    rooms: Rooms
    day: datetime.date
    moves: tuple[Move, ...]
    # Links that a file gave for next year.
    filed: tuple[Hat, ...]
    # Every hat that ends, those of `moves` among them.
    ending: tuple[Hat, ...]
    # Mandates that go on, until a day which is set.
    shortened: tuple[Hat, ...]
    gained: tuple[tuple[Membership, str, Classroom], ...]
    leavers: tuple[Membership, ...]
    # Requests to come in that nobody answered.
    lapsed: tuple[Membership, ...]
    # Members who had a title only: they stay, without a hat, until they get another.
    untitled: tuple[Membership, ...]
    restrictions: tuple[tuple[Restriction, Classroom], ...]
    awaited: tuple[Awaited, ...]

    @property
    def from_year(self) -> SchoolYear:
        return self.rooms.from_year

    @property
    def to_year(self) -> SchoolYear:
        return self.rooms.to_year

    @property
    def unplaced(self) -> list[Move]:
        """Links of which nobody said where they go."""
        return [move for move in self.moves if not move.how]

    @cached_property
    def mark(self) -> str:
        """A digest of what the plan does: a page that was read shows whether it is still true.

        Mandates are left out: how they end is chosen on that very page.
        """
        people = (*self.leavers, *self.lapsed)
        parts = [
            sorted((move.hat.pk, move.new.pk if move.new else 0, move.how) for move in self.moves),
            sorted(hat.pk for hat in (*self.filed, *self.ending) if hat.kind != Kind.ELECTED),
            sorted(person.pk for person in people),
            sorted((each.invitation.pk, *(room.pk for room in each.gains)) for each in self.awaited),
            sorted((old.pk, room.pk) for old, room in self.restrictions),
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def make_plan(school: School, *, keep_mandates: bool = False) -> Plan:
    """Work out the change to the prepared year, today at the school; raises NotPrepared."""
    ground = load(school)
    let_in = [hat for hat in ground.links if hat.membership.state == Membership.State.ACTIVE]
    moves = tuple(_move(hat, ground) for hat in let_in)
    gained = _gained(moves, ground)
    ending = _ending(ground)
    leavers, lapsed, untitled = _people_without_hat(ground, ending, gained)
    kept: list[Hat] = []
    if keep_mandates:
        gone = {person.pk for person in leavers}
        kept = [hat for hat in ending if hat.kind == Kind.ELECTED and hat.membership_id not in gone]
    still, stay = {hat.pk for hat in kept}, {hat.membership_id for hat in kept}
    last = last_day_of_mandates(ground.rooms.to_year)
    return Plan(
        school=school,
        rooms=ground.rooms,
        day=ground.day,
        moves=moves,
        filed=tuple(ground.filed),
        ending=tuple(hat for hat in ending if hat.pk not in still),
        shortened=tuple(hat for hat in kept if hat.until is None or hat.until > last),
        gained=tuple(gained),
        leavers=tuple(leavers),
        lapsed=tuple(lapsed),
        untitled=tuple(person for person in untitled if person.pk not in stay),
        restrictions=tuple(_restrictions(ground, gained)),
        awaited=tuple(_awaited(ground)),
    )


def last_day_of_mandates(year: SchoolYear) -> datetime.date:
    """Return the last day on which mandates of the year before may still run."""
    month, day = LAST_DAY_OF_MANDATES
    last = datetime.date(year.starts.year, month, day)
    return last if last >= year.starts else last.replace(year=last.year + 1)


def _move(hat: Hat, ground: Ground) -> Move:
    """Say where a link goes: the direction's own word, then the file, the parent, the class."""
    said = ground.said.get((hat.membership_id, hat.kind, hat.classroom_id))
    if said is not None and said.by_school:
        return Move(hat, said.room, said.room is None, "person")
    if (hat.membership_id, hat.kind) in ground.filed_people:
        return Move(hat, how="file")
    if hat.kind == Kind.TEACHER:
        same = ground.rooms.next_of(hat.classroom, Kind.TEACHER) if hat.classroom else None
        return Move(hat, same, how="name" if same else "")
    barred = (hat.membership_id, hat.classroom_id) in ground.barred
    if said is not None and not barred:
        return Move(hat, said.room, said.room is None, "parent")
    promotion = ground.rooms.promotions.get(hat.classroom_id)
    if promotion is not None:
        return Move(hat, promotion.new, promotion.new is None, "class")
    return Move(hat)


def _gained(moves: tuple[Move, ...], ground: Ground) -> list[tuple[Membership, str, Classroom]]:
    """The links to make: one a person, hat and class, without those a file made already."""
    have = {(hat.membership_id, hat.kind, hat.classroom_id) for hat in ground.filed}
    gained = []
    for move in moves:
        if move.new is None:
            continue
        link = (move.hat.membership_id, move.hat.kind, move.new.pk)
        if link not in have:
            have.add(link)
            gained.append((move.hat.membership, move.hat.kind, move.new))
    return gained


def _ending(ground: Ground) -> list[Hat]:
    """Return all hats that end; an interim stays where nobody else directs."""
    others = [
        hat
        for hat in ground.hats
        if hat.kind in (Kind.ELECTED, Kind.HELPER, Kind.RELAY, Kind.DEPUTY, Kind.SECRETARY)
        or (hat.kind == Kind.INTERIM and ground.has_director)
    ]
    return [*ground.links, *ground.other_class_hats, *others]


def _people_without_hat(
    ground: Ground, ending: list[Hat], gained: list[tuple[Membership, str, Classroom]]
) -> tuple[list[Membership], list[Membership], list[Membership]]:
    """Return who leaves, whose request lapses, and who stays without a hat."""
    ended: dict[int, list[Hat]] = defaultdict(list)
    for hat in ending:
        ended[hat.membership_id].append(hat)
    going = {hat.pk for hat in ending}
    stay = {person.pk for person, _kind, _room in gained}
    stay |= {hat.membership_id for hat in (*ground.hats, *ground.filed) if hat.pk not in going}
    leavers, lapsed, untitled = [], [], []
    for hats in ended.values():
        person = hats[0].membership
        if person.pk in stay:
            continue
        if person.state == Membership.State.PENDING:
            lapsed.append(person)
        elif any(hat.kind in Hat.IN_CLASS for hat in hats):
            leavers.append(person)
        else:
            untitled.append(person)
    return leavers, lapsed, untitled


def _restrictions(
    ground: Ground, gained: list[tuple[Membership, str, Classroom]]
) -> list[tuple[Restriction, Classroom]]:
    """A court decision on a class follows into the next; where unsure, into all that the person gets."""
    rooms: dict[int, dict[int, Classroom]] = defaultdict(dict)
    for person, _kind, room in gained:
        rooms[person.pk][room.pk] = room
    for hat in ground.filed:
        if hat.classroom is not None:
            rooms[hat.membership_id][hat.classroom.pk] = hat.classroom
    found: dict[tuple[int, int], tuple[Restriction, Classroom]] = {}
    for restriction in ground.restrictions:
        owner = restriction.membership_id
        for room in _rooms_to_bar(restriction, rooms[owner], ground):
            if (owner, room.pk) not in ground.barred_next:
                found.setdefault((owner, room.pk), (restriction, room))
    return list(found.values())


def _rooms_to_bar(restriction: Restriction, mine: dict[int, Classroom], ground: Ground) -> list[Classroom]:
    old = restriction.classroom_id
    said = ground.said.get((restriction.membership_id, Kind.PARENT, old))
    if said is not None and said.by_school and said.room is not None:
        return [said.room]
    promotion = ground.rooms.promotions.get(old)
    next_one = promotion.new if promotion else None
    if next_one is not None and (next_one.pk in mine or not mine):
        return [next_one]
    return [*mine.values(), *([next_one] if next_one else [])]


def _awaited(ground: Ground) -> list[Awaited]:
    """Those not in yet go where their class goes; a file that named them again wins."""
    found = []
    for invitation, rooms in ground.awaited.items():
        old = tuple(room for room in rooms if room.pk not in ground.rooms.by_id)
        if not old:
            continue
        if len(old) < len(rooms):
            found.append(Awaited(invitation, old, (), paper_stays=True))
            continue
        targets = [ground.rooms.next_of(room, invitation.kind) for room in old]
        gains = {room.pk: room for room in targets if room is not None}
        found.append(Awaited(invitation, old, tuple(gains.values()), paper_stays=False))
    return found
