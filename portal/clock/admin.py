"""The recurring jobs, read by the operator: what ran, when, and whether it failed."""

import datetime

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.people import policy
from foundation.administration import AdminPolicy, PolicyAdmin
from portal.clock.models import ClockRun


def operator(person: object, obj: models.Model | None = None) -> bool:
    return policy.is_operator(person)


@admin.register(ClockRun)
class ClockRunAdmin(PolicyAdmin):
    policy = AdminPolicy(view=operator)
    lede = gettext_lazy("What the portal does by itself. A job that failed is tried again at its next turn.")
    list_display = ["name", "started", "finished"]
    list_filter = ["failed"]
    fields = ["name", "started", "finished", "failed"]

    def row(self, request: HttpRequest, obj: ClockRun) -> dict[str, object]:
        return {
            "title": obj.name,
            "state": "alert" if obj.failed else "",
            "state_word": gettext("Failed") if obj.failed else "",
            "notes": [_moment(obj.finished)] if obj.finished else [],
        }


def _moment(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
