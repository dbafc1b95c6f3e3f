"""The acts on record, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "school_created": _("The school was created."),
    "school_opened": _("The school was opened."),
    "joined": _("Came into the school."),
    "left": _("Left the school."),
    "hat_given": _("Was given a hat."),
    "hat_ended": _("A hat was ended."),
}


def in_words(verb: str) -> str:
    """Return the act `verb` as a sentence; an unknown code is a mistake of ours."""
    return str(WORDS[verb])
