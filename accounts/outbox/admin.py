"""The mails for the operator: kind, state, age; never an address, a name or a code."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.outbox.models import Delivery
from foundation.administration import AdminPolicy, PolicyAdmin

STATES = {
    Delivery.State.REFUSED: "alert",
    Delivery.State.GIVEN_UP: "alert",
    Delivery.State.SENT: "done",
}
SHOWN = ("kind", "state", "reason", "tries", "created", "due", "ended")


def operator(person: Any, obj: models.Model | None = None) -> bool:
    """The outbox stands under the people and knows none of their rules: it reads the role itself."""
    return "operator" in getattr(person, "host_roles", ())


@admin.register(Delivery)
class DeliveryAdmin(PolicyAdmin):
    policy = AdminPolicy(view=operator)
    lede = gettext_lazy("What is sent and what waits, without names, addresses or codes.")
    list_filter = ["state", "kind"]
    ordering = ["-created"]
    fields = SHOWN
    readonly_fields = SHOWN

    def get_queryset(self, request: Any) -> models.QuerySet:
        """Leave in the database what an operator does not read."""
        return super().get_queryset(request).defer("address", "secret", "object", "claimed_by", "message_id")

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        created = date_format(timezone.localtime(obj.created), "DATETIME_FORMAT")
        notes = [gettext("tries: %(count)d") % {"count": obj.tries}] if obj.tries > 1 else []
        return {
            "title": obj.kind,
            "state": STATES.get(obj.state, ""),
            "state_word": obj.get_state_display(),
            "notes": notes + ([obj.reason] if obj.reason else []),
            "meta": gettext("written on %(when)s") % {"when": created},
        }
