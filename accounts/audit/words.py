"""The acts on record, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "school_created": _("The school was created."),
    "school_opened": _("The school was opened."),
    "joined": _("Came into the school."),
    "left": _("Left the school."),
    "hat_given": _("Was given a hat."),
    "hat_ended": _("A hat was ended."),
    "year_prepared": _("The classes of next year were written down."),
    "classes_promoted": _("It was said where classes go next year."),
    "placed": _("Was given a class for next year."),
    "year_changed": _("The school passed to its next year."),
    "year_undone": _("The change of year was undone."),
    "typed_for": _("Something was typed by somebody who helps."),
    "typed_for_agreed": _("What somebody had typed was agreed to by the school."),
    "typed_for_refused": _("What somebody had typed was refused by the school."),
    "typed_for_undone": _("What somebody had typed was undone by the person."),
    "renamed": _("Was given another name in the school."),
    "suspended": _("Was suspended from writing."),
    "suspension_lifted": _("May write again."),
    "restricted": _("A court decision was recorded."),
    "restriction_lifted": _("A court decision was taken off."),
    "restriction_gone_with_account": _(
        "A court decision went with the account it concerned. If the person comes back, record it again."
    ),
    "restricted_asked": _(
        "A class code was typed by somebody whom a court decision keeps away. They were told to wait."
    ),
    "restricted_asked_again": _(
        "A class code was typed by somebody whom a court decision keeps away. They were told to wait."
    ),
    "restricted_let_in": _(
        "Was let in from the waiting list, but a court decision keeps them away. They were not told."
    ),
    "class_added": _("A class was added."),
    "class_renamed": _("A class was given another name."),
    "class_removed": _("A class was taken away."),
    "sheet_changed": _("The school’s sheet was changed."),
    "logo_changed": _("The school’s logo was changed."),
    "parent_list_added": _("A list of parents was added."),
    "parent_list_changed": _("A list of parents was corrected."),
    "parent_list_removed": _("A list of parents was taken away."),
    "document_added": _("A document was put on the shelf."),
    "document_changed": _("A document of the shelf was corrected."),
    "document_removed": _("A document was taken off the shelf."),
    "seen_as_parent": _("Looked at the school as a parent."),
    "invited": _("Somebody was put on the list of those awaited."),
    "invitation_withdrawn": _("Somebody was taken off the list of those awaited."),
    "invitation_corrected": _("The address of somebody awaited was corrected."),
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
    "import_failed": _("A list of families could not be read."),
    "families_imported": _("A list of families was imported."),
    "account_erased": _("The account was erased."),
    "slip_locked": _("Five wrong codes closed a sheet for 24 hours."),
    "slip_not_me": _("Somebody answered “this is not for me” to a sheet."),
    "way_back_printed": _("A sheet that opens the account again was printed."),
    "given_back": _("A sheet opened the account again. The older messages were shut for 72 hours."),
    "factor_reset": _("The second step was taken away. The older messages were shut for 72 hours."),
    "past_opened": _("The older messages were opened by a second proof."),
    "email_removed": _("The e-mail was taken away from the account."),
    "merged": _("Another account of the same person was brought into this one."),
    "merged_into": _("The account was brought into another one of the same person."),
}


def in_words(verb: str) -> str:
    """Return the act `verb` as a sentence; an unknown code is a mistake of ours."""
    return str(WORDS[verb])


# A restriction leaves no visible trace: its acts are told to the direction alone (DESIGN §1).
UNTOLD = "restrict"


# To the person a class code typed is what it is for anybody who then waits, the last act first.
TOLD_AS = {"restricted_asked": ("hat_given", "joined"), "restricted_asked_again": ("hat_given",)}


def told_to_the_person(verb: str) -> bool:
    """Whether whom the act is about may read of it, as it is."""
    return not verb.startswith(UNTOLD)


def as_told(verb: str) -> tuple[str, ...]:
    """The acts that the person reads of for this one."""
    return (verb,) if told_to_the_person(verb) else TOLD_AS.get(verb, ())
