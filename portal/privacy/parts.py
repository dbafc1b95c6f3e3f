"""Each feature's part in what is held of a person: read, taken along, erased. Plain calls, in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.assisted import privacy as assisted
from accounts.audit import privacy as audit
from accounts.families import privacy as families
from accounts.invitations import privacy as invitations
from accounts.outbox import privacy as outbox
from accounts.people import privacy as people
from accounts.people.models import User
from accounts.register import privacy as register
from accounts.rollover import privacy as rollover
from accounts.schools import privacy as schools
from exchanges.discussions import privacy as discussions
from exchanges.groups import privacy as groups
from exchanges.moderation import privacy as moderation
from exchanges.notifications import privacy as notifications

Held = list[tuple[str, list[tuple[str, str]]]]
Files = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Part:
    """What a feature holds, and in words who sees it and how long; `change` names the page to correct it."""

    slug: str
    title: Promise | str
    held: Callable[[User], Held]
    export: Callable[[User], Files]
    erase: Callable[..., None]
    seen_by: Promise | str
    kept: Promise | str
    change: str = ""
    change_words: Promise | str = ""


def _part(slug: str, module: Any, title: Promise, seen_by: Promise, kept: Promise, *change: Any) -> Part:
    return Part(slug, title, module.held, module.export, module.erase, seen_by, kept, *change)


# In the order of the page; erased from the last to the first, so that the account itself goes at the end.
PARTS: tuple[Part, ...] = (
    _part(
        "compte",
        people,
        _("My account"),
        _("You. The people who run this site see your name, user name and e-mail."),
        _("As long as your account lives. A device you no longer use: 30 days."),
        "account_home",
        _("Correct my name, my language or my e-mail"),
    ),
    _part(
        "ecoles",
        schools,
        _("My schools"),
        _("The direction, and the deputies it named. Other parents see your name only where you write."),
        _("As long as you are in the school, and three months more."),
    ),
    _part(
        "invitations",
        invitations,
        _("My invitations"),
        _("The direction, and the deputies it named."),
        _("As long as you are in the school. One year if an invitation is not used."),
    ),
    _part(
        "imports",
        families,
        _("Files of families"),
        _("Whoever imports the file for the school."),
        _("One hour, and only your name, your address and your classes."),
    ),
    _part(
        "saisies",
        assisted,
        _("Typed for me"),
        _("You, the person who typed it, and the direction."),
        _("One year after the school year."),
    ),
    _part(
        "classe-suivante",
        rollover,
        _("Class of next year"),
        _("You and the direction."),
        _("Until the end of that school year."),
    ),
    _part(
        "accords",
        register,
        _("My agreements"),
        _("You, the direction, and the elected parents of that association."),
        _("Until you take them back, and one year after the school year."),
        "my_consents",
        _("Give or take back an agreement"),
    ),
    _part(
        "ce-que-je-recois",
        notifications,
        _("What I am told and what I read"),
        _("You alone. No one sees what you read."),
        _("90 days. Your choices: as long as your account lives."),
        "what_i_receive",
        _("Change what I receive"),
    ),
    _part(
        "courriers",
        outbox,
        _("Mails sent to me"),
        _("The people who run this site: the date and whether it arrived, never the text."),
        _("90 days."),
    ),
    _part(
        "actes",
        audit,
        _("What was done with my account"),
        _("You, and the direction of the school. No name is written in it."),
        _("One year after the school year."),
    ),
    _part(
        "groupes",
        groups,
        _("My groups"),
        _("The members of each group see your name and your role. Nobody sees whom you no longer see."),
        _("As long as you are in the group."),
        "folded_people",
        _("See again somebody I folded"),
    ),
    _part(
        "discussions",
        discussions,
        _("My messages in groups"),
        _("The readers of each group. A message without your name: nobody but you knows that it is yours."),
        _("As long as the group. When you leave you choose whether they stay, without your name."),
    ),
    # Erased before the discussions: it knows by them which texts judged were whose.
    _part(
        "moderation",
        moderation,
        _("Reports and decisions"),
        _("Whoever decides reads a report, without your name. A decision on you: you, and whoever decides."),
        _("Texts judged: 30 days. Decisions stay, and name nobody once your account is gone."),
    ),
)


def export_of(user: User) -> Files:
    """Everything of a person, by file; nothing of others."""
    files: Files = {}
    for part in PARTS:
        files |= part.export(user)
    return files


def erase_all(user: User, *, keep_contributions: bool) -> None:
    """Have each part erase its own; inside the caller's transaction."""
    people.forget_traces(user)
    for part in reversed(PARTS):
        part.erase(user, keep_contributions=keep_contributions)
