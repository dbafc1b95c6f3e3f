"""The recurring jobs, read by the operator: what ran, when, and whether it failed."""

import datetime
from typing import Any

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.people import policy
from foundation.administration import AdminPolicy, PolicyAdmin
from portal.clock.models import ClockRun


def operator(person: Any, obj: models.Model | None = None) -> bool:
    return policy.is_operator(person)


# The jobs of the timetable as an operator reads them; their names in code stay what they are.
JOBS = {
    "publish what is due": gettext_lazy("Publish the texts whose hour has come"),
    "archive what has ended": gettext_lazy("Archive the texts past their last day"),
    "remind of reviews": gettext_lazy("Tell curators which texts are to be read again"),
    "put back lost tasks": gettext_lazy("Put back the tasks a stopped process left"),
    "forget finished tasks": gettext_lazy("Forget tasks finished long ago"),
    "forget expired sessions": gettext_lazy("Forget sessions that have ended"),
    "forget old tries": gettext_lazy("Forget how often something was tried"),
    "forget kept texts": gettext_lazy("Forget the texts kept while somebody signed in"),
    "forget previewed lists": gettext_lazy("Forget the files of families that nobody confirmed"),
    "write again to those invited": gettext_lazy(
        "Invite by mail, and write again to those who did not answer"
    ),
    "count who is reached": gettext_lazy("Count each Monday whom the schools reach"),
    "give reports to the direction": gettext_lazy("Give to the direction the reports nobody decided"),
    "tell who decides": gettext_lazy("Tell facilitators and directions what waits for them"),
    "tell groups of the month": gettext_lazy("Tell each group what was decided in it last month"),
    "accept requests to join": gettext_lazy(
        "Let in those whose request to join nobody answered in three days"
    ),
    "put silent groups to sleep": gettext_lazy(
        "Put silent groups to sleep, and remind whoever runs one alone"
    ),
    "forget files never sent": gettext_lazy("Take away the files of messages that were never sent"),
    "keep no longer than said": gettext_lazy("Erase those who left, and forget what is kept no longer"),
    "replace a stopped clock": gettext_lazy("Do what is overdue while no clock runs"),
}


@admin.register(ClockRun)
class ClockRunAdmin(PolicyAdmin):
    policy = AdminPolicy(view=operator)
    lede = gettext_lazy("What the portal does by itself. A job that failed is tried again at its next turn.")
    list_display = ["name", "started", "finished"]
    list_filter = ["failed"]
    fields = ["job", "started", "finished", "outcome"]
    readonly_fields = ["job", "started", "finished", "outcome"]

    @admin.display(description=gettext_lazy("Job"))
    def job(self, obj: ClockRun) -> str:
        return str(JOBS.get(obj.name, obj.name))

    @admin.display(description=gettext_lazy("How it ended"))
    def outcome(self, obj: ClockRun) -> str:
        return gettext("Failed") if obj.failed else gettext("Well")

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": self.job(obj),
            "state": "alert" if obj.failed else "",
            "state_word": gettext("Failed") if obj.failed else "",
            "notes": [_moment(obj.finished)] if obj.finished else [],
        }


def _moment(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
