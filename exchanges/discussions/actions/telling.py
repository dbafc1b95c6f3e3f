"""Who is told that a message can be read, and of what was done with it; taken back when it goes from sight.

Mails are composed when they leave (`mails`): the first answer goes to each follower as soon as mail may go,
all later ones of a school together, the next morning on which it may (RULES §1).
"""

import datetime
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext

from accounts.outbox.actions import posting
from accounts.schools.models import Membership
from exchanges.discussions.actions import names
from exchanges.discussions.models import Follow, Post, Topic
from exchanges.groups.models import GroupMember
from exchanges.notifications.actions import notify
from exchanges.notifications.actions import withdraw as withdraw_notice

# Kinds of mail: a delivery about a post's key; a dispatch of a school's slug, its day as revision.
FIRST_REPLY = "first_reply"
REPLIES = "replies"
# Kinds of notice.
REPLY, THANKS, SOLUTION = "reply", "thanks", "solution"
FIRST = 1


def tell_followers(post: Post, now: datetime.datetime) -> None:
    """Tell of a message that is shown for the first time whoever follows its discussion, not its author."""
    if post.number == FIRST:
        return
    topic = post.topic
    school = topic.group.school
    asker = _asker(topic)
    writer = names.author_of(post)
    if asker is not None and asker != writer:
        _notice(asker, post, REPLY, _answered(post))
    first = [person for person in _not_yet_told(topic, asker, now) if person != writer]
    for person in first:
        due = school.calendar.next_delivery(now)
        posting.post(FIRST_REPLY, post.key, person=person.user, school=school, due=due)
    morning = school.calendar.next_morning(now)
    posting.dispatch(REPLIES, school.slug, revision=morning.toordinal(), due=morning, school=school)


def tell_thanks(post: Post, by: Membership) -> None:
    """Tell the author, with the name; nobody counts them."""
    author = names.author_of(post)
    if author is not None and author != by:
        _notice(author, post, THANKS, _thanked(post, by), obj=f"{post.key}-{by.key}")


def take_thanks_back(post: Post, by: Membership) -> None:
    withdraw_notice(THANKS, f"{post.key}-{by.key}")


def tell_solution(post: Post, by: Membership) -> None:
    """Tell whoever answered that their message is the answer."""
    author = names.author_of(post)
    if author is not None and author != by:
        _notice(author, post, SOLUTION, _solved(post))


def take_back(post: Post) -> None:
    """Tell of `post` no more, on pages and by mail."""
    for kind in (REPLY, SOLUTION):
        withdraw_notice(kind, post.key)
    for thanks in post.thanks.select_related("person"):
        take_thanks_back(post, thanks.person)
    posting.withdraw(FIRST_REPLY, post.key)


def address_of(post: Post) -> str:
    """The permalink of a message that has its number."""
    topic = post.topic
    return reverse("post", args=[topic.group.school.slug, topic.group.key, topic.key, post.number])


def _asker(topic: Topic) -> Membership | None:
    if not topic.is_anonymous:
        return topic.author
    first = Post.objects.of_topic(topic).filter(number=FIRST, is_anonymous=True).first()
    return names.author_of(first) if first else None


def _not_yet_told(topic: Topic, asker: Membership | None, now: datetime.datetime) -> list[Membership]:
    """Claim and return the readers who follow, and were told of no answer yet."""
    follows = Follow.objects.filter(topic=topic, is_on=True, told__isnull=True)
    waiting = follows.select_related("person__user")
    readers = set(GroupMember.objects.readers(topic.group).values_list("membership", flat=True))
    found = [row.person for row in waiting if row.person_id in readers]
    Follow.objects.filter(topic=topic, person__in=found).update(told=now)
    if asker is not None and topic.is_anonymous and asker.pk in readers and _follows(asker, topic):
        first = Post.objects.of_topic(topic).filter(number=FIRST).get()
        if names.told(first, now):
            found.append(asker)
    return found


def _follows(asker: Membership, topic: Topic) -> bool:
    """One's own question is followed unless one said no; without a name, no row says that one does."""
    return not Follow.objects.filter(topic=topic, person=asker).exists()


def _notice(person: Membership, post: Post, kind: str, title: Callable[[], str], obj: str = "") -> None:
    school = post.topic.group.school
    notify(person.user, kind, obj or post.key, address=address_of(post), title=title, school=school)


def _name(post: Post) -> str:
    return post.author.name if post.author is not None else gettext("The person who asks")


def _answered(post: Post) -> Callable[[], str]:
    def title() -> str:
        words = gettext("%(name)s answered in “%(title)s”")
        return words % {"name": _name(post), "title": post.topic.shown_title}

    return title


def _thanked(post: Post, by: Membership) -> Callable[[], str]:
    def title() -> str:
        words = gettext("%(name)s thanks you for your message in “%(title)s”")
        return words % {"name": by.name, "title": post.topic.shown_title}

    return title


def _solved(post: Post) -> Callable[[], str]:
    def title() -> str:
        words = gettext("Your message is the answer to “%(title)s”")
        return words % {"title": post.topic.shown_title}

    return title
