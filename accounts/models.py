"""Gather the models of each accounts feature, where Django looks for them."""

from accounts.people.models import HostRole, KeptText, User

__all__ = ["HostRole", "KeptText", "User"]
