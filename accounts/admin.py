"""Gather the admin of each accounts feature, where the admin's site looks for them."""

from accounts.outbox import admin as outbox
from accounts.people import admin as people
from accounts.schools import admin as schools

__all__ = ["outbox", "people", "schools"]
