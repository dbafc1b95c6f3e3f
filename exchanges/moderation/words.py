"""A decision in words: what was done, by whom, why, and how to write it so that it stays."""

from django.utils.translation import gettext, gettext_lazy

from exchanges.moderation import policy
from exchanges.moderation.kept import words_of
from exchanges.moderation.models import Decision, Ground

Verb = Decision.Verb
As = Decision.As

# To whom it concerns, in full sentences.
WHAT = {
    Verb.PUBLISH: gettext_lazy("Your message is shown."),
    Verb.RETURN: gettext_lazy("Your message was sent back to you. Nobody else has read it."),
    Verb.KEEP: gettext_lazy("Your message was read again, and is shown."),
    Verb.HIDE: gettext_lazy("Your message is hidden: only you see its text."),
    Verb.REWRITE: gettext_lazy("You are asked to rewrite your message. It is hidden until you have."),
    Verb.REMOVE: gettext_lazy("Your message was removed. One line says so in its place."),
    Verb.WARN: gettext_lazy("Your message stays, with a warning to you alone."),
    Verb.CLOSE: gettext_lazy("The discussion that you began is closed: one reads it, nobody writes there."),
    Verb.PAUSE: gettext_lazy("The discussion that you began is paused until tomorrow at 7:00."),
    Verb.MUTE_GROUP: gettext_lazy("You cannot write in this group for some days. You can still read it."),
    Verb.MUTE_SCHOOL: gettext_lazy("You cannot write in this school for some days. You can still read it."),
    Verb.REMOVE_MEMBER: gettext_lazy("You are no longer a member of this group. You may ask to come back."),
    Verb.OPEN_NAME: gettext_lazy("The name under a message that you wrote without your name was opened."),
    Verb.UNDO: gettext_lazy("The decision was taken back: all is as before it."),
    Verb.UPHELD: gettext_lazy("Somebody else read it again: the decision stands."),
    Verb.REVERSED: gettext_lazy(
        "Somebody else read it again: the decision is reversed, all is as before it."
    ),
}
BY = {
    As.FACILITATOR: gettext_lazy("somebody who runs the group"),
    As.DIRECTOR: gettext_lazy("the direction of the school"),
    As.INTERIM: gettext_lazy("the direction of the school"),
    As.DEPUTY: gettext_lazy("a deputy of the direction"),
    As.SECRETARY: gettext_lazy("the secretary of the school, in charge of moderation"),
    As.HOST: gettext_lazy("the moderator of the site"),
}
# How to write it so that it stays.
REWRITING = {
    Ground.RUDE: gettext_lazy("Say what happened and what you ask for, without words about the person."),
    Ground.PRIVATE: gettext_lazy("Take out names and what belongs to somebody’s private life."),
    Ground.CHILD: gettext_lazy(
        "Take out the child’s name, picture, and whatever lets others know who it is."
    ),
    Ground.INSULT: gettext_lazy("Say what you ask for; an insult or a threat is never shown here."),
    Ground.ADVERTISING: gettext_lazy("Tell what helps the children or the class; nothing is sold here."),
    Ground.OFF_TOPIC: gettext_lazy("Ask it where it belongs: another discussion, or the school itself."),
    Ground.FALSE: gettext_lazy("Say how you know it, or ask it as a question."),
    Ground.DANGER: gettext_lazy("Whoever is in danger is helped by telephone, not here: 119, 3018 or 17."),
    Ground.ILLEGAL: gettext_lazy("What the law forbids cannot be shown here."),
    Ground.OTHER: gettext_lazy("Write it another way, with what you were told in mind."),
}


def what_in_words(decision: Decision) -> str:
    """« Votre message est masqué : … »; "" for what concerns nobody."""
    return str(WHAT.get(Verb(decision.verb), ""))


def by_in_words(decision: Decision) -> str:
    """« quelqu’un qui anime le groupe »: the hat, never the name."""
    return str(BY[As(decision.hat)])


def why_in_words(decision: Decision) -> str:
    return str(Ground(decision.ground).label) if decision.ground else ""


def how_to_rewrite(decision: Decision) -> str:
    """What to change, where the author may write it again."""
    may_write = decision.verb in (Verb.RETURN, Verb.REWRITE, Verb.HIDE, Verb.REMOVE, Verb.WARN)
    return str(REWRITING[Ground(decision.ground)]) if may_write and decision.ground else ""


def decision_lines(decision: Decision) -> list[str]:
    """The sentences of a decision, for its mail and its page."""
    why, said = why_in_words(decision), words_of(decision)
    lines = [
        what_in_words(decision),
        gettext("Decided by %(who)s.") % {"who": by_in_words(decision)},
        gettext("Why: %(why)s.") % {"why": why} if why else "",
        gettext("In their words: %(words)s") % {"words": said} if said else "",
        how_to_rewrite(decision),
    ]
    if decision.verb in policy.READ_AGAIN:
        lines.append(gettext("You may ask, within 30 days, that somebody else reads it again: on that page."))
    return [line for line in lines if line]


def already_in_words(decision: Decision | None) -> str:
    """« Déjà décidé par la direction de l’école : gardé. »: told to whoever came second."""
    if decision is None:
        return gettext("Somebody has already decided this.")
    verb = str(decision.get_verb_display())
    return gettext("Already decided by %(who)s: %(what)s.") % {"who": by_in_words(decision), "what": verb}
