"""Every stored state of a text, kept by django-reversion: who, when, why."""

from collections.abc import Iterator
from contextlib import contextmanager

import reversion

from accounts.people.models import User
from resources.catalogue.models import RelatedResource, Resource, ResourceTheme, Variant

reversion.register(ResourceTheme)
reversion.register(RelatedResource)
reversion.register(Resource, follow=["theme_links", "related_links"])
reversion.register(Variant)


@contextmanager
def recorded(by: User | None, comment: str) -> Iterator[None]:
    """Run one act in one transaction and keep the state it leaves."""
    with reversion.create_revision(atomic=True):
        if by is not None:
            reversion.set_user(by)
        reversion.set_comment(comment)
        yield
