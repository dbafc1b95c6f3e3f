"""People as the proof knows them, and the code that the last mail holds."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from accounts.people.actions import set_email
from accounts.people.models import User
from tests.factories import PASSWORD, UserFactory
from tests.sending import send_now

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def email_person(name: str = "amina") -> User:
    """Signs in by mailed code: a verified address, no password, no factor."""
    user = UserFactory(username=name, email=None)
    set_email(user, f"{name}@famille.example")
    return user


def paper_person(name: str = "bakari") -> User:
    """Signs in by user name and password: no address."""
    return UserFactory(username=name, email=None, password=PASSWORD)


def passkey_person(name: str = "chloe") -> User:
    """Has a passkey and nothing else."""
    user = UserFactory(username=name, email=None)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Téléphone", "credential": {}}
    )
    return user


def application_person(name: str = "dina") -> User:
    """Has a code application and its recovery codes, and nothing else."""
    user = UserFactory(username=name, email=None)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def signed_in_by_application(user: User) -> Client:
    """Go through both steps: PASSWORD, then the application."""
    client = Client()
    client.post("/compte/login/mot-de-passe/", {"login": user.username, "password": PASSWORD})
    client.post("/compte/2fa/authenticate/", {"code": application_code()})
    assert client.get("/compte/").status_code == 200
    return client


def application_code() -> str:
    """What the application shows now."""
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def code_of_last_mail() -> str:
    """Return the eight digits of the last mail, as one would type them."""
    return re.search(r"\b\d{4}-\d{4}\b", mails()[-1].body).group()


def mails() -> list[EmailMessage]:
    """Send what waits in the outbox, and return every mail sent since the test began."""
    send_now()
    return mail.outbox
