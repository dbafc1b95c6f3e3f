"""`manage.py appoint NAME --role curator --email ADDRESS`: give somebody a role of the host."""

import argparse
import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.people.actions import AccountClosed, appoint
from accounts.people.models import HostRole


def day(text: str) -> datetime.date:
    """Read 2027-07-31. Raises argparse's own error, in words."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        words = gettext("“%(text)s” is not a day written like 2027-07-31.") % {"text": text}
        raise argparse.ArgumentTypeError(words) from error


class Command(BaseCommand):
    help: Any = _("Give somebody a role of the host, and say how they sign in.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=gettext("first name and name, as shown"))
        parser.add_argument("--role", required=True, choices=HostRole.Role.values)
        parser.add_argument(
            "--email", required=True, help=gettext("the address that receives the sign-in codes")
        )
        parser.add_argument("--until", type=day, help=gettext("last day of the role, like 2027-07-31"))

    def handle(
        self, *, name: str, role: str, email: str, until: datetime.date | None, **options: object
    ) -> None:
        self._refuse(name, email, until)
        try:
            user, made = appoint(name.strip(), role, email=email, until=until)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except AccountClosed as error:
            raise CommandError(gettext("The account of this address is closed.")) from error
        self.stdout.write(self._done(user, made, str(HostRole.Role(role).label), until))
        for line in self._next(email.strip().lower()):
            self.stdout.write(line)

    @staticmethod
    def _refuse(name: str, email: str, until: datetime.date | None) -> None:
        if not name.strip():
            raise CommandError(gettext("Give the person’s name."))
        try:
            validate_email(email.strip())
        except ValidationError as error:
            raise CommandError(gettext("“%(text)s” is not an e-mail address.") % {"text": email}) from error
        if until is not None and until < timezone.localdate():
            raise CommandError(gettext("This last day has passed already."))

    @staticmethod
    def _done(user: object, made: bool, role: str, until: datetime.date | None) -> str:
        values = {"name": user, "role": role, "day": date_format(until, "j F Y") if until else ""}
        if made:
            account = gettext("An account was made for %(name)s.") % values
        else:
            account = gettext("%(name)s had an account already: it is kept.") % values
        if until:
            given = gettext("Role given: %(role)s, until %(day)s.") % values
        else:
            given = gettext("Role given: %(role)s, without an end.") % values
        return f"{account}\n{given}"

    @staticmethod
    def _next(email: str) -> list[str]:
        address = f"{settings.SITE_URL}/compte/login/"
        lines = [
            gettext("What to do next:"),
            gettext("1. Open %(address)s and type %(email)s.") % {"address": address, "email": email},
            gettext("2. Copy the code received by e-mail. No password is needed."),
            gettext("3. Open %(address)s/admin/ and add a second factor, at latest on day 7.")
            % {"address": settings.SITE_URL},
        ]
        if not settings.EMAIL_HOST or hasattr(settings, "EMAIL_FILE_PATH"):
            folder = getattr(settings, "EMAIL_FILE_PATH", "")
            lines.append(
                gettext("No mail leaves this server yet: codes are in %(folder)s.") % {"folder": folder}
            )
        return lines
