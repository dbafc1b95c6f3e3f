"""Messages found by words, in the groups a person may read and nowhere else (RULES §7)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.schools.models import School
from exchanges.discussions.actions.indexing import INDEX
from exchanges.discussions.models import Post
from exchanges.discussions.words import author_of, when
from exchanges.groups.models import Group
from foundation.prepared import Prepared
from foundation.search.display import excerpt
from resources.finding.marks import marked

PAGE = 20
LENGTH = 220


@dataclass(frozen=True)
class Results:
    """A page of what was found, newest first, as entries; `after` names the next page, None on the last."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    every_word: bool = True
    after: int | None = None


def find(groups: Sequence[Group], query: str, *, before: int | None = None, most: int = PAGE) -> Results:
    """Return what matches of `groups`, those the person may read, each with its school."""
    hits = INDEX.search(query, [group.key for group in groups], most=most, before=before)
    if not hits.keys:
        return Results(every_word=hits.every_word)
    # Asked of the rows too: the index tells where to look, never who may.
    places = {group.pk: group for group in groups}
    posts = {post.pk: post for post in _POSTS.rows(keys=list(hits.keys)) if _is_open(post, places)}
    found = []
    for key in hits.keys:
        if key in posts:
            group = places[posts[key].topic.group_id]
            found.append(_row(posts[key], group, group.school, hits.terms))
    return Results(found, hits.every_word, hits.keys[-1] if hits.has_more else None)


def _is_open(post: Post, places: dict[int, Group]) -> bool:
    return post.state == Post.State.VISIBLE and post.topic.group_id in places


def _posts(keys: list[int]) -> QuerySet[Post]:
    """By their keys alone: named too, groups and state would lead SQLite through all they hold."""
    return Post.objects.unscoped().filter(pk__in=keys).select_related("topic", "author")


_POSTS = Prepared(_posts, keys=list)


def _row(post: Post, group: Group, school: School, terms: frozenset[str]) -> dict[str, Any]:
    number = post.number or 1
    page = (number - 1) // Post.PAGE + 1
    where = f"?page={page}" if page > 1 else ""
    name = post.author.name if post.author else ""
    return {
        "title": marked(post.topic.title, terms),
        "summary": marked(excerpt(post.text, terms, LENGTH), terms),
        "who": author_of(name, anonymous=post.is_anonymous),
        "notes": [when(post.shown or post.created, group, hour_only=post.is_anonymous)],
        "meta": group.name,
        "url": f"{school.get_absolute_url()}groupes/{group.key}/{post.topic.key}/{where}#message-{number}",
    }
