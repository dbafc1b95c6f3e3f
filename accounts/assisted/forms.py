"""Find the person; say what they want recorded. What they chose before is never shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.assisted.models import AssistedEntry
from accounts.people.names import skeleton
from accounts.schools.models import Classroom

MAIL, PAPER = "mail", "paper"
FEWEST_LETTERS = 2
LANGUAGES = {"fr": "Français", "ar": "العربية", "en": "English"}


class FindForm(forms.Form):
    """A few letters of the name that the school knows."""

    name = forms.CharField(
        label=_("Name of the person"),
        help_text=_("At least two letters of the first or last name."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        """Signs that are no letters would be in every name."""
        name = self.cleaned_data["name"]
        if len(skeleton(name)) < FEWEST_LETTERS:
            raise forms.ValidationError(_("Write at least two letters."))
        return name


class EntryForm(forms.Form):
    """How it is known, and what to record; each choice may be left alone."""

    basis = forms.ChoiceField(
        label=_("How do you know it?"), choices=AssistedEntry.Basis.choices, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(
        label=_("How do they want the news?"),
        required=False,
        choices=[("", _("Leave as it is")), (MAIL, _("by e-mail")), (PAPER, _("on paper"))],
    )
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    classroom = forms.ChoiceField(
        label=_("Put them in a class"),
        required=False,
        help_text=_("As a parent, from the paper of the school."),
    )

    def __init__(self, rooms: Sequence[Classroom], data: Any = None) -> None:
        super().__init__(data)
        self.rooms = {room.key: room for room in rooms}
        offered = [(code, LANGUAGES.get(code, code)) for code in settings.OFFERED_LANGUAGES]
        self.fields["language"].choices = [("", _("Leave as it is")), *offered]  # type: ignore[attr-defined]
        classes = [(room.key, room.name) for room in rooms]
        self.fields["classroom"].choices = [("", _("No class")), *classes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("channel", "language", "classroom")):
            self.add_error("channel", _("Choose at least one thing to record."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """Return what `record_all` takes."""
        channel = self.cleaned_data["channel"]
        return {
            "prefers_paper": channel == PAPER if channel else None,
            "language": self.cleaned_data["language"],
            "classroom": self.rooms.get(self.cleaned_data["classroom"]),
        }
