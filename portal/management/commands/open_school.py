"""`manage.py open_school NAME --level … --town … --director NAME`: a school, and its director's slip."""

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.invitations.actions.inviting import expiry_of, invite, make_slips
from accounts.invitations.codes import grouped
from accounts.invitations.models import Invitation
from accounts.people.names import clean_title
from accounts.schools.actions import create_school
from accounts.schools.models import Hat, School


class Command(BaseCommand):
    help: Any = _("Create a school, closed, and print the slip with which its director comes in.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=gettext("name of the school, as its page shows it"))
        parser.add_argument("--level", required=True, choices=School.Level.values)
        parser.add_argument("--town", required=True, help=gettext("town of the school"))
        parser.add_argument("--director", required=True, help=gettext("first name and last name"))
        parser.add_argument("--email", default="", help=gettext("the director’s address, if there is one"))
        parser.add_argument("--time-zone", default=settings.TIME_ZONE, help=gettext("like Indian/Reunion"))

    def handle(self, *, name: str, level: str, town: str, director: str, **options: Any) -> None:
        first_name, last_name = self._names(director)
        self._refuse(name, town, options["email"], options["time_zone"])
        with transaction.atomic():
            school = create_school(name.strip(), level, town=town.strip(), time_zone=options["time_zone"])
            invitation = invite(
                school,
                by=None,
                last_name=last_name,
                first_name=first_name,
                kind=Hat.Kind.DIRECTOR,
                classrooms=[],
                email=options["email"],
                source=Invitation.Source.APPOINTED,
            )
        ((_row, code),) = make_slips([invitation], by=None)
        for line in self._slip(school, invitation, code):
            self.stdout.write(line)

    @staticmethod
    def _names(director: str) -> tuple[str, str]:
        first_name, _space, last_name = director.strip().partition(" ")
        if not last_name.strip():
            raise CommandError(gettext("Give the director’s first name and last name."))
        return first_name, last_name.strip()

    @staticmethod
    def _refuse(name: str, town: str, email: str, time_zone: str) -> None:
        if not name.strip() or not town.strip():
            raise CommandError(gettext("Give the name of the school and its town."))
        try:
            clean_title(name, 80)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if time_zone not in available_timezones():
            raise CommandError(gettext("“%(text)s” is not a time zone.") % {"text": time_zone})
        try:
            if email:
                validate_email(email)
        except ValidationError as error:
            raise CommandError(gettext("“%(text)s” is not an e-mail address.") % {"text": email}) from error

    @staticmethod
    def _slip(school: School, invitation: Invitation, code: str) -> list[str]:
        address = f"{settings.SITE_URL}{school.get_absolute_url()}"
        values = {
            "school": school.name,
            "name": invitation.name,
            "join": f"{settings.SITE_URL}/rejoindre/",
            "code": grouped(code),
            "day": date_format(expiry_of(school).date(), "j F Y"),
        }
        return [
            gettext("%(school)s is created, closed to the public.") % values,
            gettext("Its address will be %(address)s") % {"address": address},
            "",
            gettext("Slip for %(name)s, who will direct it:") % values,
            gettext("1. Open %(join)s") % values,
            gettext("2. Type the code: %(code)s") % values,
            gettext("It serves once, until %(day)s. It is kept nowhere else: hand it over now.") % values,
        ]
