"""What the direction decides of one person: roles, classes, mandate, court decision, suspension."""

import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from accounts.schools.actions.hats import worn_on
from accounts.schools.actions.mandates import last_day_of_mandate
from accounts.schools.errors import MandateWithoutElection
from accounts.schools.models import Classroom, Hat, Mandate, Membership, ParentList, Restriction
from accounts.schools.words import hat_in_words
from foundation.typed import TypedField

Kind = Hat.Kind
LONGEST_SUSPENSION = 30


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, by the browser's own calendar or typed."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


class PersonForm(forms.Form):
    """A form about one member; `today` is the school's own date."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        self.membership = membership
        self.school = membership.school
        self.today = self.school.today()
        super().__init__(*args, **kwargs)

    def classes(self) -> Any:
        return Classroom.objects.of_school(self.school).current()

    def days_from_today(self, name: str) -> datetime.date:
        day = self.cleaned_data[name]
        if day < self.today:
            raise ValidationError(gettext("This day is past."))
        return day


class TitleForm(PersonForm):
    """A title of the direction, with what it may do and until when."""

    kind = forms.ChoiceField(label=gettext_lazy("Title"), widget=forms.RadioSelect)
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("What this person may do"),
        help_text=gettext_lazy("Tick only what is needed."),
        choices=Hat.Right.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = day_field(gettext_lazy("Last day"), gettext_lazy("The role ends by itself on that evening."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["kind"]).choices = [(kind.value, kind.label) for kind in map(Kind, Hat.TITLES)]

    def clean_until(self) -> datetime.date:
        return self.days_from_today("until")


class HelperForm(PersonForm):
    """A helper or a relay."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[
            (Kind.HELPER.value, gettext_lazy("helper: types for people, in their presence")),
            (Kind.RELAY.value, gettext_lazy("relay: passes news on, by word or on paper")),
        ],
        widget=forms.RadioSelect,
    )
    until = day_field(gettext_lazy("Last day"), gettext_lazy("The role ends by itself on that evening."))

    def clean_until(self) -> datetime.date:
        return self.days_from_today("until")


class TeachingForm(PersonForm):
    """The classes that somebody teaches this year."""

    classrooms = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Classes taught this year"),
        queryset=Classroom.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["classrooms"]).queryset = self.classes()
        taught = worn_on(self.membership, self.today, Kind.TEACHER)
        self.initial["classrooms"] = list(taught.values_list("classroom", flat=True))


class MandateForm(PersonForm):
    """What the elections gave."""

    elected_on = day_field(gettext_lazy("Date of the election"), gettext_lazy("No mandate without it."))
    elected_on.error_messages["required"] = MandateWithoutElection.message
    parent_list = forms.ModelChoiceField(
        label=gettext_lazy("List"),
        queryset=ParentList.objects.none(),
        required=False,
        empty_label=gettext_lazy("no list"),
    )
    title = forms.ChoiceField(
        label=gettext_lazy("Elected as"),
        choices=Mandate.Title.choices,
        initial=Mandate.Title.FULL,
        widget=forms.RadioSelect,
    )
    until = day_field(
        gettext_lazy("Last day"),
        gettext_lazy("Empty: until the next results, at latest on 30 November of the next school year."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["parent_list"]).queryset = ParentList.objects.of_school(self.school)
        self.latest = last_day_of_mandate(self.today)


class RestrictionForm(PersonForm):
    """A court decision: which class, since when, where the paper lies. Never what it says."""

    classroom = forms.ModelChoiceField(
        label=gettext_lazy("What is no longer open to this person"),
        queryset=Classroom.objects.none(),
        required=False,
        empty_label=gettext_lazy("the whole school"),
    )
    decided_on = day_field(gettext_lazy("Date of the decision"))
    reference = TypedField(
        label=gettext_lazy("Where the paper is kept"),
        help_text=gettext_lazy("For example: locked cupboard, file 12. Never what the decision says."),
        max_length=120,
    )
    until = day_field(gettext_lazy("Last day"), gettext_lazy("Empty: without an end."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["classroom"]).queryset = self.classes()

    def clean_decided_on(self) -> datetime.date:
        day = self.cleaned_data["decided_on"]
        if day > self.today:
            raise ValidationError(gettext("This day is still to come."))
        return day


class LiftRestrictionForm(PersonForm):
    """Which recorded decision ends."""

    restriction = forms.ModelChoiceField(
        label=gettext_lazy("Decision that no longer holds"),
        queryset=Restriction.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["restriction"]).queryset = Restriction.objects.filter(
            membership=self.membership
        )


class SuspensionForm(PersonForm):
    """Until when somebody may not write, and the reason they read."""

    until = day_field(gettext_lazy("Last day without writing"), gettext_lazy("30 days at most."))
    why = TypedField(
        label=gettext_lazy("Reason, as the person will read it"),
        help_text=gettext_lazy("What happened, and what is expected. Two sentences are enough."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_until(self) -> datetime.date:
        day = self.days_from_today("until")
        if day >= self.today + datetime.timedelta(days=LONGEST_SUSPENSION):
            raise ValidationError(gettext("30 days at most."))
        return day

    def moment(self) -> datetime.datetime:
        """Midnight at the school, at the end of the last day."""
        after = self.cleaned_data["until"] + datetime.timedelta(days=1)
        zone = ZoneInfo(self.school.time_zone)
        return datetime.datetime.combine(after, datetime.time(), tzinfo=zone)


class HatChoice(forms.ModelChoiceField):
    """A hat, as its person would say it."""

    def label_from_instance(self, obj: Any) -> str:
        return hat_in_words(obj)


class EndHatForm(PersonForm):
    """Which role ends, and on which day."""

    hat = HatChoice(
        label=gettext_lazy("Role that ends"),
        queryset=Hat.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    last_day = day_field(gettext_lazy("Last day"), gettext_lazy("Empty: it ends at once."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hats = worn_on(self.membership, self.today).select_related("classroom", "mandate__parent_list")
        cast(Any, self.fields["hat"]).queryset = hats

    def clean_last_day(self) -> datetime.date | None:
        return self.days_from_today("last_day") if self.cleaned_data["last_day"] else None


class ConfirmForm(PersonForm):
    """Nothing to fill in: the button is the answer."""
