"""Gather the admin of each exchanges feature, where the admin's site looks for them."""

from exchanges.groups import admin as groups

__all__ = ["groups"]
