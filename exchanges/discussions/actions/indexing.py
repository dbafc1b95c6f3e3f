"""The private index of messages follows what is shown: in the same transaction, in and out (RULES §7)."""

from collections.abc import Iterator

from django.db import transaction

from exchanges.discussions.models import Post
from foundation.search.scoped import ScopedIndex

INDEX = ScopedIndex("posts")
BATCH = 2000


def put_in_index(post: Post) -> None:
    """Have a shown message found by its text, the first one by its discussion's title too."""
    topic = post.topic
    INDEX.put(post.pk, topic.group.key, text_found(post.number, topic.title, post.text))


def take_out_of_index(post: Post) -> None:
    """Have a message found no more."""
    INDEX.remove([post.pk])


def build_index() -> int:
    """Build the index anew from every shown message; return how many it holds."""
    with transaction.atomic():
        INDEX.clear()
        return sum(_add(batch) for batch in _batches())


def _add(batch: list[tuple[int, str, str]]) -> int:
    INDEX.add(batch)
    return len(batch)


def _batches() -> Iterator[list[tuple[int, str, str]]]:
    rows = Post.objects.unscoped().filter(state=Post.State.VISIBLE).order_by("pk")
    names = ("pk", "topic__group__key", "number", "topic__title", "text")
    last = 0
    while found := list(rows.filter(pk__gt=last).values_list(*names)[:BATCH]):
        yield [(pk, group, text_found(number, title, text)) for pk, group, number, title, text in found]
        last = found[-1][0]


def text_found(number: int | None, title: str, text: str) -> str:
    """What a message is found by: the first one by its discussion's title too."""
    return f"{title}\n{text}" if number == 1 else text
