"""Ask and answer: the message is stored once, numbered if it is shown, and whoever follows is told."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.discussions import policy
from exchanges.discussions.actions.attaching import attach
from exchanges.discussions.actions.effects import came_to_light
from exchanges.discussions.actions.names import is_asker, keep_name, own_by_key
from exchanges.discussions.actions.newcomers import count_first_day
from exchanges.discussions.actions.states import hour_of, locked, number
from exchanges.discussions.errors import NoLonger, NotNow, NotWithoutName, SentOther
from exchanges.discussions.hats import hat_in
from exchanges.discussions.models import Follow, Post, Topic
from exchanges.discussions.texts import clean_text, clean_title, rendered
from exchanges.groups.models import Group, GroupMember

# RULES §2: for so long the same form sent again is the same message.
SENT_ONCE = datetime.timedelta(days=7)
# Made by us in the form; another one is no key.
CLIENT_KEY = re.compile(r"[0-9a-f-]{16,36}")

Values = Mapping[str, Any]


@transaction.atomic
def ask(
    member: Member,
    group: Group,
    values: Values,
    files: Sequence[Any] = (),
    now: datetime.datetime | None = None,
) -> Post:
    """Begin a discussion: `title`, `text`, `kind`, `resource` (a slug), `anonymous`, `client_key`.

    `files` are attachments kept for it. Returns the first message, shown or held.
    Raises SentOther, NoLonger, FirstDay, NotWithoutName, PicturesOnly, HtmlError.
    """
    moment = now or timezone.now()
    person = _alone(member)
    again = _sent_before(person, values, moment)
    if again is not None:
        return again
    _still(person, group, moment)
    anonymous = bool(values.get("anonymous"))
    if anonymous and GroupMember.objects.readers(group).count() < Group.ANONYMOUS_FROM:
        raise NotWithoutName
    count_first_day(person, "new_topic", str(values["text"]), files, moment)
    topic = _new_topic(member, group, values, moment, anonymous=anonymous)
    post = _new_post(member, topic, values, files, moment, anonymous=anonymous)
    if not anonymous:
        Follow.objects.create(topic=topic, person=person)
    return post


@transaction.atomic
def reply(
    member: Member,
    topic: Topic,
    values: Values,
    files: Sequence[Any] = (),
    now: datetime.datetime | None = None,
) -> Post:
    """Answer under a discussion: `text`, `quotes` (a number or None), `anonymous`, `client_key`.

    `anonymous` is for whoever asked without a name, and nobody else. Raises SentOther, FirstDay, NoLonger,
    NotNow, NotWithoutName, HtmlError.
    """
    moment = now or timezone.now()
    person = _alone(member)
    again = _sent_before(person, values, moment, topic)
    if again is not None:
        return again
    _still(person, topic.group, moment)
    anonymous = bool(values.get("anonymous"))
    if anonymous and not is_asker(person, topic):
        raise NotWithoutName
    # Read again under lock: it may have been closed while the person wrote.
    current = locked(topic.pk, topic.group_id)
    if current.state == Topic.State.CLOSED or current.is_paused(moment):
        raise NotNow
    count_first_day(person, "new_reply", str(values["text"]), files, moment)
    current.group = topic.group
    return _new_post(member, current, values, files, moment, anonymous=anonymous)


def is_newcomer(person: Membership, group: Group) -> bool:
    """Whether no message of this person was ever shown in this group, under their name."""
    return not Post.objects.of_group(group).filter(author=person, shown__isnull=False).exists()


def _alone(member: Member) -> Membership:
    """Return the writer, their row locked: the same form sent twice at once is one message."""
    rows = Membership.objects.of_school(member.school).select_for_update(of=("self",))
    person = rows.get(pk=cast(Membership, member.membership).pk)
    person.user, person.school = cast(Membership, member.membership).user, member.school
    return person


def _still(person: Membership, group: Group, now: datetime.datetime) -> None:
    """Refuse (NoLonger) whoever was put out or silenced, or whose group fell asleep, while they wrote.

    Their page asked all of it before; only what changed since is asked again.
    """
    seats = GroupMember.objects.filter(group=group, membership=person, left__isnull=True)
    seat = seats.values("mute_until", "group__state", "group__paused_until").first()
    if seat is None or (seat["mute_until"] and seat["mute_until"] > now):
        raise NoLonger
    paused = seat["group__paused_until"]
    if seat["group__state"] != group.state or (paused != group.paused_until and paused and paused > now):
        raise NoLonger


def _sent_before(
    person: Membership, values: Values, now: datetime.datetime, topic: Topic | None = None
) -> Post | None:
    """Return what this very form stored before; raise SentOther if its text was another."""
    key = values.get("client_key") or ""
    if not key:
        return None
    sent = Post.objects.filter(author=person, client_key=key).select_related("topic__group").first()
    if sent is None:
        sent = own_by_key(person, key)
    if sent is None:
        return None
    if sent.created < now - SENT_ONCE:
        Post.objects.filter(topic=sent.topic_id, pk=sent.pk).update(client_key="")
        return None
    same_place = topic is None or sent.topic_id == topic.pk
    same_title = "title" not in values or clean_title(str(values["title"])) == sent.topic.title
    if same_place and same_title and clean_text(str(values["text"])) == sent.text:
        return sent
    raise SentOther(sent)


def _new_topic(
    member: Member, group: Group, values: Values, now: datetime.datetime, *, anonymous: bool
) -> Topic:
    when = hour_of(now) if anonymous else now
    return Topic.objects.create(
        group=group,
        kind=values.get("kind") or Topic.Kind.QUESTION,
        title=clean_title(str(values["title"])),
        author=None if anonymous else member.membership,
        author_hat="" if anonymous else hat_in(member, group),
        is_anonymous=anonymous,
        resource=values.get("resource") or "",
        created=when,
        active=when,
    )


def _new_post(
    member: Member,
    topic: Topic,
    values: Values,
    files: Sequence[Any],
    now: datetime.datetime,
    *,
    anonymous: bool,
) -> Post:
    group, person = topic.group, cast(Membership, member.membership)
    text = clean_text(str(values["text"]))
    html, renderer = rendered(text)
    under = topic if topic.last_number or topic.moderated_first else None
    held = policy.is_held(member, group, under, text, files, anonymous, is_newcomer(person, group))
    post = Post(
        topic=topic,
        author=None if anonymous else person,
        author_hat="" if anonymous else hat_in(member, group),
        is_anonymous=anonymous,
        text=text,
        html=html,
        renderer=renderer,
        quotes=_quoted(topic, values.get("quotes")),
        state=Post.State.HELD if held else Post.State.VISIBLE,
        created=hour_of(now) if anonymous else now,
        client_key=values.get("client_key") or "",
    )
    if not held:
        number(post, topic, now)
    post.save(force_insert=True)
    if anonymous:
        keep_name(post, person)
    attach(post, files)
    if not held:
        came_to_light(post, now, first_time=True)
    return post


def _quoted(topic: Topic, quotes: Any) -> int | None:
    """A number of this discussion, or nothing."""
    return int(quotes) if quotes and 0 < int(quotes) <= topic.last_number else None
