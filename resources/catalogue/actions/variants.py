"""Who read a version (only with recorded readings may it be called FALC), and its end."""

from django.db import transaction

from accounts.people.models import User
from resources.catalogue import index, policy, version
from resources.catalogue.actions.texts import locked, store_text
from resources.catalogue.errors import WrongState
from resources.catalogue.models import Variant


@transaction.atomic
def record_readers(variant: Variant, names: str, *, by: User) -> Variant:
    """Keep the names of those who read the variant; the page says so."""
    current = locked(variant)
    if not policy.can_edit(by):
        raise WrongState
    if current.read_by == names:
        return current
    current.read_by = names
    return store_text(current, by=by, comment="readers recorded")


@transaction.atomic
def delete_variant(variant: Variant, *, by: User) -> None:
    """Remove a version that is not public; its address says that it does not exist. Raises WrongState."""
    if not policy.can_delete(by, variant):
        raise WrongState
    key = variant.resource_id
    variant.delete()
    index.refresh([key])
    version.bump()
