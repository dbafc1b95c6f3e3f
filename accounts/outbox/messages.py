"""What a feature answers when the outbox asks it to compose a delivery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts.outbox.models import Delivery


@dataclass(frozen=True)
class Mail:
    """A mail to send: `template` as `foundation.mail.send` takes it (`templates/mail/<template>.*`)."""

    template: str
    to: str
    context: Mapping[str, object]
    language: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Nothing:
    """No mail any more, and why: "read", "left", "no address", … (a code, never a name)."""

    reason: str


Composer = Callable[[Delivery], Mail | Nothing]
