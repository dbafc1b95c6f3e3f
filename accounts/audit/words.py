"""The acts on record, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "school_created": _("The school was created."),
    "school_opened": _("The school was opened."),
    "joined": _("Came into the school."),
    "left": _("Left the school."),
    "hat_given": _("Was given a hat."),
    "hat_ended": _("A hat was ended."),
    "invited": _("Somebody was put on the list of those awaited."),
    "invitation_withdrawn": _("Somebody was taken off the list of those awaited."),
    "awaited_again": _("Somebody who had said “this is not for me” is awaited again."),
    "slips_made": _("Slips were printed."),
    "class_code_made": _("A class code was printed."),
    "invited_by_mail": _("Invitations were sent by mail."),
    "let_in": _("Was let in from the waiting list."),
    "turned_away": _("Was not let in from the waiting list."),
    "consent_given": _("Gave an association of parents leave to hold name and address."),
    "consent_taken_back": _("Took back the leave given to an association of parents."),
    "consents_exported": _("The list of those who gave leave to an association was taken out."),
    "data_taken": _("Took along a copy of all data."),
}


def in_words(verb: str) -> str:
    """Return the act `verb` as a sentence; an unknown code is a mistake of ours."""
    return str(WORDS[verb])


# A restriction leaves no visible trace: its acts are told to the direction alone (DESIGN §1).
UNTOLD = "restrict"


def told_to_the_person(verb: str) -> bool:
    """Whether whom the act is about may read of it."""
    return not verb.startswith(UNTOLD)
