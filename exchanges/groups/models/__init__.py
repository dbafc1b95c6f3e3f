"""Groups, those who joined them, and the circles they belong to."""

from exchanges.groups.models.circles import (
    KINDS,
    Circle,
    circles_of,
    in_circle,
    is_direction,
    rooms_in,
    worn_in,
)
from exchanges.groups.models.groups import Group, Seat
from exchanges.groups.models.known import (
    group_uncounted,
    group_with_seat,
    groups_known,
    groups_read,
    readers_by_group,
)
from exchanges.groups.models.seats import (
    Fold,
    GroupInvitation,
    GroupLine,
    GroupMember,
    JoinRequest,
    Reader,
    YearEnd,
    facilitators_of,
    readers_page,
)
from exchanges.groups.models.words import who_can_read, whose_group

__all__ = [
    "KINDS",
    "Circle",
    "Fold",
    "Group",
    "GroupInvitation",
    "GroupLine",
    "GroupMember",
    "JoinRequest",
    "Reader",
    "Seat",
    "YearEnd",
    "circles_of",
    "facilitators_of",
    "group_uncounted",
    "group_with_seat",
    "groups_known",
    "groups_read",
    "in_circle",
    "is_direction",
    "readers_by_group",
    "readers_page",
    "rooms_in",
    "who_can_read",
    "whose_group",
    "worn_in",
]
