"""Gather the admin of each portal feature, where the admin's site looks for them."""

from portal.clock import admin as clock
from portal.operation import admin as operation

__all__ = ["clock", "operation"]
