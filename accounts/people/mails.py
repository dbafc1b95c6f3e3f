"""The mails of the account itself: codes, which someone waits for, and notices of what was changed."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.outbox.actions import post
from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from foundation.keys import random_key

CODE_LIFE = datetime.timedelta(minutes=15)
CODES = ("sign_in_code", "password_code", "email_code", "proof_code")
# What happened to the account. The outbox keeps the key; the words are chosen when the mail is sent.
NOTICES = {
    "password_changed": _("The password was changed."),
    "password_set": _("A password was chosen."),
    "password_reset": _("A new password was chosen after a code by e-mail."),
    "totp_activated": _("A code application was added."),
    "totp_deactivated": _("The code application was removed."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was removed."),
    "second_factor_reset": _("The second step of signing in was taken away, and every device signed out."),
    "recovery_codes_generated": _("New recovery codes were made."),
    "email_changed": _("The e-mail address of the account was changed."),
}


def post_code(kind: str, to: str, code: str, language: str) -> None:
    """Have `code` mailed before all else, or dropped when it would come too late to open anything.

    A code for an unknown address is posted with `to` empty: the same row as for a known one, so that time
    tells nothing.
    """
    expires = timezone.now() + CODE_LIFE
    post(kind, random_key(24), address=to, secret=code, language=language, asked_for=True, expires=expires)


def post_notice(to: str, what: str, language: str) -> None:
    """Tell the owner of `to` that their account was changed; `what` is a key of NOTICES."""
    if what not in NOTICES:
        raise KeyError(what)
    post("security_notice", f"{what}:{random_key(24)}", address=to, language=language)


def code_mail(row: Delivery) -> Mail | Nothing:
    """Compose a code; nobody waits for one at an empty address."""
    if not (row.address and row.secret):
        return Nothing("nobody")
    return Mail(row.kind, row.address, {"code": row.secret}, row.language)


def security_notice(row: Delivery) -> Mail | Nothing:
    """Compose a notice, without a link: a false mail could copy one."""
    with override(row.language):
        what = str(NOTICES[row.object.partition(":")[0]])
        when = date_format(timezone.localtime(row.created), "DATETIME_FORMAT")
    return Mail("security_notice", row.address, {"what": what, "when": when}, row.language)


COMPOSERS: dict[str, Composer] = {**dict.fromkeys(CODES, code_mail), "security_notice": security_notice}
