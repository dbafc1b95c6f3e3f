"""Gather the admin of each exchanges feature, where the admin's site looks for them."""

from exchanges.groups import admin as groups
from exchanges.moderation.admin import log

__all__ = ["groups", "log"]
