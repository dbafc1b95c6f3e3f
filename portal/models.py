"""Gather the models of the roof, where Django looks for them."""

from portal.clock.models import ClockRun

__all__ = ["ClockRun"]
