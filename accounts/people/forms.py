"""The forms of one's account, in our words; allauth takes its own from ACCOUNT_FORMS and MFA_FORMS."""

from collections.abc import Callable
from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.people.alike import look_everywhere
from accounts.people.codes import plain_digits
from accounts.people.models import User
from accounts.people.names import clean_name
from foundation.limits.actions import take
from foundation.limits.address import client_address
from foundation.logs import security

# Words, or words yet to be translated.
Text = Any
CODE_ATTRS = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "dir": "ltr",
    "class": "code-field",
}


def code_field(label: Text, help_text: Text = "") -> forms.CharField:
    """A field for a code of digits, typed large."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=40, widget=forms.TextInput(attrs=dict(CODE_ATTRS))
    )


def password_field(label: Text, autocomplete: str, help_text: Text = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def shared_field() -> forms.BooleanField:
    """Asked on the way in: the session of a shared device sleeps after 15 minutes."""
    return forms.BooleanField(
        label=_("Others use this telephone or computer too"),
        help_text=_("Then you are signed out after 15 minutes without a tap."),
        required=False,
    )


# Signing in ----------------------------------------------------------------------------------------


class SignInForm(account_forms.RequestLoginCodeForm):
    """The first page: who one is. Only an e-mail address can be sent a code."""

    email = forms.CharField(
        label=_("Your e-mail or your user name"),
        help_text=_("No e-mail? Your user name is on the sheet that the school gave you."),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = None
        self.fields["shared"] = shared_field()

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"].strip()
        if "@" not in typed:
            return typed
        validate_email(typed)
        self.cleaned_data["email"] = typed.lower()
        look_everywhere(typed)
        return super().clean_email()


class PasswordSignInForm(account_forms.LoginForm):
    """Name and password on one page, where password managers look for them."""

    password = password_field(
        _("Your password"), "current-password", _("The three words of your sheet, or the password you chose.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Your e-mail or your user name"),
            max_length=254,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        self.order_fields(["login", "password"])


class MailedCodeForm(account_forms.BaseConfirmCodeForm):
    """A code of allauth, to sign in or to choose a new password, typed on any keyboard."""

    code = code_field(_("The code"), _("Eight digits. The dash does not count."))

    def clean_code(self) -> str:
        """One browser awaits one code: its tries are counted, exactly, whoever the code was sent to."""
        session = context.request.session.session_key
        return _clean_counted(self, f"session {session}", super().clean_code)


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Where to send that code."""

    email = forms.EmailField(label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        look_everywhere(self.cleaned_data["email"])
        return super().clean_email()


# Passwords -----------------------------------------------------------------------------------------


def _as_new_password(form: forms.Form) -> None:
    """Name the two fields of a new password, and help password managers."""
    first, second = form.fields["password1"], form.fields["password2"]
    first.label, first.help_text = _("The new password"), password_validators_help_text_html()
    second.label = _("The new password, once more")
    for field in (first, second):
        field.widget.attrs = {"autocomplete": "new-password"}


class SetPasswordForm(account_forms.SetPasswordForm):
    """Choose a password; the fresh proof came before, so the old one is not asked again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_new_password(self)


class ResetPasswordKeyForm(account_forms.ResetPasswordKeyForm):
    """Choose a new password after a mailed code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_new_password(self)


# Second factor -------------------------------------------------------------------------------------


def _clean_counted(form: forms.Form, target: str, clean: Callable[[], str]) -> str:
    """Check a code by `clean`: a wrong one counts against `target`, a right one does not."""
    form.cleaned_data["code"] = plain_digits(form.cleaned_data["code"])
    taken = take("code", target=target, address=client_address(context.request))
    try:
        code = clean()
    except forms.ValidationError:
        security.warning("code refused: %s", target.partition(" ")[0])
        raise
    taken.give_back()
    return code


class AuthenticateForm(mfa_forms.AuthenticateForm):
    """The second step of signing in, and the proof of somebody who has only an application."""

    code = code_field(
        _("The code"), _("The six digits of your application, or a recovery code of eight digits.")
    )

    def clean_code(self) -> str:
        return _clean_counted(self, f"person {self.user.pk}", super().clean_code)


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """Link a code application."""

    code = code_field(
        _("The code that the application shows"), _("Six digits; it changes every thirty seconds.")
    )

    def clean_code(self) -> str:
        return _clean_counted(self, f"person {self.user.pk}", super().clean_code)


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """Add a passkey; it signs in by itself, so it must check who holds it."""

    name = forms.CharField(label=_("A name for this passkey"), required=False, max_length=60)
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        help_text=_("Your telephone or computer then checks your finger, your face or its own code."),
        required=False,
        initial=True,
    )


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("A name for this passkey"), max_length=60)


# One's account -------------------------------------------------------------------------------------


class NameForm(forms.ModelForm):
    """How one is called here, and in which language one is written to."""

    class Meta:
        model = User
        fields = ["display_name", "language"]
        labels = {
            "display_name": _("Your name, as others read it"),
            "language": _("The language of your mails and pages"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        offered = [(code, names[code]) for code in settings.OFFERED_LANGUAGES]
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"] = forms.ChoiceField(
            label=self.Meta.labels["language"], choices=offered, widget=forms.RadioSelect
        )

    def clean_display_name(self) -> str:
        """A name kept from before is no reason to refuse another language."""
        name = self.cleaned_data["display_name"]
        return name if name == self.initial["display_name"] else clean_name(name)


class EmailForm(forms.Form):
    """A new address; a code is sent to it first."""

    email = forms.EmailField(
        label=_("Your new e-mail"),
        help_text=_("We send a code to it, to be sure that you read it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class ChannelForm(forms.Form):
    """How news comes."""

    paper = forms.ChoiceField(
        label=_("How do you want the news?"),
        choices=(("mail", _("By e-mail")), ("paper", _("On paper too, with the class"))),
        widget=forms.RadioSelect,
    )


class CodeForm(forms.Form):
    """A code that we mailed."""

    code = code_field(_("The code"), _("Eight digits. The dash does not count."))


class PasswordForm(forms.Form):
    """The password, as a proof."""

    password = password_field(_("Your password"), "current-password")
