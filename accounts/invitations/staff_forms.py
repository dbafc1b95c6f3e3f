"""The forms of the school's side: which slips to print, whom to await."""

import unicodedata
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.invitations.awaited import TEAM
from accounts.people.names import clean_words
from accounts.schools import policy
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat

CIVILITIES = (("", _("none")), ("Mme", "Mme"), ("M.", "M."))
A4, A5 = "a4", "a5"
NEW, ALL = "new", "all"
OF_THE_LIST = {
    "required": _("Choose a class at least."),
    "invalid_choice": _("Choose a class of the list."),
}
GIVEN = (*Hat.TITLES, Hat.Kind.HELPER, Hat.Kind.RELAY)


class SlipsForm(forms.Form):
    """Which piles, on which paper; `piles` are (key, label) pairs, those without a slip chosen first."""

    piles = forms.MultipleChoiceField(
        label=_("For which classes?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=OF_THE_LIST,
    )
    which = forms.ChoiceField(
        label=_("Which slips?"),
        choices=(
            (NEW, _("Only for those who have none yet")),
            (ALL, _("For all who are not in yet: the slips printed before stop working")),
        ),
        widget=forms.RadioSelect,
        initial=NEW,
    )
    paper = forms.ChoiceField(
        label=_("On which paper?"),
        choices=((A4, _("A4, two slips a sheet, to cut")), (A5, _("A5, a slip a sheet"))),
        widget=forms.RadioSelect,
        initial=A4,
    )
    fold = forms.BooleanField(
        label=_("To fold, with the code inside"),
        help_text=_("The name stays outside. A child can carry it."),
        required=False,
    )
    check_list = forms.BooleanField(
        label=_("With the names on the cover sheet of each class"),
        help_text=_("To tick as you hand them out. This sheet stays at school."),
        required=False,
    )

    def __init__(self, *args: Any, piles: list[tuple[str, str]], chosen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["piles"])
        field.choices, field.initial = piles, chosen


class InviteForm(forms.Form):
    """One adult to await: for class hats, or, `titles`, for a title, a helper or a relay."""

    kind = forms.ChoiceField(label=_("Who are they here?"), widget=forms.RadioSelect)
    civility = forms.ChoiceField(label=_("Civility"), choices=CIVILITIES, required=False, initial="")
    first_name = forms.CharField(
        label=_("First name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    classrooms = forms.MultipleChoiceField(
        label=_("Of which classes?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=OF_THE_LIST,
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("They then get an invitation by mail, once the school is open. The slip works too."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    rights = forms.MultipleChoiceField(
        label=_("What may they do?"),
        help_text=_("For a deputy, a secretary or an interim director."),
        choices=Hat.Right.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("On that evening it ends by itself."),
        error_messages={"required": _("Write the last day: it then ends by itself.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_another = forms.BooleanField(
        label=_("It is another person of the same name"), required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, member: Member, classrooms: list[Classroom], titles: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.rooms = {room.key: room for room in classrooms}
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (kind.value, str(kind.label).capitalize())
            for kind in map(Hat.Kind, GIVEN if titles else Hat.IN_CLASS)
            if policy.can_invite(member, kind)
        ]
        rooms = cast(forms.MultipleChoiceField, self.fields["classrooms"])
        rooms.choices = [(room.key, room.name) for room in classrooms]
        for name in ("classrooms",) if titles else ("rights", "until"):
            del self.fields[name]

    def clean_first_name(self) -> str:
        return _seen(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return _seen(self.cleaned_data["last_name"])

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < self.member.school.today():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return until

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_title = data.get("kind") in Hat.TITLES
        return data | {
            "classrooms": [self.rooms[key] for key in data.get("classrooms", [])],
            "rights": data.get("rights", []) if is_title else [],
            "until": data.get("until"),
        }

    def offer_another(self) -> None:
        """Show the box that says that it is another person of the same name."""
        self.fields["is_another"].widget = forms.CheckboxInput()


def pile_choices(
    piles: dict[str, list], classrooms: list[Classroom], labels: Any
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the choices of the piles that hold somebody, and those where a slip is missing."""
    names = [(room.key, room.name) for room in classrooms] + [(TEAM, gettext("School team"))]
    held = [(key, name) for key, name in names if piles.get(key)]
    chosen = [key for key, _name in held if any(not row.has_slip for row in piles[key])]
    return [(key, labels(name, piles[key])) for key, name in held], chosen


def _seen(name: str) -> str:
    """Refuse what shows something else than what it is; a role is nobody's business here."""
    return clean_words(" ".join(unicodedata.normalize("NFC", name).split()))
