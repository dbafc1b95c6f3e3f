"""Bend allauth where the design asks: no sign-up, codes without links, mail by our own door, our limits."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from accounts.people import proof
from accounts.people.models import User
from accounts.people.tasks import send_account_mail
from foundation.limits.actions import take
from foundation.limits.address import client_address

# allauth's mails that hold a code: our kind of mail.
CODE_MAILS = {
    "account/email/login_code": "sign_in_code",
    "account/email/password_reset_code": "password_code",
}
# allauth's notices: what happened, in our words.
NOTICES = {
    "account/email/password_changed": _("The password was changed."),
    "account/email/password_set": _("A password was chosen."),
    "account/email/password_reset": _("A new password was chosen after a code by e-mail."),
    "mfa/email/totp_activated": _("A code application was added."),
    "mfa/email/totp_deactivated": _("The code application was removed."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
}


class AccountAdapter(DefaultAccountAdapter):
    """One gets in by slip, class code, invitation or appointment (DESIGN §6)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("This name and this password do not go together. Check both."),
        "username_password_mismatch": _("This name and this password do not go together. Check both."),
        "incorrect_code": _("This is not the code. Look at it again, sign by sign."),
        "incorrect_password": _("This is not the password."),
        "too_many_login_attempts": _("Too many wrong codes. Ask for a new one."),
        "rate_limited": _("Too many tries. Wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        return User.objects.free_username("")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Count the try first, by the account as typed, and give it back if the password is right."""
        if credentials.get("email"):
            # Both would be checked, and a known address take twice the time of an unknown one.
            credentials.pop("username", None)
        name = credentials.get("email") or credentials.get("username") or ""
        taken = take("password", target=name, address=client_address(request))
        user = super().authenticate(request, **credentials)
        if user:
            taken.give_back()
        return user

    def get_reauthentication_methods(self, user: object) -> list[dict[str, object]]:
        """Lead every demand of allauth for a new proof to our own page."""
        return [{"id": "proof", "description": _("Show that it is you"), "url": reverse("account_proof")}]

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        return not proof.is_fresh(self.request)

    # Mail ----------------------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send by `foundation.mail`; a mail of allauth that we have no words for is refused."""
        kind = CODE_MAILS[template_prefix]
        send_account_mail.enqueue(kind, email, {"code": context["code"]}, get_language())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        to = email or EmailAddress.objects.get_primary_email(user)
        if to:
            send_notice(to, NOTICES[template_prefix], user.language)


def send_notice(to: str, what: object, language: str, now: datetime | None = None) -> None:
    """Tell a person that their account was changed, without a link: a false mail could copy one."""
    with override(language):
        when = date_format(timezone.localtime(now), "DATETIME_FORMAT")
        send_account_mail.enqueue("security_notice", to, {"what": str(what), "when": when}, language)
