"""Give an agreement to one association, or take it back."""

from django import forms


class ConsentForm(forms.Form):
    """The key of an association, and what is decided."""

    association = forms.CharField(max_length=8)
    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
