"""Gather the admin of each portal feature, where the admin's site looks for them."""

from portal.clock import admin as clock

__all__ = ["clock"]
