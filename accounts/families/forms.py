"""The forms of the import: the file, which column is which, what a human must say before it is done."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.families.errors import LARGEST_MB, MOST_LINES_TOLD, WORDS, UnreadableFile
from accounts.families.layouts import AdultColumns, Layout, chosen, guess, is_of_child
from accounts.families.models import ImportPlan
from accounts.schools.models import Hat, School, SchoolYear
from accounts.schools.years import current_year, prepared_year

# Beyond these, a list is not one of people.
COLUMNS_OFFERED = 60
LONGEST_TITLE = 50
SAME, TWO = "same", "two"
WHO = [(Hat.Kind.PARENT, _("Families")), (Hat.Kind.TEACHER, _("Teachers"))]


class FileForm(forms.Form):
    """The file itself; its content is judged by the reading, not here."""

    list = forms.FileField(
        label=_("The file"),
        help_text=format_lazy(
            _("A CSV file, {limit} MB and {lines} lines at most."), limit=LARGEST_MB, lines=MOST_LINES_TOLD
        ),
        allow_empty_file=True,
        max_length=255,
        error_messages={
            "required": WORDS["missing"],
            "missing": WORDS["missing"],
            "max_length": WORDS["interrupted"],
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def content(self) -> bytes:
        """Return the file. Raises UnreadableFile for one too heavy, of which nothing may have been held."""
        file = self.cleaned_data["list"]
        if file.size > LARGEST_MB * 1_000_000:
            raise UnreadableFile("large")
        return file.read()


class UploadForm(FileForm):
    """Which file, and who is in it."""

    who = forms.ChoiceField(
        label=_("Who is in this file?"),
        choices=WHO,
        initial=Hat.Kind.PARENT,
        widget=forms.RadioSelect,
    )
    field_order = ["year", "who", "list"]

    def __init__(self, *args: Any, school: School, year: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._years = {one.name: one for one in (current_year(school), prepared_year(school)) if one}
        if len(self._years) > 1:
            self.fields["year"] = _year_field(list(self._years), year)
            self.order_fields(self.field_order)

    @property
    def year(self) -> SchoolYear | None:
        """The year that the file speaks of; None where there is one only."""
        return self._years.get(self.cleaned_data.get("year", ""))


def _year_field(names: list[str], chosen: str) -> forms.ChoiceField:
    """This year or next; neither is chosen beforehand, but by the page that led here."""
    words = (_("This year ({year})"), _("Next year ({year})"))
    return forms.ChoiceField(
        label=_("Which year is this file for?"),
        choices=[(name, format_lazy(word, year=name)) for word, name in zip(words, names, strict=True)],
        initial=chosen if chosen in names else None,
        widget=forms.RadioSelect,
        help_text=_("Nobody is in a class of next year before you pass to it."),
    )


class ColumnsForm(FileForm):
    """Which column holds what, by number: titles are shown, and sent by nobody."""

    has_titles = forms.BooleanField(
        label=_("The first line holds titles, not a person"), required=False, initial=True
    )
    last_name = forms.TypedChoiceField(label=_("Last name"), coerce=int)
    first_name = forms.TypedChoiceField(label=_("First name"), coerce=int)
    classes = forms.TypedChoiceField(
        label=_("Class"),
        coerce=int,
        help_text=_("The class of the child, for families. Several classes: separate them by commas."),
    )
    email = forms.TypedChoiceField(label=_("E-mail"), coerce=int, required=False, empty_value=None)
    last_name_2 = forms.TypedChoiceField(
        label=_("Last name of a second adult"), coerce=int, required=False, empty_value=None
    )
    first_name_2 = forms.TypedChoiceField(
        label=_("First name of the second adult"), coerce=int, required=False, empty_value=None
    )
    email_2 = forms.TypedChoiceField(
        label=_("E-mail of the second adult"), coerce=int, required=False, empty_value=None
    )
    who = forms.CharField(widget=forms.HiddenInput)
    # Its name; empty where there is one only.
    year = forms.CharField(widget=forms.HiddenInput, required=False)
    columns = forms.IntegerField(widget=forms.HiddenInput, min_value=2, max_value=COLUMNS_OFFERED)
    NAMES = ("last_name", "first_name", "email", "last_name_2", "first_name_2", "email_2")

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        titles: list[str] | None = None,
        who: str = "",
        year: str = "",
    ):
        super().__init__(data, files)
        count = min(len(titles), COLUMNS_OFFERED) if titles else _number(data)
        for name, value in {"columns": count, "who": who, "year": year}.items():
            self.fields[name].initial = value
        found = guess(titles) if titles else {}
        for name in (*self.NAMES, "classes"):
            field: Any = self.fields[name]
            nothing = _("Choose") if field.required else _("No column")
            field.choices = [("", nothing), *_columns(count, titles or [])]
            field.initial = found.get(name)
        self.fields["list"].label = _("The file, once more")
        self.fields["list"].help_text = _("It was not kept: choose it again.")
        self.order_fields([*self.NAMES[:3], "classes", *self.NAMES[3:], "has_titles", "list"])

    def clean_who(self) -> str:
        who = self.cleaned_data["who"]
        return who if who in dict(WHO) else Hat.Kind.PARENT

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        used = [data[name] for name in (*self.NAMES, "classes") if data.get(name) is not None]
        if len(used) != len(set(used)):
            self.add_error(None, _("One column is chosen twice."))
        return data

    def layout(self, titles: list[str]) -> Layout:
        """Return the layout chosen. Raises ValidationError for a name read from a column about a child."""
        data = self.cleaned_data
        for name in self.NAMES:
            column = data[name]
            titled = data["has_titles"] and column is not None and column < len(titles)
            if titled and is_of_child(titles[column]):
                words = _("This column is about a child. Nothing of a child is read here.")
                raise forms.ValidationError({name: words})
        adults = [AdultColumns(data["last_name"], data["first_name"], email=data["email"])]
        if data["last_name_2"] is not None:
            adults.append(AdultColumns(data["last_name_2"], data["first_name_2"], email=data["email_2"]))
        return chosen(titles, data["who"], adults, data["classes"], has_titles=data["has_titles"])


class ConfirmForm(forms.Form):
    """What the preview asks: which classes to create, and who is who."""

    def __init__(self, plan: ImportPlan, data: Any = None) -> None:
        super().__init__(data)
        new = plan.summary["new_classes"]
        if new:
            self.fields["classes"] = forms.MultipleChoiceField(
                label=_("Create these classes"),
                choices=list(new.items()),
                initial=list(new),
                required=False,
                help_text=_("Untick what is not a class of the school. Whoever has no other is left out."),
                widget=forms.CheckboxSelectMultiple,
            )
        for number, question in enumerate(plan.summary["questions"]):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=_question(question),
                choices=[(SAME, _("The same person")), (TWO, _("Two people"))],
                required=False,
                widget=forms.RadioSelect,
            )
        self._cases = [question["case"] for question in plan.summary["questions"]]

    @property
    def answers(self) -> dict[str, bool]:
        """{case: same} of what was answered."""
        given = ((case, self.cleaned_data[f"q{number}"]) for number, case in enumerate(self._cases))
        return {case: answer == SAME for case, answer in given if answer}


def _question(question: dict) -> str:
    return gettext("%(name)s: %(one)s; %(other)s") % {
        "name": question["one"]["name"],
        "one": _side(question["one"]),
        "other": _side(question["other"]),
    }


def _side(side: dict) -> str:
    count = len(side["classes"])
    rooms = ", ".join(side["classes"]) or gettext("no class")
    words = rooms if not side["email"] else f"{rooms} ({side['email']})"
    if side["known"]:
        return gettext("already on the list of the school for %(classes)s") % {"classes": words}
    return ngettext("in the file for %(classes)s", "in the file for %(classes)s", count) % {"classes": words}


def _columns(count: int, titles: list[str]) -> list[tuple[int, str]]:
    rows = []
    for column in range(count):
        title = " ".join(titles[column].split())[:LONGEST_TITLE] if column < len(titles) else ""
        words = gettext("Column %(letter)s") % {"letter": _letter(column)}
        rows.append((column, f"{words} · {title}" if title else words))
    return rows


def _letter(column: int) -> str:
    """Name a column as spreadsheets do: A to Z, then AA."""
    first, last = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _number(data: Any) -> int:
    try:
        return max(2, min(int((data or {}).get("columns", 2)), COLUMNS_OFFERED))
    except ValueError:
        return 2
