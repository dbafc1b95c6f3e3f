"""Messages found by words, in the groups a person may read and nowhere else (RULES §7)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from exchanges.discussions.actions.indexing import INDEX, text_found
from exchanges.discussions.models import Post, Topic
from exchanges.discussions.words import Times, author_of
from exchanges.groups.models import Group
from foundation.prepared import Prepared
from foundation.search.display import excerpt
from foundation.search.scoped import LAST
from resources.finding.marks import marked

PAGE = 20
LENGTH = 220


@dataclass(frozen=True)
class Results:
    """A page of what was found, newest first, as entries; `after` names the next page, None on the last."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    every_word: bool = True
    after: int | None = None


class _Said(NamedTuple):
    """What is shown of a message found: instances would cost more than to find them."""

    pk: int
    state: str
    number: int | None
    is_anonymous: bool
    said: datetime.datetime
    text: str
    group: int
    topic_key: str
    title: str
    hides_title: bool
    author_name: str | None


def find(groups: Sequence[Group], query: str, *, before: int | None = None, most: int = PAGE) -> Results:
    """Return what matches of `groups`, those the person may read, each with its school; one query."""
    asked = INDEX.asked(query, [group.key for group in groups])
    if asked is None:
        return Results()
    whole, begun, some = asked.expressions
    values = _POSTS.rows(whole=whole, begun=begun, some=some, before=before or LAST, most=most + 1)
    found = sorted((_Said._make(row) for row in values), reverse=True)
    shown, terms = found[:most], asked.terms
    places = {group.pk: _Place(group) for group in groups}
    # Asked of the rows too: the index tells where to look, never who may.
    rows = [places[one.group].row(one, terms) for one in shown if _is_open(one, places)]
    every_word = not shown or asked.has_every_word(text_found(shown[0].number, shown[0].title, shown[0].text))
    return Results(rows, every_word, shown[-1].pk if len(found) > most else None)


def _is_open(said: _Said, places: dict[int, "_Place"]) -> bool:
    return said.state == Post.State.VISIBLE and said.group in places


class _Place:
    """A group where something is found: its name, its address and its clock, read once."""

    def __init__(self, group: Group) -> None:
        self.name, self.tongue = group.name, group.tongue
        self.url = f"{group.school.get_absolute_url()}groupes/{group.key}/"
        self.times = Times(group)

    def row(self, said: _Said, terms: frozenset[str]) -> dict[str, Any]:
        number = said.number or 1
        page = (number - 1) // Post.PAGE + 1
        where = f"?page={page}" if page > 1 else ""
        return {
            "title": marked(_title(said), terms),
            "summary": marked(excerpt(said.text, terms, LENGTH), terms),
            "who": author_of(said.author_name or "", anonymous=said.is_anonymous),
            "when": self.times.when(said.said, hour_only=said.is_anonymous),
            "meta": self.name,
            "tongue": self.tongue,
            "url": f"{self.url}{said.topic_key}/{where}#message-{number}",
        }


def _title(said: _Said) -> str:
    """What anybody reads as the title: not one whose question is hidden or gone."""
    return Topic(title=said.title, hides_title=True).shown_title if said.hides_title else said.title


def _posts(whole: str, begun: str, some: str, before: int, most: int) -> QuerySet[Post, Any]:
    """By the keys found alone: named too, groups and state would lead SQLite through all they hold."""
    parameters = [value for one in (whole, begun, some) for value in (one, before, most)]
    found = RawSQL(INDEX.newest_sql(), parameters)  # noqa: S611  # a fixed text; what is asked are parameters
    posts = (
        Post.objects.unscoped()
        .filter(pk__in=found)
        .annotate(
            said=Coalesce("shown", "created"),
            group=F("topic__group"),
            topic_key=F("topic__key"),
            title=F("topic__title"),
            hides_title=F("topic__hides_title"),
            author_name=F("author__name"),
        )
    )
    return posts.values_list(*_Said._fields)


_POSTS = Prepared(_posts, whole=str, begun=str, some=str, before=int, most=int)
