"""Groups, discussions and messages of the bench's school, stored in bulk, with their private index.

At 2,000 members: 20,000 discussions, 200,000 messages, one discussion of 10,000 (DESIGN §10).
"""

import datetime
import random
from collections.abc import Iterator
from itertools import count, islice

from django.utils import timezone

from accounts.schools.models import Membership
from exchanges.discussions.actions.indexing import build_index
from exchanges.discussions.models import Post, Topic
from exchanges.discussions.texts import rendered
from exchanges.groups.models import Group, GroupMember
from foundation.keys import LETTERS
from tests.bench.exchanges_keys import GROUP, TOPIC

GROUPS = 24
# In the group read, so that its page of members is full at either size.
AT_LEAST = 60
HELD = 30
BATCH = 2000
WORDS = (
    "kermesse cantine sortie piscine devoirs cahier poésie réunion maîtresse classe samedi vendredi matin"
    " goûter gâteau parapluie bottes car musée bibliothèque lecture dictée tables récréation chaussures"
).split()


def fill_groups(members: list[Membership]) -> None:
    """Store the groups of a school, in which the first of `members` runs one and reads three."""
    draw = random.Random(7)
    groups = _groups(members[0])
    _seats(groups, members, draw)
    topics = _topics(groups, members, 10 * len(members), draw)
    _posts(topics, members, 100 * len(members), draw)
    build_index()


def _groups(first: Membership) -> list[Group]:
    html, version = rendered("On reste aimable.")
    values = {"school": first.school, "circle": "parents", "purpose": "S’entraider.", "moderation": "after"}
    charter = {"charter": "On reste aimable.", "charter_html": html, "charter_renderer": version}
    return Group.objects.bulk_create(
        Group(
            key=GROUP
            if number == 0
            else f"{number:08d}".translate(str.maketrans("0123456789", "bcdfghjkmn")),
            name=f"Groupe {number}",
            skeleton=f"groupe{number}",
            **values,
            **charter,
        )
        for number in range(GROUPS)
    )


def _seats(groups: list[Group], members: list[Membership], draw: random.Random) -> None:
    """Everybody in two groups or so; the first in three, of which one is theirs to run."""
    pairs = {(place % GROUPS, member.pk) for place, member in enumerate(members)}
    pairs |= {(draw.randrange(GROUPS), member.pk) for member in members}
    pairs |= {(place, members[0].pk) for place in range(3)}
    pairs |= {(0, member.pk) for member in members[:AT_LEAST]}
    GroupMember.objects.bulk_create(
        GroupMember(group=groups[place], membership_id=pk, is_facilitator=(place, pk) == (0, members[0].pk))
        for place, pk in sorted(pairs)
    )


def _topics(groups: list[Group], members: list[Membership], count: int, draw: random.Random) -> list[Topic]:
    now = timezone.now()
    return Topic.objects.bulk_create(
        (
            Topic(
                group=groups[0 if number == 0 else number % GROUPS],
                **({"key": TOPIC} if number == 0 else {}),
                title=f"{draw.choice(WORDS).capitalize()} et {draw.choice(WORDS)} ?",
                author=draw.choice(members),
                author_hat="parent",
                is_visible=True,
                created=now - datetime.timedelta(minutes=count - number),
                active=now if number == 0 else now - datetime.timedelta(minutes=count - number),
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )


def _posts(topics: list[Topic], members: list[Membership], total: int, draw: random.Random) -> None:
    """One discussion has a twentieth of all messages, the others share the rest."""
    many = total // 20
    each = (total - many) // (len(topics) - 1)
    rows = _rows(topics, members, many, each, draw)
    while batch := list(islice(rows, BATCH)):
        Post.objects.bulk_create(batch)
    for place, topic in enumerate(topics):
        topic.last_number = many if place == 0 else each
    Topic.objects.filter(group__in={topic.group_id for topic in topics}).bulk_update(
        topics, ["last_number"], batch_size=BATCH
    )
    Post.objects.bulk_create(
        Post(
            topic=topics[0],
            author=members[1 + number],
            author_hat="parent",
            text="Bonjour.",
            html="<p>Bonjour.</p>",
            state=Post.State.HELD,
        )
        for number in range(HELD)
    )


def _key(number: int) -> str:
    """A key of eight letters for each number."""
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(8))


def _rows(
    topics: list[Topic], members: list[Membership], many: int, each: int, draw: random.Random
) -> Iterator[Post]:
    made = count()
    for place, topic in enumerate(topics):
        for number in range(1, (many if place == 0 else each) + 1):
            text = " ".join(draw.choices(WORDS, k=20)).capitalize() + f" mot{draw.randrange(4000)}."
            yield Post(
                topic=topic,
                # Drawn, two of 200,000 would be the same one time in two.
                key=_key(next(made)),
                number=number,
                author=draw.choice(members),
                author_hat="parent",
                text=text,
                html=f"<p>{text}</p>",
                renderer=1,
                created=topic.created,
                shown=topic.created,
            )
