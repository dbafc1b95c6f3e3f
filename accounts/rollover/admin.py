"""The changes of year of a school, to be read by its direction."""

from typing import Any

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.rollover.models import Rollover
from accounts.rollover.policy import can_change_year
from accounts.schools.administration import SchoolPolicy, SchoolScopedAdmin


@admin.register(Rollover)
class RolloverAdmin(SchoolScopedAdmin):
    """Read only: the page of the school does and undoes."""

    questions = SchoolPolicy(view=can_change_year)
    lede = gettext_lazy("Each change of year. It is done and undone on the page of the school’s settings.")
    list_display = ["to_year", "done", "reverted"]
    list_select_related = ["from_year", "to_year", "school"]
    fields = ["school", "from_year", "to_year", "done", "reverted", "links", "leavers"]
    readonly_fields = ["school", "from_year", "to_year", "done", "reverted", "links", "leavers"]

    @admin.display(description=gettext_lazy("links that went up"))
    def links(self, obj: Rollover) -> int:
        return obj.counts.get("links", 0)

    @admin.display(description=gettext_lazy("people who left"))
    def leavers(self, obj: Rollover) -> int:
        return obj.counts.get("leavers", 0)

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": str(obj),
            "state_word": gettext("Undone") if obj.reverted else "",
            "notes": [date_format(obj.done, "j F Y"), obj.school.name],
        }
