"""The classes of next year, one a line; and lists of "who goes where"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rollover.actions import LEAVES
from accounts.rollover.actions.placing import Target
from accounts.schools.models import Classroom

LONGEST_NAME = 40
MOST_CLASSES = 80
UNSAID = "unsaid"


class ClassNamesForm(forms.Form):
    """Names of classes, one a line."""

    classes = forms.CharField(
        label=_("Classes, one a line"),
        help_text=_("These are the ones of this year. Change, add or take away lines."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_classes(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["classes"].splitlines()]
        names = [line for line in lines if line]
        if not names:
            raise forms.ValidationError(_("Write at least one class."))
        if len(names) > MOST_CLASSES:
            raise forms.ValidationError(_("At most 80 classes."))
        long = next((name for name in names if len(name) > LONGEST_NAME), None)
        if long is not None:
            message = _("“%(name)s” is too long: at most 40 signs.")
            raise forms.ValidationError(message, params={"name": long})
        folded = [name.casefold() for name in names]
        twice = next((name for name in names if folded.count(name.casefold()) > 1), None)
        if twice is not None:
            raise forms.ValidationError(_("“%(name)s” stands here twice."), params={"name": twice})
        return names


@dataclass(frozen=True)
class Row:
    """One line of who goes where: `unsaid` are the words of the choice that says nothing."""

    key: str
    label: str
    unsaid: Any
    chosen: str = UNSAID
    hint: str = ""
    # Whether the school may be left: a teacher's link ends otherwise.
    leaves: Any = field(default=_("leaves the school"))


class PlacesForm(forms.Form):
    """A choice a row: a class of next year, "leaves", or nothing said."""

    def __init__(self, rows: Sequence[Row], rooms: Sequence[Classroom], data: Mapping | None = None) -> None:
        super().__init__(data)
        self.rooms = {room.key: room for room in rooms}
        self.keys = [row.key for row in rows]
        classes = [(room.key, room.name) for room in rooms]
        for row in rows:
            self.fields[f"to-{row.key}"] = forms.ChoiceField(
                label=row.label,
                help_text=row.hint,
                choices=[(UNSAID, row.unsaid), *classes, (LEAVES, row.leaves)],
                initial=row.chosen,
            )

    def targets(self) -> dict[str, Target]:
        """Return what was chosen, by row."""
        return {key: self._target(self.cleaned_data[f"to-{key}"]) for key in self.keys}

    def changed(self) -> dict[str, Target]:
        """Return what was chosen otherwise than it was shown."""
        return {key: target for key, target in self.targets().items() if f"to-{key}" in self.changed_data}

    def _target(self, chosen: str) -> Target:
        if chosen == LEAVES:
            return LEAVES
        return self.rooms.get(chosen)
