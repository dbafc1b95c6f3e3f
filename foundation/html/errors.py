"""What can be wrong with a text, told in words a parent understands."""

from django.utils.translation import gettext_lazy as _


class HtmlError(ValueError):
    """A text that is not rendered; `str()` gives the sentence to show, in the language of the moment.

    Nothing was stored or changed when it is raised: the caller shows it beside the text.
    """

    message = _("This text cannot be shown.")

    def __init__(self, **figures: int) -> None:
        super().__init__()
        self.figures = figures

    def __str__(self) -> str:
        return str(self.message) % self.figures


class TextTooLong(HtmlError):
    """More characters than `MAX_CHARACTERS`. Figures: length, limit."""

    message = _(
        "This text is too long: %(length)d characters, %(limit)d at most. Shorten it, or make it two texts."
    )


class OutputTooLarge(HtmlError):
    """More than `MAX_BYTES` once rendered."""

    message = _("This text holds too many links, lists or tables for one page. Make it two texts.")


class NestingTooDeep(HtmlError):
    """Lists, quotes or emphasis inside one another beyond `MAX_NESTING`."""

    message = _("This text has lists or quotes too deep inside one another. Bring some back to the left.")


class TableTooWide(HtmlError):
    """A table of more columns than its profile allows. Figures: columns, limit."""

    message = _("A table of this text has %(columns)d columns, %(limit)d at most. Make it narrower.")
