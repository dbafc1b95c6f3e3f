"""Mails of answers, composed when they leave, for who may still read them: titles, never a text (RULES §1).

The first answer in a followed discussion goes alone; all later ones of a school go together, the next morning
on which mail goes. Of a discreet group nothing is named.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery, Dispatch
from accounts.people.models import User
from accounts.schools.access import member_in
from accounts.schools.member import Member
from accounts.schools.models import Membership, School
from exchanges.discussions.actions import is_asker
from exchanges.discussions.actions.names import author_of, own_of
from exchanges.discussions.actions.telling import FIRST, FIRST_REPLY, REPLIES
from exchanges.discussions.leaving import leaving_token
from exchanges.discussions.models import Follow, Post, Topic
from exchanges.groups.models import Group
from exchanges.notifications.actions import marks_of, preference_of
from exchanges.notifications.models import Preference

A_DAY = datetime.timedelta(days=1)
UNDER_WAY = (Delivery.State.DUE, Delivery.State.CLAIMED, Delivery.State.SENT)


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to now: who they are in the school, and what they chose."""

    member: Member
    person: Membership
    chosen: Preference

    def wants(self, topic: Topic, group: Group) -> bool:
        """Answers to one's own question always; others unless the group is silent, or all mail of groups."""
        if self.chosen.rhythm != Preference.Rhythm.NONE and group.seat and not group.seat.is_silenced:
            return True
        return topic.author_id == self.person.pk or is_asker(self.person, topic)


def compose_first(delivery: Delivery) -> Mail | Nothing:
    """Tell of the first answer in a discussion that the person follows."""
    posts = Post.objects.unscoped().visible().filter(key=delivery.object)
    post = posts.select_related("topic__group__school", "topic__group__classroom").first()
    if post is None:
        return Nothing("gone")
    topic = post.topic
    reader = _reader(delivery.person, topic.group.school)
    if isinstance(reader, Nothing):
        return reader
    group = Group.objects.readable_by(reader.member).filter(pk=topic.group_id).first()
    if group is None:
        return Nothing("left")
    stopped = Follow.objects.filter(topic=topic, person=reader.person, is_on=False)
    if stopped.exists() or not reader.wants(topic, group):
        return Nothing("not followed")
    if marks_of(delivery.person, "topic", [topic.pk]).get(topic.pk, 0) >= (post.number or 0):
        return Nothing("read")
    seen = Post.objects.of_topic(topic).visible().filter(number__gte=post.number)
    return _mail(delivery, reader, [(topic, _count_of_others(seen, reader.person), post.number or FIRST)])


def compose_replies(delivery: Delivery) -> Mail | Nothing:
    """Tell of all the answers of a day, or of a week-end, in what the person follows at one school."""
    school = School.objects.filter(slug=delivery.object).first()
    if school is None:
        return Nothing("gone")
    reader = _reader(delivery.person, school)
    if isinstance(reader, Nothing):
        return reader
    found = list(_unread(reader, _window(school, delivery.revision)))
    return _mail(delivery, reader, found) if found else Nothing("read")


def who_follows(dispatch: Dispatch) -> Iterator[User]:
    """Persons who follow a discussion in which something was said in the days of this dispatch."""
    school = School.objects.get(slug=dispatch.object)
    said = _said(school, _window(school, dispatch.revision))
    topics = list(said.values_list("topic", flat=True).distinct())
    follows = Follow.objects.filter(topic__in=topics, is_on=True)
    people = set(follows.values_list("person__user", flat=True))
    unnamed = Post.objects.filter(topic__in=topics, number=FIRST, is_anonymous=True)
    people |= {asker.user_id for asker in map(author_of, unnamed) if asker is not None}
    yield from User.objects.filter(pk__in=people, is_active=True).order_by("pk")


def _reader(person: Any, school: School) -> Reader | Nothing:
    if person is None or not person.email:
        return Nothing("no address")
    member = member_in(person, school)
    if member is None or member.membership is None:
        return Nothing("left")
    chosen = preference_of(person)
    if chosen.paused_until and member.today < chosen.paused_until:
        return Nothing("paused")
    return Reader(member, member.membership, chosen)


# What was said --------------------------------------------------------------------------------------------


def _window(school: School, day: int) -> tuple[datetime.datetime, datetime.datetime]:
    """From the midnight that began the mail day before `day` (an ordinal) to the one that began `day`."""
    end = datetime.date.fromordinal(day)
    start = end - A_DAY
    while not school.calendar.is_mail_day(start) and end - start < 120 * A_DAY:
        start -= A_DAY
    zone = ZoneInfo(school.time_zone)
    first, last = (datetime.datetime.combine(one, datetime.time(), zone) for one in (start, end))
    return first, last


