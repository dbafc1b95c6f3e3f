"""What happens to consents, and to those who leave."""

from accounts.register.actions.consents import give, names_given, record_export, take_back
from accounts.register.actions.leaving import (
    answer,
    cancel_returned,
    due_leavings,
    leaving_of,
    note_leavers,
    remind_leavers,
)

__all__ = [
    "answer",
    "cancel_returned",
    "due_leavings",
    "give",
    "leaving_of",
    "names_given",
    "note_leavers",
    "record_export",
    "remind_leavers",
    "take_back",
]
