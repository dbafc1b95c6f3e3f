"""Make the demo's groups by their own actions, at the days they say; nobody is mailed of what is past."""

import datetime
from collections.abc import Iterable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import timezone, translation

from accounts.outbox.models import Delivery, Dispatch
from accounts.people.models import User
from accounts.schools.access import forget_members, member_in
from accounts.schools.actions import give_hat
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership, School
from exchanges.discussions import actions as discussions
from exchanges.discussions.models import Post, Topic
from exchanges.groups import actions as groups
from exchanges.groups.actions.joining import let_in
from exchanges.groups.charter import ready_charter
from exchanges.groups.models import Group, GroupMember
from exchanges.moderation.actions import decide, report
from exchanges.moderation.models import Decision, Ground
from exchanges.notifications.actions import mark_read
from foundation.html import french
from portal.demo.addresses import group_key, topic_key
from portal.demo.groups import GROUPS
from portal.demo.people import BY_KEY
from portal.demo.talk import CROWD, DemoGroup, Says, Talk

LATE, EARLY = datetime.time(22), datetime.time(7, 30)
LONG_AGO = datetime.timedelta(days=150)
A_MINUTE = datetime.timedelta(minutes=1)
Verb = Decision.Verb


def seed_groups(school: School) -> int:
    """Store the groups of a demo school that has none; return how many."""
    if Group.objects.of_school(school).exists():
        return 0
    mails, dispatches = _last(Delivery), _last(Dispatch)
    wanted = [group for group in GROUPS if group.school == school.slug]
    with translation.override("fr"):
        room = _Room(school)
        for group in wanted:
            room.make(group)
    Delivery.objects.filter(pk__gt=mails).delete()
    Dispatch.objects.filter(pk__gt=dispatches).delete()
    return len(wanted)


def _last(model: type[Delivery] | type[Dispatch]) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


class _Room:
    """One school while it is filled: who is who, and what time it is."""

    def __init__(self, school: School) -> None:
        self.school, self.now = school, timezone.now()
        rows = Membership.objects.of_school(school).present().select_related("user", "school").order_by("pk")
        rows.update(joined=self.now - LONG_AGO)
        # What is past happened among people who were there.
        hats = Hat.objects.of_school(school).exclude(kind=Hat.Kind.ELECTED)
        hats.filter(membership__state=Membership.State.ACTIVE).update(
            since=school.years.get(is_current=True).starts
        )
        self.others = [row for row in rows if not row.user.username.startswith("demo-")]
        self.known = {row.user.username.removeprefix("demo-"): row for row in rows}

    def person(self, name: str) -> Membership:
        """The membership of a key of the demo, or of a name of CROWD."""
        return self.known[name] if name in BY_KEY else self.others[CROWD[self.school.slug][name]]

    def member(self, name: str) -> Member:
        person = self.person(name)
        forget_members(person.user)
        return cast(Member, member_in(person.user, self.school))

    # A group ----------------------------------------------------------------------------------------------

    def make(self, demo: DemoGroup) -> None:
        classroom = Classroom.objects.of_school(self.school).current().filter(name=demo.room).first()
        self._bring_in(demo, classroom)
        values: dict[str, Any] = {
            "circle": demo.circle,
            "name": demo.name,
            "purpose": french(demo.purpose),
            "charter": ready_charter(),
            "classroom": classroom,
            "language": demo.language,
            "joining": demo.joining,
            "is_discreet": demo.is_discreet,
        }
        opener = self.member(demo.runs[0])
        if demo.state == Group.State.SUGGESTED:
            group = self._steady(groups.suggest_group(opener, values))
        else:
            group = self._steady(groups.open_group(opener, values))
            self._fill(group, demo)
        self._set_back(group, demo)

    def _steady(self, group: Group) -> Group:
        """Give a group the same address in every demo."""
        group.key = group_key(self.school.slug, group.name)
        Group.objects.of_school(self.school).filter(pk=group.pk).update(key=group.key)
        return group

    def _bring_in(self, demo: DemoGroup, classroom: Classroom | None) -> None:
        """Give parents of other classes a second child in this one."""
        for name in (*demo.runs, *demo.members):
            person = self.person(name)
            worn = Hat.objects.filter(membership=person, classroom=classroom)
            if classroom is not None and name not in BY_KEY and not worn.exists():
                give_hat(person, Hat.Kind.PARENT, classroom=classroom)

    def _fill(self, group: Group, demo: DemoGroup) -> None:
        opened = self.now - datetime.timedelta(days=demo.days)
        for name in (*demo.runs[1:], *demo.members):
            let_in(group, self.person(name))
        for name in demo.runs[1:]:
            groups.name_facilitator(group, self.person(name), by=None)
        GroupMember.objects.filter(group=group).update(joined=opened)
        runs = [self.person(name).user_id for name in demo.runs]
        User.objects.filter(pk__in=runs).update(last_login=self.now - datetime.timedelta(hours=20))
        for talk in sorted(demo.talks, key=lambda talk: -talk.days):
            _Table(self, group, demo.runs[0]).hold(talk)
        for name in demo.asks:
            groups.ask_to_join(self.member(name), self._seen(group, name))
        for name in demo.invited:
            groups.invite(group, self.person(name), by=self.member(demo.runs[0]))

    def _seen(self, group: Group, name: str) -> Group:
        return Group.objects.visible_to(self.member(name)).get(pk=group.pk)

    def _set_back(self, group: Group, demo: DemoGroup) -> None:
        """Write the days and the state that no action sets at once."""
        opened = self.now - datetime.timedelta(days=demo.days)
        last = Topic.objects.filter(group=group, is_visible=True).aggregate(last=Max("active"))["last"]
        fields = {"created": opened, "active": last or opened}
        if demo.state:
            fields["state"] = demo.state
        Group.objects.of_school(self.school).filter(pk=group.pk).update(**fields)


