"""The admin's ground: one base class that asks a policy at every door."""

from foundation.administration.base import AdminPolicy, PolicyAdmin
from foundation.administration.filters import PolicyRelatedFilter, PolicySimpleFilter

__all__ = ["AdminPolicy", "PolicyAdmin", "PolicyRelatedFilter", "PolicySimpleFilter"]
