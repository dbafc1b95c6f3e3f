"""Lend a draft to somebody without an account: a secret address for seven days, taken back at will."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from resources.catalogue import policy
from resources.catalogue.drafts import LINK_DAYS, TOKEN_BYTES, digest_of_token
from resources.catalogue.errors import WrongState
from resources.catalogue.models import DraftLink, Resource


@transaction.atomic
def make_draft_link(resource: Resource, *, by: User) -> str:
    """Return the token of a new link; only its digest is stored, so it is shown once."""
    if not policy.can_edit(by):
        raise WrongState
    DraftLink.objects.filter(expires__lte=timezone.now()).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires = timezone.now() + timedelta(days=LINK_DAYS)
    DraftLink.objects.create(resource=resource, digest=digest_of_token(token), expires=expires, made_by=by)
    return token


@transaction.atomic
def revoke_draft_links(resource: Resource, *, by: User, pk: int | None = None) -> int:
    """Take back one link of the resource, or all; return how many."""
    if not policy.can_edit(by):
        raise WrongState
    links = DraftLink.objects.filter(resource=resource)
    if pk is not None:
        links = links.filter(pk=pk)
    return links.delete()[0]
