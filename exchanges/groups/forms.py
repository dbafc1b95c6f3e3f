"""Open a group, suggest one, change one, pause it, name and invite people."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from accounts.schools.models import Classroom, School
from accounts.schools.words import LANGUAGES
from exchanges.groups.actions.sleeping import LONGEST_PAUSE
from exchanges.groups.charter import rendered
from exchanges.groups.models import Group, whose_group
from exchanges.groups.naming import LONGEST, clean_group_name
from foundation.html import HtmlError
from foundation.typed import TypedField

JOINING = [
    (Group.Joining.OPEN, gettext_lazy("Whoever accepts the charter")),
    (Group.Joining.REQUEST, gettext_lazy("On request: you answer within three days, else the person is in")),
    (Group.Joining.INVITATION, gettext_lazy("By invitation: nobody else knows that the group exists")),
]
MODERATION = [
    (Group.Moderation.AFTER, gettext_lazy("Messages are shown at once")),
    (Group.Moderation.FIRST, gettext_lazy("The first message of somebody new is read before")),
    (Group.Moderation.BEFORE, gettext_lazy("Every message is read before")),
]


class CardForm(forms.Form):
    """What stands on a group's card."""

    name = TypedField(
        label=gettext_lazy("Name of the group"),
        help_text=gettext_lazy("For example: Wednesdays, or Parents of CE1 A."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    purpose = TypedField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("One sentence. It is read before one joins."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    charter = TypedField(
        label=gettext_lazy("The charter"),
        help_text=gettext_lazy("Whoever joins accepts it. Ours is ready: change what you want."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    def clean_name(self) -> str:
        return clean_group_name(self.cleaned_data["name"])

    def clean_purpose(self) -> str:
        return " ".join(self.cleaned_data["purpose"].split())

    def clean_charter(self) -> str:
        try:
            rendered(self.cleaned_data["charter"])
        except HtmlError as error:
            raise ValidationError(str(error)) from error
        return cast(str, self.cleaned_data["charter"])


class SuggestForm(CardForm):
    """For the direction: a group of parents, of a class or of the school."""

    classroom = forms.ModelChoiceField(
        label=gettext_lazy("For the parents of"),
        queryset=Classroom.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=gettext_lazy("the whole school"),
    )
    field_order = ["name", "purpose", "classroom", "charter"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["classroom"]).queryset = Classroom.objects.of_school(school).current()


class WaysForm(CardForm):
    """How one comes in, in which language, and what mails may say."""

    joining = forms.ChoiceField(
        label=gettext_lazy("Who may join"),
        choices=JOINING,
        initial=Group.Joining.OPEN,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the group"),
        choices=[("", gettext_lazy("no language in particular")), *LANGUAGES],
        required=False,
    )
    is_discreet = forms.BooleanField(
        label=gettext_lazy("A discreet group: mails never name it, nor what is said there"),
        required=False,
    )


class OpenForm(WaysForm):
    """Whose group, of which class, and its card. `circles` are those the person may open a group of."""

    circle = forms.ChoiceField(label=gettext_lazy("Whose group is it?"), widget=forms.RadioSelect)
    classroom = forms.ChoiceField(
        label=gettext_lazy("Of one class?"),
        required=False,
        help_text=gettext_lazy("The group of a class is for the people of that class only."),
    )
    field_order = ["circle", "name", "purpose", "classroom", "joining", "language", "charter", "is_discreet"]

    def __init__(
        self, *args: Any, circles: Sequence[str], rooms: dict[str, Iterable[Classroom]], **kwargs: Any
    ) -> None:
        """`rooms`: of each circle, the classes that a group of it may be tied to."""
        super().__init__(*args, **kwargs)
        self.rooms = {circle: {room.key: room for room in found} for circle, found in rooms.items()}
        named = {key: room.name for found in self.rooms.values() for key, room in found.items()}
        choices: Any = self.fields["classroom"]
        choices.choices = [("", gettext("no, of the whole school")), *named.items()]
        if not named:
            del self.fields["classroom"]
        choices = self.fields["circle"]
        choices.choices = [(circle, whose_group(circle)) for circle in circles]
        choices.initial = circles[0]
        if len(circles) == 1:
            choices.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        key = values.get("classroom")
        room = self.rooms.get(values.get("circle", ""), {}).get(key) if key else None
        if key and room is None:
            self.add_error("classroom", gettext("Such a group is of the whole school, or of another class."))
        values["classroom"] = room
        return cast(dict[str, Any], values)


class SettingsForm(WaysForm):
    """All that facilitators change."""

    moderation = forms.ChoiceField(
        label=gettext_lazy("When are messages shown?"), choices=MODERATION, widget=forms.RadioSelect
    )
    field_order = ["name", "purpose", "charter", "joining", "moderation", "language", "is_discreet"]


class PauseForm(forms.Form):
    """The last day of the pause, included."""

    until = forms.DateField(
        label=gettext_lazy("Last day of the pause"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_until(self) -> datetime.datetime:
        """The next midnight at the school."""
        day = self.cleaned_data["until"]
        if not self.school.today() <= day < self.school.today() + LONGEST_PAUSE:
            raise ValidationError(gettext("Choose a day to come, within the next ten weeks."))
        after = day + datetime.timedelta(days=1)
        return datetime.datetime.combine(after, datetime.time(), ZoneInfo(self.school.time_zone))


class ChooseForm(forms.Form):
    """One person among some, by the key of their membership."""

    person = forms.ChoiceField()

    def __init__(self, *args: Any, label: str, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.label, field.choices = label, [("", gettext("choose somebody")), *people]
