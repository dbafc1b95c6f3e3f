"""A class group of parents that two of them run, a message, and clocks in the school's own time."""

import datetime
from zoneinfo import ZoneInfo

from accounts.models import Hat, Membership, User
from exchanges.models import Decision, GroupMember, Post
from exchanges.moderation.actions import decide, report
from tests.factories import make_group, make_member, make_post, make_school, make_topic, member

PARIS = ZoneInfo("Europe/Paris")
# A Tuesday in class, at 10:00.
NOW = datetime.datetime(2026, 11, 24, 10, tzinfo=PARIS)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
Verb = Decision.Verb


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime.datetime:
    """An hour of the autumn of 2026."""
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=PARIS)


class World:
    """`nora` and `karim` run the group; `amina` wrote; `bilal`, `chloe`, `denis` read; `helene` directs."""

    def __init__(self, circle: str = "parents", **values) -> None:
        self.school = make_school(holiday_zone="A")
        self.helene = make_member(self.school, "helene", "director")
        names = ("nora", "karim", "amina", "bilal", "chloe", "denis")
        self.people = {name: make_member(self.school, name, "parent") for name in names}
        self.__dict__.update(self.people)
        opener = self.nora if circle == "parents" else self.helene
        others = [one for one in self.people.values() if one != opener]
        values = {"classroom": self.school.rooms[0]} | values
        self.group = make_group(opener, circle=circle, members=others, **values)
        self.facilitates(self.karim)
        if circle != "parents":
            self.facilitates(self.nora)
        self.settle()
        Hat.objects.filter(membership__school=self.school).update(since=datetime.date(2026, 9, 1))
        self.topic = make_topic(self.group, self.amina, "La piscine", "Qui accompagne vendredi ?")
        self.post = Post.objects.filter(topic=self.topic).get()

    def facilitates(self, membership: Membership, on: bool = True) -> None:
        GroupMember.objects.filter(group=self.group, membership=membership).update(is_facilitator=on)

    def settle(self, joined: datetime.datetime = NOW - 30 * DAY, seen: datetime.datetime = NOW) -> None:
        """All are here for a month and were seen today."""
        GroupMember.objects.filter(group=self.group).update(joined=joined)
        User.objects.filter(memberships__school=self.school).update(last_login=seen)

    def joined(self, membership: Membership, when: datetime.datetime) -> None:
        GroupMember.objects.filter(group=self.group, membership=membership).update(joined=when)

    def post_of(self, membership: Membership, text: str = "Merci à tous.", **values) -> Post:
        return make_post(self.topic, membership, text, **values)

    def held(self, membership: Membership, text: str = "Bonjour.") -> Post:
        """A message that waits to be read."""
        self.topic.moderated_first = True
        self.topic.save(update_fields=["moderated_first"])
        return make_post(self.topic, membership, text, state="held")

    def report(self, who: Membership, post: Post | None = None, ground: str = "rude", now=NOW, words=""):
        return report(member(who), post or self.post, ground, words, now)

    def decide(self, who: Membership, verb: str, post: Post | None = None, *, kind="case", now=NOW, **said):
        """Decide on the case of a message, or with `kind` on something else."""
        target = post or self.post
        key = self.case(target).key if kind == "case" else target.key
        return decide(member(who), verb, kind=kind, object=key, now=now, **{"ground": "rude"} | said)

    def case(self, post: Post | None = None):
        from exchanges.models import Case

        rows = Case.objects.filter(school=self.school, object=(post or self.post).key)
        return rows.order_by("-pk").first()

    def state(self, post: Post | None = None) -> str:
        return Post.objects.of_school(self.school).get(pk=(post or self.post).pk).state


def mailed(kind: str, until: datetime.datetime | None = None) -> dict[str, datetime.datetime]:
    """User name → when the mail of this kind is due."""
    from accounts.outbox.models import Delivery

    rows = Delivery.objects.filter(kind=kind).select_related("person")
    if until is not None:
        rows = rows.filter(due__lte=until)
    return {row.person.username: row.due for row in rows}
