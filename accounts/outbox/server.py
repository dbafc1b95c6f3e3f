"""The mail server as the outbox sees it: there or away; a mail taken, refused, or to be tried again."""

import contextlib
import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.core.validators import validate_email

# It speaks of the mail's size; every other refusal of the sender is of the portal itself.
TOO_LARGE = 552
CLOSING = 421


class ServerAway(Exception):
    """No connection can be had; the text names the kind of error, never an address."""


@dataclass(frozen=True)
class Answer:
    """What became of one mail. "not now": the server refuses the portal, whatever the mail."""

    kind: Literal["taken", "refused", "again", "not now"]
    reason: str = ""


class MailServer:
    """One connection, opened when first needed and kept for a batch of mails."""

    def __init__(self) -> None:
        self._backend = get_connection()

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._drop()

    def reach(self) -> None:
        """Make sure that the server listens; raise ServerAway."""
        if not isinstance(self._backend, smtp.EmailBackend) or self._still_there():
            return
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise ServerAway(type(error).__name__) from None

    def send(self, message: EmailMessage) -> Answer:
        """Hand over one mail."""
        try:
            for address in message.to:
                validate_email(address)
            self._backend.send_messages([message])
        except (OSError, ValueError, ValidationError, smtplib.SMTPException) as error:
            answer = _answer(error)
            if answer.kind != "refused":
                self._drop()
            return answer
        return Answer("taken")

    def _still_there(self) -> bool:
        """Ask a connection kept open since the mail before: servers close those that stay idle."""
        connection = getattr(self._backend, "connection", None)
        if connection is None:
            return False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if connection.noop()[0] == 250:
                return True
        self._drop()
        return False

    def _drop(self) -> None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._backend.close()


def _answer(error: Exception) -> Answer:
    """Read a failure: a code 5xx of one mail is final, 4xx and a lost reply are not."""
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != TOO_LARGE:
        return Answer("not now")
    code = _code(error)
    if code == CLOSING:
        return Answer("not now")
    if code:
        return Answer("refused" if code >= 500 else "again", str(code))
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError | ValidationError):
        return Answer("refused", "not a mail address")
    return Answer("again", "no reply")


def _code(error: Exception) -> int:
    """Return the server's code, or 0 if it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), 0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
