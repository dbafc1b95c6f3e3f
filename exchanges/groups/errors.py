"""Acts refused in a group, with words for the person who asked."""

from django.utils.translation import gettext_lazy as _


class GroupError(Exception):
    """An act on a group that cannot be done."""

    message = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.message)


class GroupNameTaken(GroupError):
    message = _("Another group has this name, or one that looks like it. Add a word.")


class NotSuggested(GroupError):
    message = _("Somebody has just taken this group on, or the suggestion has ended.")


class AlreadyAsked(GroupError):
    message = _("You have already asked. The people who run the group answer within three days.")


class AlreadyAnswered(GroupError):
    message = _("Somebody has already answered this request.")


class NotAReader(GroupError):
    message = _("This person is not a member of the group.")


class NotInvitable(GroupError):
    message = _("This person cannot be invited here.")


class MutedTooLong(GroupError):
    message = _("Writing in a group can be suspended for seven days at most.")


class PausedTooLong(GroupError):
    message = _("Choose a day to come, within the next ten weeks.")


class NotOneself(GroupError):
    message = _("Nobody does this to themselves.")
