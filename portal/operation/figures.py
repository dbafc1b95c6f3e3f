"""How many mails wait, left, were refused: in the last 24 hours and in all that is kept."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext

from accounts.outbox.models import Delivery

DAY = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    label: str
    lately: int
    in_all: int


def figures(now: datetime.datetime) -> list[Figure]:
    """One line a state. One query."""
    state = Delivery.State
    kinds = {
        gettext("Waiting"): (Q(state__in=[state.DUE, state.CLAIMED]), "created"),
        gettext("Sent"): (Q(state=state.SENT), "ended"),
        gettext("Refused by the mail server"): (Q(state=state.REFUSED), "ended"),
        gettext("Given up after two days"): (Q(state=state.GIVEN_UP), "ended"),
        gettext("No longer needed"): (Q(state=state.DROPPED), "ended"),
    }
    counts = {}
    for number, (which, since) in enumerate(kinds.values()):
        counts[f"all_{number}"] = Count("pk", filter=which)
        counts[f"lately_{number}"] = Count("pk", filter=which & Q(**{f"{since}__gte": now - DAY}))
    found = Delivery.objects.aggregate(**counts)
    return [
        Figure(label, found[f"lately_{number}"], found[f"all_{number}"]) for number, label in enumerate(kinds)
    ]
