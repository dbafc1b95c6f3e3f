"""What becomes of contributions: the one question of leaving."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ContributionsForm(forms.Form):
    """Whether what one wrote may stay."""

    use_required_attribute = False
    contributions = forms.ChoiceField(
        label=_("What you wrote for others"),
        help_text=_("A question to other parents, for example. Without it, their answers lose their sense."),
        choices=[
            ("stay", _("It may stay, signed “a parent”")),
            ("go", _("Erase it too")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of what you wrote.")},
    )

    @property
    def keep(self) -> bool:
        """The answer, once valid."""
        return self.cleaned_data["contributions"] == "stay"
