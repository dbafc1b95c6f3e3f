"""Messages found by words, in the groups a person may read and nowhere else (RULES §7)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from exchanges.discussions.actions.indexing import INDEX
from exchanges.discussions.models import Post
from exchanges.groups.models import Group
from foundation.search.display import excerpt, highlight

PAGE = 20
LENGTH = 220


@dataclass(frozen=True)
class Found:
    """One message found: pieces of title and passage, each with whether it is a word asked."""

    post: Post
    title: list[tuple[str, bool]]
    passage: list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """A page of what was found, newest first; `after` names the next page, None on the last."""

    rows: list[Found] = field(default_factory=list)
    every_word: bool = True
    after: int | None = None


def find(groups: Sequence[Group], query: str, *, before: int | None = None, most: int = PAGE) -> Results:
    """Return what of `groups` (those the person may read) matches `query`. Two queries, three at most."""
    hits = INDEX.search(query, [group.key for group in groups], most=most, before=before)
    if not hits.keys:
        return Results(every_word=hits.every_word)
    # Asked of the rows too: the index tells where to look, never who may.
    rows = Post.objects.filter(Q(topic__group__in=groups), pk__in=list(hits.keys), state=Post.State.VISIBLE)
    posts = {post.pk: post for post in rows.select_related("topic__group", "author")}
    found = [_found(posts[key], hits.terms) for key in hits.keys if key in posts]
    return Results(found, hits.every_word, hits.keys[-1] if hits.has_more else None)


def _found(post: Post, terms: frozenset[str]) -> Found:
    return Found(
        post, highlight(post.topic.title, terms), highlight(excerpt(post.text, terms, LENGTH), terms)
    )
