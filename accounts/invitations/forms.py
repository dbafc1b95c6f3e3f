"""The forms of joining: the code, the name, the e-mail or nothing."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.invitations.codes import LENGTH, foreign_sign, normalise
from accounts.invitations.errors import CodeRefused, ForeignSign, TooLong, TooShort
from accounts.people.forms import EmailForm, code_field, password_field, shared_field
from accounts.people.names import clean_name, skeleton
from accounts.schools.errors import NameTaken
from accounts.schools.models import Membership, School


class CodeForm(forms.Form):
    """The ten characters of a slip or of a class."""

    code = forms.CharField(
        label=_("The code of the sheet"),
        help_text=_("Ten letters and digits. Capitals, spaces and dashes do not count."),
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "class": "code-field",
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-slip-code": "",
            }
        ),
    )

    def clean_code(self) -> str:
        """Return the code as it is written, whole; what cannot be one is told without looking it up."""
        typed = self.cleaned_data["code"]
        try:
            return _whole(typed)
        except CodeRefused as error:
            raise ValidationError(str(error)) from None


def _whole(typed: str) -> str:
    sign = foreign_sign(typed)
    if sign:
        raise ForeignSign(sign)
    code = normalise(typed)
    if len(code) < LENGTH:
        raise TooShort
    if len(code) > LENGTH:
        raise TooLong
    return code


class OwnNameForm(forms.Form):
    """The name in this school."""

    name = forms.CharField(
        label=_("Your name in this school"),
        help_text=_("As the school and the other adults will read it."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )

    def __init__(self, *args: Any, school: School, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.person = school, person

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        others = Membership.objects.of_school(self.school).exclude(state=Membership.State.LEFT)
        if self.person is not None:
            others = others.exclude(user=self.person)
        if others.filter(skeleton=skeleton(name)).exists():
            raise ValidationError(str(NameTaken()))
        return name


class NameForm(OwnNameForm):
    """The name, and the language of somebody who has no account yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        offered = [(code, names[code]) for code in settings.OFFERED_LANGUAGES]
        self.fields["language"] = forms.ChoiceField(
            label=_("The language of your mails and pages"), choices=offered, widget=forms.RadioSelect
        )


class JoinEmailForm(EmailForm):
    """An address, proved by a code; or nothing."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("We send a code to it, to be sure that you read it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    shared = shared_field()


class OtherAccountForm(forms.Form):
    """The other account that one also holds: by its password."""

    login = forms.CharField(
        label=_("The e-mail or the user name of the other account"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class OtherPasswordForm(OtherAccountForm):
    password = password_field(_("The password of the other account"), "off")


class OtherCodeForm(forms.Form):
    code = code_field(_("The code"), _("Eight digits. The dash does not count."))
