"""What a person chooses to receive."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from exchanges.notifications.models import Preference

Rhythm = Preference.Rhythm
LONGEST_PAUSE = datetime.timedelta(days=366)


class PreferenceForm(forms.Form):
    """How often, not before which day, and in which words; `today` where the person is."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=(
            (Rhythm.WEEKLY.value, gettext_lazy("Once a week, and the answers to what I follow")),
            (Rhythm.DAILY.value, gettext_lazy("Each day of school, and the answers to what I follow")),
            (Rhythm.NONE.value, gettext_lazy("Nothing, but for the answers to my own questions")),
        ),
        widget=forms.RadioSelect,
    )
    paused_until = forms.DateField(
        label=gettext_lazy("Nothing until this day"),
        help_text=gettext_lazy("If you are away. Your codes still come. Leave it empty to receive as usual."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    simple_first = forms.BooleanField(
        label=gettext_lazy("The simple version of a text first, where there is one"),
        help_text=gettext_lazy("Short sentences, common words."),
        required=False,
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_paused_until(self) -> datetime.date | None:
        day = self.cleaned_data["paused_until"]
        if day is None:
            return None
        if day <= self.today:
            raise ValidationError(gettext("Choose a day to come, or leave it empty."))
        if day > self.today + LONGEST_PAUSE:
            raise ValidationError(gettext("At most one year from now."))
        return day
