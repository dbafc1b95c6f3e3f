"""Holidays of the zones that no package knows, kept by the host for all its schools (RULES §6)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy

from accounts.people import policy
from accounts.schools.words import HOLIDAY_ZONES, day_in_words
from foundation.administration import AdminPolicy, PolicyAdmin
from foundation.calendar import KNOWN_ZONES, forget
from foundation.calendar.models import HolidayPeriod

ZONES = tuple((zone, label) for zone, label in HOLIDAY_ZONES if zone not in KNOWN_ZONES)


def curator(person: Any, obj: models.Model | None = None) -> bool:
    return policy.is_curator(person)


class HolidayForm(forms.ModelForm):
    """One period of one zone; zones A to C are known already."""

    zone = forms.ChoiceField(label=gettext_lazy("Holiday zone"), choices=ZONES)


@admin.register(HolidayPeriod)
class HolidayPeriodAdmin(PolicyAdmin):
    policy = AdminPolicy(view=curator, add=curator, change=curator, delete=curator)
    form = HolidayForm
    fields = ["zone", "name", "first", "last"]
    list_display = ["zone", "first"]
    list_filter = ["zone"]
    lede = gettext_lazy(
        "Zones A, B and C are known. Enter the holidays of the others: no mail leaves on those days."
    )
    empty_text = gettext_lazy("No holidays yet: in these zones mail leaves in the holidays too.")

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.name,
            "who": str(dict(ZONES).get(obj.zone, obj.zone)),
            "notes": [day_in_words(obj.first), day_in_words(obj.last)],
        }

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget()

    def delete_model(self, request: Any, obj: Any) -> None:
        super().delete_model(request, obj)
        forget()
