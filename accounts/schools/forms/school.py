"""The school's sheet, its classes and its lists of parents."""

from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from accounts.people.names import clean_title
from accounts.schools import uai
from accounts.schools.actions.classes import class_name, class_names
from accounts.schools.actions.sheet import SHEET, remade_logo
from accounts.schools.models import Classroom, ParentList, School
from accounts.schools.words import HOLIDAY_ZONES, LANGUAGES, TIME_ZONES
from foundation.typed import TypedField
from foundation.uploads import UploadError


def text(label: Any, length: int, help_text: Any = "", *, rows: int = 0, **attrs: str) -> TypedField:
    """A text that need not be given; several lines with `rows`."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return TypedField(label=label, max_length=length, help_text=help_text, required=False, widget=widget)


def _unless_kept(form: Any, field: str, longest: int) -> str:
    """A name of a thing without tricks; one kept from before is no reason to refuse the rest."""
    name = form.cleaned_data[field]
    kept = form.instance.pk and getattr(form.instance, field) == name
    return name if kept else clean_title(name, longest)


class SheetForm(forms.ModelForm):
    """What the school says of itself."""

    name = TypedField(label=gettext_lazy("Name of the school"), max_length=80)
    uai = text(
        gettext_lazy("UAI code"),
        12,
        gettext_lazy("Seven digits and a letter. Its letter is checked."),
        autocapitalize="characters",
        spellcheck="false",
    )
    street = text(gettext_lazy("Street and number"), 120, autocomplete="street-address")
    postcode = text(gettext_lazy("Postcode"), 10, inputmode="numeric")
    town = text(gettext_lazy("Town"), 80)
    telephone = text(gettext_lazy("Telephone"), 20, inputmode="tel")
    email = forms.EmailField(label=gettext_lazy("E-mail of the school"), required=False)
    hours = text(
        gettext_lazy("Hours"),
        600,
        gettext_lazy("One line a moment. For example: 8:30 to 11:30, 13:30 to 16:30."),
        rows=4,
    )
    gate = text(
        gettext_lazy("The gate"), 600, gettext_lazy("Where, when, and with whom one may speak."), rows=3
    )
    absence = text(
        gettext_lazy("To tell an absence"),
        600,
        gettext_lazy("A telephone number, and until what time."),
        rows=3,
    )
    commune_url = forms.URLField(
        label=gettext_lazy("Page of the commune"),
        help_text=gettext_lazy("Canteen, after-school care, enrolment. The address begins with https://"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Where the school is"), choices=TIME_ZONES)
    holiday_zone = forms.ChoiceField(
        label=gettext_lazy("Holiday zone"),
        choices=[("", gettext_lazy("not said")), *HOLIDAY_ZONES],
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken by families"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy("An image of 5 MB at most: JPEG, PNG or WebP."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)

    class Meta:
        model = School
        fields = [name for name in SHEET if name != "level"]

    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=School.Level.choices)
    field_order = ["name", "logo", "no_logo", "level"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("level", self.instance.level)
        # Some names of languages come without a capital, others with one.
        names = [(code, capfirst(str(name))) for code, name in LANGUAGES]
        cast(forms.MultipleChoiceField, self.fields["languages"]).choices = names
        # The instance stays as it was read: what changed is found by comparing (actions.sheet).
        self.logo_content: bytes | None = None
        if not self.instance.logo:
            del self.fields["no_logo"]

    def _post_clean(self) -> None:
        """Leave the instance alone: the action writes."""

    def clean_name(self) -> str:
        return _unless_kept(self, "name", 80)

    def clean_uai(self) -> str:
        code = uai.tidy(self.cleaned_data["uai"] or "")
        if code and not uai.is_right(code):
            raise ValidationError(gettext("Its letter does not go with its digits. Read the code again."))
        return code

    def clean_telephone(self) -> str:
        number = " ".join((self.cleaned_data["telephone"] or "").split())
        if number and not all(sign.isdigit() or sign in " +.()-/" for sign in number):
            raise ValidationError(gettext("A telephone number has digits and spaces."))
        return number

    def clean_commune_url(self) -> str:
        url = self.cleaned_data["commune_url"]
        if url and not url.startswith("https://"):
            raise ValidationError(gettext("The address begins with https://"))
        return url

    def clean_logo(self) -> Any:
        file = self.cleaned_data["logo"]
        if file:
            try:
                self.logo_content = remade_logo(cast(IO[bytes], file))
            except UploadError as error:
                raise ValidationError(str(error)) from error
        return file

    def values(self) -> dict[str, Any]:
        """What the sheet is to hold, the logo apart."""
        return {name: self.cleaned_data[name] for name in SHEET}


class ClassesForm(forms.Form):
    """Several classes typed at once."""

    names = forms.CharField(
        label=gettext_lazy("Names of classes to add"),
        help_text=gettext_lazy("Several at once, apart by commas: CP A, CP B, CE1-CE2."),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_names(self) -> list[str]:
        return class_names(self.cleaned_data["names"])


class ClassForm(forms.Form):
    """One class's name."""

    name = forms.CharField(label=gettext_lazy("Name of the class"), max_length=60)

    def clean_name(self) -> str:
        return class_name(self.cleaned_data["name"])


class ParentListForm(forms.ModelForm):
    """An association of parents, or a list without one."""

    name = TypedField(label=gettext_lazy("Name of the list"), max_length=80)
    is_association = forms.BooleanField(
        label=gettext_lazy("It is an association of parents"),
        help_text=gettext_lazy(
            "Only an association may be given the names and addresses of parents who agree to it."
        ),
        required=False,
    )

    class Meta:
        model = ParentList
        fields = ["name", "is_association"]

    def clean_name(self) -> str:
        return _unless_kept(self, "name", 80)

    def _post_clean(self) -> None:
        """Leave the instance alone: the action writes."""


class SeeAsForm(forms.Form):
    """The class as a parent of which one looks."""

    classe = forms.ModelChoiceField(
        label=gettext_lazy("As a parent of which class?"),
        queryset=Classroom.objects.none(),
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["classe"]).queryset = Classroom.objects.of_school(school).current()

    def has_classes(self) -> bool:
        return bool(list(cast(Any, self.fields["classe"]).choices))
