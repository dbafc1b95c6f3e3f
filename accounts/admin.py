"""Gather the admin of each accounts feature, where the admin's site looks for them."""

from accounts.assisted import admin as assisted
from accounts.invitations import admin as invitations
from accounts.outbox import admin as outbox
from accounts.people import admin as people
from accounts.rollover import admin as rollover
from accounts.schools import admin as schools

__all__ = ["assisted", "invitations", "outbox", "people", "rollover", "schools"]
