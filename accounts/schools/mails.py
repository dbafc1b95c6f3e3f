"""The mails of this feature, composed when they are sent (portal.sending)."""

from accounts.outbox.messages import Composer

COMPOSERS: dict[str, Composer] = {}
