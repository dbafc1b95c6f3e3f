"""The admin's ground: one base class that asks a policy at every door."""

from foundation.administration.base import AdminPolicy, PolicyAdmin
from foundation.administration.filters import PolicyRelatedFilter, PolicySimpleFilter
from foundation.administration.keys import key_in

__all__ = ["AdminPolicy", "PolicyAdmin", "PolicyRelatedFilter", "PolicySimpleFilter", "key_in"]
