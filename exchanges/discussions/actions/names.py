"""The only place that reads who wrote without a name; the rest of the portal asks here (RULES §2).

Three uses: tell the author, let them act as "the person who asks" there, open the name by a decision.
"""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.schools.models import Membership
from exchanges.discussions.models import AnonymousAuthor, Post, Topic


def keep_name(post: Post, person: Membership) -> None:
    """Keep apart who wrote `post`, which itself names nobody."""
    AnonymousAuthor.objects.create(post=post, person=person)


# 1. To tell the author ------------------------------------------------------------------------------------


def author_of(post: Post) -> Membership | None:
    """Return whom to tell about `post`, named or not; for notices and mails, never for a page."""
    if not post.is_anonymous:
        return post.author
    return _person(post)


def told(post: Post, now: datetime.datetime) -> bool:
    """Note that the asker without a name was told of a first answer; return whether that was the first."""
    rows = AnonymousAuthor.objects.filter(post=post, told__isnull=True)
    return bool(rows.update(told=now))


# 2. To let them act as the person who asks ----------------------------------------------------------------


def is_asker(membership: Membership | None, topic: Topic) -> bool:
    """Whether this very person asked `topic` without a name; asked only of oneself."""
    if membership is None or not topic.is_anonymous:
        return False
    return AnonymousAuthor.objects.filter(post__topic=topic, person=membership).exists()


def asked_by(membership: Membership | int) -> Exists:
    """As `is_asker`, of each topic of a query: asked only of oneself."""
    return Exists(AnonymousAuthor.objects.filter(post__topic=OuterRef("pk"), person=membership))


def written_by(membership: Membership | int) -> Exists:
    """Of each message of a query, whether this person wrote it without a name: asked only of oneself."""
    return Exists(AnonymousAuthor.objects.filter(post=OuterRef("pk"), person=membership))


def written_without_name(membership: int) -> QuerySet[Any, Any]:
    """Ids of the messages that this person wrote without a name, inside a question: asked only of oneself."""
    return AnonymousAuthor.objects.filter(person=membership).order_by().values("post")


def own_of(membership: Membership) -> list[int]:
    """Ids of what this person wrote without a name: for their own pages and their own export only."""
    rows = AnonymousAuthor.objects.filter(person=membership)
    return list(rows.values_list("post_id", flat=True))


def own_by_key(membership: Membership, client_key: str) -> Post | None:
    """What this very form of theirs stored before, so that it is not stored twice."""
    rows = AnonymousAuthor.objects.filter(person=membership, post__client_key=client_key)
    row = rows.select_related("post__topic__group").first()
    return row.post if row else None


# 3. To open the name --------------------------------------------------------------------------------------


def name_behind() -> Subquery:
    """Who wrote each message of a query without a name.

    Only under the condition of a decision that opens it, which is logged and told (RULES §2).
    """
    return Subquery(AnonymousAuthor.objects.filter(post=OuterRef("pk")).values("person__name")[:1])


def person_of(post: Post) -> Membership | None:
    """As `author_of`, to know whether somebody is a party; never shown."""
    return author_of(post)


def _person(post: Post) -> Membership | None:
    row = AnonymousAuthor.objects.filter(post=post).select_related("person__user", "person__school").first()
    return row.person if row else None
