"""Write the words of the school; pages that show them change at once."""

from django.db import transaction

from accounts.people.models import User
from resources.catalogue import policy, version
from resources.catalogue.errors import WrongState
from resources.glossary.models import Term


@transaction.atomic
def store_term(term: Term, *, by: User) -> Term:
    if not policy.can_edit(by):
        raise WrongState
    term.save()
    version.bump()
    return term


@transaction.atomic
def delete_term(term: Term, *, by: User) -> None:
    if not policy.can_edit(by):
        raise WrongState
    term.delete()
    version.bump()
