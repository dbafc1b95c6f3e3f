"""Why a file cannot be read at all, or a line of it, in words that repeat nothing of the file."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# Told before the choice of a file, and again in the error.
LARGEST_MB = 10
MOST_LINES = 30_000
MOST_LINES_TOLD = lazy(intcomma, str)(MOST_LINES)
MOST_NEW_CLASSES = 60

WORDS = {
    "missing": _("Choose the file on your device, then send it again."),
    "empty": _("This file is empty. Export it again."),
    "large": format_lazy(
        _("This file is too heavy: {limit} MB at most. Export one class at a time."), limit=LARGEST_MB
    ),
    "lines": format_lazy(
        _("This file has more than {limit} lines. Export one class at a time."), limit=MOST_LINES_TOLD
    ),
    "excel": _(
        "This is a spreadsheet file. Open it, choose “Save as”, then the CSV type, and send the new file."
    ),
    "zip": _("This is a compressed file (.zip). Open it, and send the CSV file that is inside."),
    "pdf": _("This is a PDF, made to be printed. Export the list as CSV, and send that file."),
    "xml": _("This file is written for other software (XML). Export the list as CSV, and send that file."),
    "binary": _("This file is not a list. Export the list as CSV, and send that file."),
    "column": _("This file has one column only. Export it as CSV, with one column for each thing."),
    "pupils": _(
        "This list names pupils, and no adult. Nothing was kept. "
        "In ONDE, export the list of persons responsible (responsables)."
    ),
    "nobody": _("No line of this file names an adult. Nothing was kept."),
    "classes": _("This file names too many classes. Check which column holds the class."),
    "interrupted": _("The file did not arrive whole. Send it again."),
}

LINE_WORDS = {
    "name": _("The last name is missing"),
    "signs": _("The name holds digits or signs that no name has"),
    "columns": _("The cells are not under their titles: one separator too many, or too few"),
    "no_class": _("No class is given"),
    "class": _("What stands under “class” is not a class of the school. If it is one, add it first"),
    "quote": _("A quotation mark is opened and never closed"),
    "long": _("A cell is far too long"),
    "nul": _("The line holds a sign that cannot be read"),
    "email": _("The e-mail address is not one: the person gets a slip only"),
}
# The person of such a line is kept all the same.
KEPT_ALL_THE_SAME = frozenset(["email"])


class UnreadableFile(ValueError):
    """The file is refused whole; `code` is of `WORDS`, and is all that is recorded."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(WORDS[self.code])


class PlanGone(LookupError):
    """The preview was confirmed already, given up, or is older than an hour."""