class _Table:
    """One group while people talk in it."""

    def __init__(self, room: _Room, group: Group, runs: str) -> None:
        self.room, self.group, self.runs = room, group, runs

    def hold(self, talk: Talk) -> None:
        """Have a whole discussion, each message at its hour."""
        moment = self._begins(talk)
        values = {
            "title": french(talk.title),
            "text": french(talk.text),
            "kind": talk.kind,
            "resource": talk.resource,
            "anonymous": talk.without_name,
        }
        first = discussions.ask(self.room.member(talk.who), self._seen(talk.who), values, now=moment)
        topic = first.topic
        topic.key = topic_key(self.group.key, talk.title)
        Topic.objects.filter(group=self.group, pk=topic.pk).update(key=topic.key)
        self._show(first, talk.then, moment)
        self._befalls(first, talk.then, talk.who, moment)
        for says in talk.answers:
            moment = self._later(moment, says.after)
            self._say(topic, says, moment)
        self._end(topic, talk, moment)

    def _say(self, topic: Topic, says: Says, moment: datetime.datetime) -> None:
        topic.refresh_from_db()
        topic.group = self._seen(says.who)
        values = {"text": french(says.text), "quotes": says.quotes}
        post = discussions.reply(self.room.member(says.who), topic, values, now=moment)
        self._show(post, says.then, moment)
        for name in says.thanks:
            discussions.thank(post, self.room.person(name), True)
        self._befalls(post, says.then, says.who, moment)
        self._read(topic, [says.who], post.number or 0, moment)

    def _end(self, topic: Topic, talk: Talk, moment: datetime.datetime) -> None:
        topic.refresh_from_db()
        topic.group = self.group
        if talk.solution:
            discussions.mark_solved(topic, talk.solution, by=self.room.member(talk.who), now=moment)
        if talk.pinned:
            discussions.pin(topic, True, by=self.room.member(self.runs), now=moment)
        if talk.state == "closed":
            discussions.close(topic)
        if talk.state == "paused":
            decide(self.room.member(self.runs), Verb.PAUSE, kind="topic", object=topic.key)
        if not talk.without_name:
            self._read(topic, [talk.who], min(topic.last_number, Post.PAGE), moment)

    def _show(self, post: Post, then: str, moment: datetime.datetime) -> None:
        """Show what was held only because its author is new here."""
        if post.state == Post.State.HELD and then not in ("held", "returned"):
            discussions.publish(post, moment)

    def _befalls(self, post: Post, then: str, who: str, moment: datetime.datetime) -> None:
        """Let happen to a message what its plan says."""
        runs = self.room.member(self.runs)
        later = self._later(moment, 1)
        if then == "returned":
            words = french(
                "Un numéro personnel ne se copie pas ici. L’école répond au téléphone avant 8 h 30."
            )
            decide(
                runs, Verb.RETURN, kind="post", object=post.key, ground=Ground.PRIVATE, words=words, now=later
            )
        elif then == "removed":
            words = french("On ne parle pas d’un enfant ici. Écrivez à l’école si vous êtes inquiète.")
            decide(
                runs, Verb.REMOVE, kind="post", object=post.key, ground=Ground.CHILD, words=words, now=later
            )
        elif then in ("reported", "hidden"):
            witnesses = [name for name in self._names() if name not in (who, self.runs)]
            for name in witnesses[: 1 if then == "reported" else 2]:
                report(self.room.member(name), post, Ground.RUDE, now=later)

    def _names(self) -> Iterable[str]:
        demo = next(
            one for one in GROUPS if (one.school, one.name) == (self.room.school.slug, self.group.name)
        )
        return [name for name in reversed(demo.members) if name != "nouvelle"]

    def _seen(self, name: str) -> Group:
        return Group.objects.readable_by(self.room.member(name)).get(pk=self.group.pk)

    def _read(self, topic: Topic, names: Iterable[str], number: int, moment: datetime.datetime) -> None:
        for name in names:
            mark_read(self.room.person(name).user, "topic", topic.pk, number, max(moment, self._recent()))

    def _recent(self) -> datetime.datetime:
        return self.room.now - datetime.timedelta(days=30)

    # Time: nobody writes at night, nor after now ------------------------------------------------------------

    def _begins(self, talk: Talk) -> datetime.datetime:
        now = self.room.now
        if talk.days < 1:
            return now - datetime.timedelta(days=talk.days)
        zone = ZoneInfo(self.room.school.time_zone)
        day = now.astimezone(zone).date() - datetime.timedelta(days=int(talk.days))
        return datetime.datetime.combine(day, datetime.time(talk.hour), zone)

    def _later(self, moment: datetime.datetime, hours: float) -> datetime.datetime:
        zone = ZoneInfo(self.room.school.time_zone)
        here = (moment + datetime.timedelta(hours=hours)).astimezone(zone)
        if here.time() >= LATE:
            here = datetime.datetime.combine(here.date() + datetime.timedelta(days=1), EARLY, zone)
        elif here.time() < EARLY:
            here = datetime.datetime.combine(here.date(), EARLY, zone)
        return min(here, self.room.now - A_MINUTE)
