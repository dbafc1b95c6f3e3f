"""Bend allauth where the design asks: no sign-up, codes without links, mail by our outbox, our limits."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.people import proof
from accounts.people.alike import look_everywhere
from accounts.people.mails import post_code, post_notice
from accounts.people.models import User
from foundation.limits.actions import take
from foundation.limits.address import client_address
from foundation.logs import security

# allauth's mails that hold a code: our kind of mail.
CODE_MAILS = {
    "account/email/login_code": "sign_in_code",
    "account/email/password_reset_code": "password_code",
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
        if credentials.get("email"):
            look_everywhere(name)
        user = super().authenticate(request, **credentials)
        if user:
            taken.give_back()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        security.warning("password refused")
        super().authentication_failed(request, **credentials)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        security.info("signed in: %s", user.key)
        return super().post_login(request, user, **kwargs)

    def get_reauthentication_methods(self, user: object) -> list[dict[str, object]]:
        """Lead every demand of allauth for a new proof to our own page."""
        return [{"id": "proof", "description": _("Show that it is you"), "url": reverse("account_proof")}]

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        return not proof.is_fresh(self.request)

    # Mail ----------------------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post by the outbox; a mail of allauth that we have no words for is refused."""
        post_code(CODE_MAILS[template_prefix], email, context["code"], get_language())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        to = email or EmailAddress.objects.get_primary_email(user)
        if to:
            post_notice(to, template_prefix.rpartition("/")[2], user.language)
