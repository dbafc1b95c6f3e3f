"""What was typed for somebody, to be read by the direction and *members*."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.assisted.models import AssistedEntry
from accounts.assisted.words import typed_by
from accounts.schools import policy
from accounts.schools.administration import SchoolPolicy, SchoolScopedAdmin


@admin.register(AssistedEntry)
class AssistedEntryAdmin(SchoolScopedAdmin):
    """Read only: the person alone undoes."""

    questions = SchoolPolicy(view=policy.can_manage_members)
    lede = gettext_lazy("What helpers recorded for somebody. The person can undo it in their account.")
    list_display = ["person", "kind", "at"]
    list_filter = ["kind", "basis", "waits"]
    list_select_related = ["person", "helper", "school"]
    search_fields = ["person__name"]
    fields = ["school", "person", "kind", "helper", "hat", "basis", "at", "waits", "undone"]
    readonly_fields = ["school", "person", "kind", "helper", "hat", "basis", "at", "waits", "undone"]

    def get_queryset(self, request: Any) -> models.QuerySet[AssistedEntry]:
        return super().get_queryset(request).select_related("person", "helper", "school")

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        state = gettext("Waits") if obj.waits else (gettext("Undone") if obj.undone else "")
        return {
            "title": obj.person.name,
            "state": "new" if obj.waits else "",
            "state_word": state,
            "notes": [date_format(obj.at, "j F Y"), obj.get_basis_display(), typed_by(obj)],
        }
