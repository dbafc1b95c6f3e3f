"""`manage.py reset_second_factor WHO`: let somebody in who has lost their second step and their codes."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from accounts.people.proof import has_factor, means_of
from accounts.people.second_factor import NoFactor, reset_second_factor


class Command(BaseCommand):
    help: Any = _("Take away somebody’s lost second step. They add another once they are in.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help=gettext("user name or e-mail address"))
        parser.add_argument("--yes", action="store_true", help=gettext("do not ask first"))

    def handle(self, *, who: str, yes: bool, **options: object) -> None:
        user = _found(who.strip())
        self.stdout.write(_in_words(user))
        if not has_factor(user):
            raise CommandError(str(NoFactor()))
        if not yes:
            self._ask()
        try:
            reset_second_factor(user, by=None)
        except NoFactor as error:
            raise CommandError(str(error)) from error
        for line in _next(user):
            self.stdout.write(line)

    def _ask(self) -> None:
        self.stdout.write(gettext("Be sure who asks: call them back on a number you know."))
        try:
            said = input(gettext("Type “yes” to take the second step away: "))
        except EOFError:
            said = ""
        if said.strip().lower() not in {"yes", gettext("yes").lower()}:
            raise CommandError(gettext("Nothing was changed."))


def _found(who: str) -> User:
    """Return the one account of this user name or address. Raises CommandError."""
    addresses = EmailAddress.objects.filter(email__iexact=who, verified=True).values("user")
    rows = User.objects.filter(Q(username__iexact=who) | Q(email__iexact=who) | Q(pk__in=addresses))
    users = list(rows.order_by("pk")[:2])
    if len(users) != 1 or not who:
        raise CommandError(gettext("No account has this user name or this address."))
    if not users[0].is_active:
        raise CommandError(gettext("This account is closed."))
    return users[0]


def _in_words(user: User) -> str:
    facts = [str(user), user.username, user.email or gettext("no e-mail")]
    roles = user.host_role_rows.in_force()
    return " · ".join([*facts, *(str(role.get_role_display()) for role in roles)])


def _next(user: User) -> list[str]:
    """What was done, and how the person comes in now."""
    ways = {
        "email": gettext("They sign in by the code sent to their e-mail; they were told by mail."),
        "password": gettext("They sign in by user name and password."),
        "none": gettext("They have no e-mail and no password: their school prints them a new slip."),
    }
    return [
        gettext("The second step is taken away. All their devices are signed out."),
        ways[means_of(user)],
        gettext("Whoever opens the administration is asked for a new one there."),
    ]