def _said(school: School, window: tuple[datetime.datetime, datetime.datetime]) -> Any:
    """Answers that were first shown in a window of time and are shown still."""
    rows = Post.objects.of_school(school).visible().filter(number__gt=FIRST)
    return rows.filter(shown__gte=window[0], shown__lt=window[1])


def _unread(
    reader: Reader, window: tuple[datetime.datetime, datetime.datetime]
) -> Iterator[tuple[Topic, int, int]]:
    """(discussion, how many answers, the number of the first) that the person follows and has not read."""
    member, person = reader.member, reader.person
    unnamed = own_of(person)
    asked = Post.objects.of_school(member.school).filter(pk__in=unnamed, number=FIRST)
    follows = dict(Follow.objects.filter(person=person).values_list("topic", "is_on"))
    topics = {topic for topic, is_on in follows.items() if is_on}
    topics |= {topic for topic in asked.values_list("topic", flat=True) if topic not in follows}
    rows = _said(member.school, window).filter(topic__in=topics).exclude(author=person)
    rows = rows.exclude(pk__in=unnamed).select_related("topic__group").order_by("topic", "number")
    posts = list(rows)
    groups = Group.objects.readable_by(member).in_bulk({post.topic.group_id for post in posts})
    marks = marks_of(person.user, "topic", {post.topic_id for post in posts})
    told = _told_first(person, posts)
    by_topic: dict[int, list[Post]] = {}
    for post in posts:
        group = groups.get(post.topic.group_id)
        read = max(marks.get(post.topic_id, 0), told.get(post.topic_id, 0))
        if group is not None and (post.number or 0) > read and reader.wants(post.topic, group):
            by_topic.setdefault(post.topic_id, []).append(post)
    for found in by_topic.values():
        yield found[0].topic, len(found), found[0].number or FIRST


def _told_first(person: Membership, posts: Iterable[Post]) -> dict[int, int]:
    """How far, by discussion, the mail of its first answer tells: what was shown before it left is in it."""
    topics = {post.topic_id for post in posts}
    keys = dict(Post.objects.filter(topic__in=topics).values_list("key", "topic"))
    mails = Delivery.objects.filter(
        person=person.user, kind=FIRST_REPLY, object__in=keys, state__in=UNDER_WAY
    )
    due = {keys[mail.object]: mail.due for mail in mails}
    told: dict[int, int] = {}
    for post in posts:
        if post.topic_id in due and post.shown and post.shown <= due[post.topic_id]:
            told[post.topic_id] = max(told.get(post.topic_id, 0), post.number or 0)
    return told


def _count_of_others(posts: Any, person: Membership) -> int:
    return posts.exclude(author=person).exclude(pk__in=own_of(person)).count()


# The mail -------------------------------------------------------------------------------------------------


def _mail(delivery: Delivery, reader: Reader, found: list[tuple[Topic, int, int]]) -> Mail:
    user = reader.person.user
    language = delivery.language or user.language
    school = reader.member.school
    token = leaving_token(reader.person, [topic for topic, _count, _number in found])
    leave = settings.SITE_URL + reverse("mail_choice", args=[token])
    with translation.override(language):
        rows = [_row(school, *one) for one in found]
    context = {
        "school": school.name,
        "rows": rows,
        "count": sum(count for _topic, count, _number in found),
        "title": rows[0]["title"] if len(rows) == 1 else "",
        "leave": leave,
        "choices": settings.SITE_URL + reverse("what_i_receive"),
    }
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Mail("replies", str(user.email), context, language, headers)


def _row(school: School, topic: Topic, count: int, number: int) -> dict[str, Any]:
    group = topic.group
    path = reverse("post", args=[school.slug, group.key, topic.key, number])
    return {
        "title": "" if group.is_discreet else topic.shown_title,
        "group": "" if group.is_discreet else group.name,
        "words": _answers(count),
        "url": settings.SITE_URL + path,
    }


def _answers(count: int) -> str:
    return ngettext("%(count)d answer waits for you.", "%(count)d answers wait for you.", count) % {
        "count": count
    }


COMPOSERS: dict[str, Composer] = {FIRST_REPLY: compose_first, REPLIES: compose_replies}
AUDIENCES = {REPLIES: who_follows}
