"""Three questions that fill the form of an empty group (JOURNEYS §3.3)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchanges.discussions.models import Topic
from exchanges.groups.models import Circle, Group


@dataclass(frozen=True)
class Ready:
    """What stands in the form when it opens."""

    title: Promise
    text: Promise
    kind: str = Topic.Kind.QUESTION


_PARENTS = (
    Ready(
        _("Who can send a photo of the note in the exercise book?"),
        _("Hello, we no longer have the note. What is asked for, and for which day?"),
    ),
    Ready(
        _("Until what time can the children stay after class?"),
        _("Hello, who knows the hours, and whether one must sign up the day before?"),
    ),
    Ready(
        _("Who would share the way to school in the morning?"),
        _("Hello, who leaves from the same side? We could take turns."),
        Topic.Kind.ORGANISING,
    ),
)
_TOGETHER = (
    Ready(
        _("What should parents know of this month in class?"),
        _("Hello, what is coming: an outing, something to bring, a date?"),
    ),
    Ready(
        _("How is homework done at home?"),
        _("Hello, how long does it take, and what may the child do alone?"),
    ),
    Ready(
        _("When shall we meet?"),
        _("Hello, which evening suits you, and what should we speak about?"),
        Topic.Kind.ORGANISING,
    ),
)
_TEAM = (
    Ready(
        _("Which tool do you use to write to families?"),
        _("Hello, what works in your class, and what is not read?"),
    ),
    Ready(
        _("Who already taught this with tablets?"),
        _("Hello, I would like to begin: what should I prepare?"),
    ),
    Ready(
        _("What shall we put on the agenda of the next meeting?"),
        _("Hello, one line each is enough."),
        Topic.Kind.ORGANISING,
    ),
)


def ready_questions(group: Group) -> tuple[Ready, Ready, Ready]:
    """The three of the group's circle."""
    if group.circle == Circle.PARENTS:
        return _PARENTS
    return _TEAM if group.circle == Circle.TEAM else _TOGETHER
