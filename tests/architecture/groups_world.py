"""Two schools with a group of each circle, and people who may not know of some of them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.schools.models import Membership, Restriction
from exchanges.discussions import actions
from exchanges.discussions.actions.attaching import keep
from exchanges.discussions.models import Attachment, Post, Topic
from exchanges.groups.actions import leave, remove_member
from exchanges.groups.models import Group
from exchanges.moderation.actions import decide, report
from exchanges.moderation.models import Case, Decision
from tests.factories import make_group, make_member, make_post, make_school, make_topic, member, seen_group
from tests.foundation.uploads.pictures import with_place

KEY24 = "b" * 23


@dataclass
class Talk:
    """A group with a discussion: two messages shown, the second reported and with a picture, one held."""

    group: Group
    word: str
    topic: Topic
    first: Post
    post: Post
    held: Post
    file: Attachment
    case: Case
    decision: Decision

    @property
    def said(self) -> tuple[str, str]:
        """Words of its titles, texts and file names; its name has `word` itself."""
        return f"{self.word}ade", f"{self.word}ure"

    def values(self, person: str) -> dict[str, Any]:
        """What stands in each address of it."""
        return {
            "key": self.group.key,
            "gkey": self.group.key,
            "tkey": self.topic.key,
            "pkey": self.post.key,
            "number": self.post.number,
            "person": person,
        }


class World:
    """`rosa` and `ugo` are in every group of parents, `paul` teaches, `zoe` is of the other school."""

    def __init__(self) -> None:
        self.here = make_school("jean-moulin", classes=("CP A", "CE1 A"))
        self.there = make_school("marie-curie")
        cp, ce1 = self.here.rooms
        self.people: dict[str, Membership] = {}
        for name in ("lea", "suspended", "removed", "left", "fresh"):
            self._add(name, "parent", rooms=[cp])
        self._add("rosa", "parent", rooms=[cp, ce1])
        self._add("ugo", "parent", rooms=[cp, ce1])
        self._add("barred", "parent", rooms=[cp, ce1])
        self._add("paul", "teacher", rooms=[cp])
        self._add("nadia", "parent", "elected", rooms=[cp])
        for title in ("director", "helper", "relay", "proche", "secretary"):
            self._add(title, title)
        self._add("deputy", "deputy", rights=["moderation"])
        self._add("pending", "parent", rooms=[cp])
        self.people["zoe"] = make_member(self.there, "zoe", "parent")
        self.people["yan"] = make_member(self.there, "yan", "parent")
        self.talks = self._talks(ce1)
        self._settle(ce1)

    def _add(self, name: str, *kinds: str, **values: Any) -> None:
        shown = f"Anatole {name[::-1].capitalize()}"
        self.people[name] = make_member(self.here, name, *kinds, display_name=shown, **values)

    def _talks(self, ce1: Any) -> dict[str, Talk]:
        people = self.people
        inside = [people[name] for name in ("ugo", "lea", "suspended")]
        gone = [people[name] for name in ("ugo", "removed", "left")]
        return {
            "open": self._talk("zibeline", "rosa", inside, invite_key=f"{KEY24}c"),
            "secret": self._talk("quartzite", "rosa", gone, joining="invitation"),
            "ce1": self._talk("mirabelle", "rosa", [people["ugo"], people["barred"]], classroom=ce1),
            "both": self._talk("paprika", "paul", [people["ugo"]], circle="parents-enseignants"),
            "team": self._talk("gyroscope", "paul", [people["director"]], circle="equipe"),
            "elected": self._talk("vermillon", "nadia", [people["paul"]], circle="elus-equipe"),
            "there": self._talk("tamarin", "zoe", [people["yan"]]),
        }

    def _talk(self, word: str, opener: str, members: list[Membership], **values: Any) -> Talk:
        runs, other = self.people[opener], members[0]
        shown = {"name": word.capitalize(), "purpose": word, "charter": word, "moderation": "after"}
        group = make_group(runs, members=members, **shown | values)
        title, text = f"{word}ade ?", f"{word}ure"
        topic = make_topic(group, other, title, text)
        topic.group = seen_group(group, other)
        picture = SimpleUploadedFile(f"{word}ure.jpg", with_place(), "image/jpeg")
        post = actions.reply(member(other), topic, {"text": text}, keep([picture], other))
        # Reported by whoever runs it, where nobody else is there: then the direction decides too.
        reports = members[1] if len(members) > 1 else runs
        case = report(member(reports), post, "rude", text, timezone.now())
        warned = make_post(topic, other, f"{text} ter")
        decision = decide(member(runs), "warn", kind="post", object=warned.key, ground="rude")
        Topic.objects.filter(group=group, pk=topic.pk).update(moderated_first=True)
        topic.moderated_first = True
        held = make_post(topic, other, f"{text} bis", state="held")
        first = Post.objects.of_topic(topic).get(number=1)
        file = Attachment.objects.filter(post=post).get()
        return Talk(group, word, topic, first, post, held, file, case, decision)

    def _settle(self, ce1: Any) -> None:
        """What happened since: somebody left, was removed, is suspended, waits, lost a class in court."""
        remove_member(self.talks["secret"].group, self.people["removed"])
        leave(self.talks["secret"].group, self.people["left"])
        rows = Membership.objects.of_school(self.here)
        until = timezone.now() + datetime.timedelta(days=3)
        rows.filter(pk=self.people["suspended"].pk).update(suspended_until=until, suspended_why="Insulte.")
        rows.filter(pk=self.people["pending"].pk).update(state=Membership.State.PENDING)
        values = {"decided_on": self.here.today(), "reference": "Coffre"}
        Restriction.objects.create(membership=self.people["barred"], classroom=ce1, **values)
