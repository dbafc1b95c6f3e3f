"""`manage.py sending on|off|status`: let mail go out, hold it, or say how it stands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.outbox.actions import switch_sending
from accounts.outbox.models import Delivery, Sending


class Command(BaseCommand):
    help: Any = _("Let mail go out, hold it, or say how it stands.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["on", "off", "status"], nargs="?", default="status")

    def handle(self, *, what: str, **options: object) -> None:
        if what != "status":
            switch_sending(what == "on")
        for line in _state():
            self.stdout.write(line)


def _state() -> list[str]:
    sending = Sending.current()
    count = Delivery.objects.held().count()
    lines = [gettext("Sending is on.") if sending.is_on else gettext("Sending is off: every mail waits.")]
    lines.append(ngettext("%(count)d mail waits.", "%(count)d mails wait.", count) % {"count": count})
    if sending.is_on and sending.paused_until and sending.paused_until > timezone.now():
        when = date_format(timezone.localtime(sending.paused_until), "DATETIME_FORMAT")
        lines.append(gettext("The mail server does not answer: tried again on %(when)s.") % {"when": when})
    return lines
