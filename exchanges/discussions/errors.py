"""What writing in a discussion may raise, with words for the person."""

from django.utils.translation import gettext

from exchanges.discussions.models import Post
from foundation.uploads import safe_name


class CannotWrite(Exception):
    """The message was not stored; `words` says why and what next."""

    @property
    def words(self) -> str:
        return gettext("Your message could not be sent. Nothing is lost: try again.")


class SentOther(CannotWrite):
    """The same form was sent before with another text: nobody guesses which one is meant."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self.post = post

    @property
    def words(self) -> str:
        return gettext("This form was already sent once with another text. Both are below: keep one.")


class FirstDay(CannotWrite):
    """More than a newcomer's first day allows (DESIGN §9)."""

    def __init__(self, wait: str) -> None:
        super().__init__()
        self.wait = wait

    @property
    def words(self) -> str:
        return gettext(
            "On the first day one asks three questions, writes ten answers and gives two links at most."
            " Nothing is lost: send it again in %(wait)s."
        ) % {"wait": self.wait}


class TooManyPinned(CannotWrite):
    """Three discussions at the head of a group are enough to be read."""

    @property
    def words(self) -> str:
        return gettext("Three discussions are pinned already: take one down first.")


class NotWithoutName(CannotWrite):
    """Asked without a name where too few people read: the name would be guessed (RULES §2)."""

    @property
    def words(self) -> str:
        return gettext("This group is too small: without your name, everybody would still know who asks.")


class NotNow(CannotWrite):
    """The discussion was closed or paused while the person wrote."""

    @property
    def words(self) -> str:
        return gettext("This discussion was closed while you were writing. Your text is below: copy it.")


class NoLonger(CannotWrite):
    """Put out of the group or silenced there, or the group went to sleep, while the person wrote."""

    @property
    def words(self) -> str:
        return gettext(
            "While you were writing, something changed: you can no longer write in this group now."
            " Your text is below: copy it."
        )


class FileRefused(CannotWrite):
    """A file that is not taken, by its name and why."""

    def __init__(self, name: str, why: Exception) -> None:
        super().__init__()
        self.name, self.why = safe_name(name), why

    @property
    def words(self) -> str:
        return gettext("“%(name)s”: %(why)s") % {"name": self.name, "why": self.why}


class TooManyFiles(CannotWrite):
    """More than four."""

    @property
    def words(self) -> str:
        return gettext("Four files at most in one message. Send the others in a second one.")


class NoRoomLeft(CannotWrite):
    """Two hundred megabytes a member."""

    @property
    def words(self) -> str:
        return gettext("Your files fill all your room here (200 MB). Take back a message with files first.")


class PicturesOnly(CannotWrite):
    """A document says too much of who wrote it."""

    @property
    def words(self) -> str:
        return gettext("Without your name, only pictures can be sent: a document may say whose it is.")
