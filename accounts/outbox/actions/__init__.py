"""What others ask of the outbox: write what is to be sent, take it back, send it, forget it."""

from accounts.outbox.actions.expanding import expand_due
from accounts.outbox.actions.keeping import forget_old, forget_person, switch_sending
from accounts.outbox.actions.posting import dispatch, post, withdraw
from accounts.outbox.actions.sending import send_due

__all__ = [
    "dispatch",
    "expand_due",
    "forget_old",
    "forget_person",
    "post",
    "send_due",
    "switch_sending",
    "withdraw",
]
