"""What follows when a message is shown or goes from sight, in the same transaction."""

import datetime

from exchanges.discussions.actions import telling
from exchanges.discussions.actions.indexing import put_in_index, take_out_of_index
from exchanges.discussions.models import Post


def came_to_light(post: Post, now: datetime.datetime, *, first_time: bool) -> None:
    """A message can be read and found: whoever follows is told, once; nobody of one that is shown again."""
    put_in_index(post)
    if first_time:
        telling.tell_followers(post, now)


def text_changed(post: Post) -> None:
    """The text or title of a shown message is another one."""
    put_in_index(post)


def went_from_sight(post: Post) -> None:
    """Nobody may read or find a message any more: whatever told of it is taken back."""
    take_out_of_index(post)
    telling.take_back(post)
