"""What becomes of contributions: the one question of leaving."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ContributionsForm(forms.Form):
    """Whether what one wrote may stay."""

    contributions = forms.ChoiceField(
        label=_("What you wrote for others"),
        help_text=_(
            "A question to other parents, for example. Without it, their answers are hard to follow."
        ),
        choices=[
            ("stay", _("It may stay, signed “a parent”")),
            ("go", _("Erase it too")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of what you wrote.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)

    @property
    def keep(self) -> bool:
        """The answer, once valid."""
        return self.cleaned_data["contributions"] == "stay"
