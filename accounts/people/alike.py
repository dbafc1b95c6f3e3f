"""Known or not, an address costs the same: what allauth asks of one only is asked of the other too."""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import get_language

from accounts.people.mails import post_code
from accounts.people.models import User


def look_everywhere(email: str) -> None:
    """Look an address up in the second table too, where allauth is content with the first."""
    if EmailAddress.objects.filter(email=email.lower(), verified=True).exists():
        list(User.objects.filter(email=email.lower()))


def read_somebody(process: Any) -> None:
    """Read one person for a code under way, be it nobody's: that of a known address has read its own."""
    if process.user is None:
        User.objects.filter(pk=0).first()


def post_to_nobody() -> None:
    """Post a mail to nobody, so that an unknown address takes the time of a known one."""
    post_code("sign_in_code", "", "0000-0000", get_language())
