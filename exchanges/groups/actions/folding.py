"""No longer see somebody, in one school; the other is never told (DESIGN §6)."""

from django.db import transaction

from accounts.schools.models import Membership
from exchanges.groups.errors import NotOneself
from exchanges.groups.models import Fold


@transaction.atomic
def fold(person: Membership, other: Membership) -> None:
    """Fold what `other` writes, for `person`; twice is once. Raises NotOneself."""
    if person.pk == other.pk or person.school_id != other.school_id:
        raise NotOneself
    Fold.objects.get_or_create(person=person, other=other)


@transaction.atomic
def unfold(person: Membership, other: Membership) -> None:
    """See them again."""
    Fold.objects.filter(person=person, other=other).delete()
