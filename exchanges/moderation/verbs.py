"""Decisions as buttons and as sentences: what is pressed, what happens then, what is said once it is done."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from exchanges.moderation import policy
from exchanges.moderation.models import Decision

Verb = Decision.Verb
Words = str | Promise

LABELS: dict[str, Words] = {
    Verb.PUBLISH: pgettext_lazy("a decision", "Show it"),
    Verb.RETURN: gettext_lazy("Send back with a word"),
    Verb.KEEP: pgettext_lazy("a decision", "Keep"),
    Verb.HIDE_MEANWHILE: gettext_lazy("Hide meanwhile"),
    Verb.HIDE: pgettext_lazy("a decision", "Hide"),
    Verb.REWRITE: gettext_lazy("Ask to rewrite"),
    Verb.REMOVE: pgettext_lazy("a decision", "Remove"),
    Verb.WARN: gettext_lazy("Warn the author"),
    Verb.CLOSE: gettext_lazy("Close the discussion"),
    Verb.PAUSE: gettext_lazy("Pause the discussion until tomorrow"),
    Verb.MODERATE_FIRST: gettext_lazy("Read messages of this discussion first"),
    Verb.ACCEPT: gettext_lazy("Let in"),
    Verb.REFUSE: gettext_lazy("Refuse"),
    Verb.MUTE_GROUP: gettext_lazy("Suspend writing in the group"),
    Verb.MUTE_SCHOOL: gettext_lazy("Suspend writing in the school"),
    Verb.REMOVE_MEMBER: gettext_lazy("Remove from the group"),
    Verb.OPEN_NAME: gettext_lazy("Open the name"),
    Verb.UPHELD: gettext_lazy("The decision stands"),
    Verb.REVERSED: gettext_lazy("Reverse the decision"),
}
# Of a message that is hidden already (JOURNEYS §2).
WHERE_HIDDEN: dict[str, Words] = {
    Verb.HIDE: gettext_lazy("Leave it hidden"),
    Verb.KEEP: gettext_lazy("Put it back online"),
}
# Which decision of its kind stands first, and which wait under “Other decisions”.
FIRST = {
    "visible": (Verb.HIDE, Verb.REWRITE, Verb.KEEP),
    "hidden": (Verb.HIDE, Verb.REWRITE, Verb.KEEP),
    "held": (Verb.PUBLISH, Verb.RETURN),
}
HAPPENS: dict[str, Words] = {
    Verb.PUBLISH: gettext_lazy("The message is shown, and whoever follows the discussion is told."),
    Verb.RETURN: gettext_lazy("The author alone sees it, reads why, and may write it again."),
    Verb.KEEP: gettext_lazy("The message is shown. Reports by number hide it no more, unless it is changed."),
    Verb.HIDE: gettext_lazy("Others read one line in its place. The author reads why."),
    Verb.REWRITE: gettext_lazy("The message is hidden until its author has rewritten it; then you read it."),
    Verb.REMOVE: gettext_lazy("The message goes, one line says so in its place. The author reads why."),
    Verb.WARN: gettext_lazy("The message stays. The author alone is warned, and reads why."),
    Verb.CLOSE: gettext_lazy("One reads the discussion, nobody writes there any more."),
    Verb.PAUSE: gettext_lazy("Nobody writes there before tomorrow at 7:00. The discussion says so."),
    Verb.MODERATE_FIRST: gettext_lazy("From now on each message of this discussion is read before it shows."),
    Verb.ACCEPT: gettext_lazy("The person is a member at once, and is told."),
    Verb.REFUSE: gettext_lazy("The person is told that they are not let in."),
    Verb.MUTE_GROUP: gettext_lazy("The author reads the group and cannot write there. They read why."),
    Verb.MUTE_SCHOOL: gettext_lazy("The author writes nowhere in the school for a while. They read why."),
    Verb.REMOVE_MEMBER: gettext_lazy("The author no longer reads the group. They may ask to come back."),
    Verb.OPEN_NAME: gettext_lazy(
        "You alone read who wrote. The author is told that you did, and why; the group’s log says it too."
    ),
    Verb.UPHELD: gettext_lazy("Nothing changes. The author is told that somebody else read it again."),
    Verb.REVERSED: gettext_lazy("All is as before the decision. The author is told."),
}
DONE: dict[str, Words] = {
    Verb.PUBLISH: gettext_lazy("Shown."),
    Verb.RETURN: gettext_lazy("Sent back: the author reads why."),
    Verb.KEEP: gettext_lazy("Kept."),
    Verb.HIDE_MEANWHILE: gettext_lazy("Hidden until somebody decides. Nobody is told anything yet."),
    Verb.HIDE: gettext_lazy("Hidden: the author reads why."),
    Verb.REWRITE: gettext_lazy("The author is asked to rewrite it."),
    Verb.REMOVE: gettext_lazy("Removed: the author reads why."),
    Verb.WARN: gettext_lazy("The author is warned. Nobody else is told."),
    Verb.CLOSE: gettext_lazy("The discussion is closed."),
    Verb.PAUSE: gettext_lazy("The discussion is paused until tomorrow at 7:00."),
    Verb.MODERATE_FIRST: gettext_lazy("Messages of this discussion are read first."),
    Verb.ACCEPT: gettext_lazy("Let in."),
    Verb.REFUSE: gettext_lazy("Not let in."),
    Verb.MUTE_GROUP: gettext_lazy("The author cannot write in the group meanwhile."),
    Verb.MUTE_SCHOOL: gettext_lazy("The author cannot write in the school meanwhile."),
    Verb.REMOVE_MEMBER: gettext_lazy("The author is no longer a member of the group."),
    Verb.OPEN_NAME: gettext_lazy("The name is open to you. The author is told."),
    Verb.UPHELD: gettext_lazy("The decision stands. The author is told."),
    Verb.REVERSED: gettext_lazy("The decision is reversed. The author is told."),
}
# Of which nobody is told at once, and nothing has to be said.
ONE_TAP = (Verb.HIDE_MEANWHILE,)
WEIGHTY = (Verb.OPEN_NAME,)


def label_of(verb: str, state: str = "") -> str:
    """What the button says; of a hidden message in the words of what is so already."""
    if state == "hidden" and verb in WHERE_HIDDEN:
        return str(WHERE_HIDDEN[verb])
    return str(LABELS[verb])


def in_order(verbs: Iterable[str], state: str) -> tuple[list[str], list[str]]:
    """The decisions of a message as (those shown at once, those under “Other decisions”)."""
    first = [str(verb) for verb in FIRST.get(state, ()) if verb in verbs]
    return first, [verb for verb in verbs if verb not in first and verb not in ONE_TAP]


def needs_ground(verb: str) -> bool:
    return verb in policy.NEEDS_GROUND
