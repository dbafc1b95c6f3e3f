"""What is typed in moderation: a report, a decision, a second reading, a notice and its answer."""

import datetime
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from exchanges.moderation import policy, verbs
from exchanges.moderation.models import Decision, Ground, IllegalNotice
from foundation.typed import TypedField

Verb = Decision.Verb
WORDS = 500
A_DAY = datetime.timedelta(days=1)
# For how many days one is suspended.
DAYS = {Verb.MUTE_GROUP: (1, 3, 7), Verb.MUTE_SCHOOL: (1, 3, 7, 15, 30)}
# In the order in which one looks for one's own reason.
REPORTED: tuple[Ground, ...] = (
    Ground.RUDE,
    Ground.PRIVATE,
    Ground.CHILD,
    Ground.INSULT,
    Ground.FALSE,
    Ground.ADVERTISING,
    Ground.OFF_TOPIC,
    Ground.DANGER,
    Ground.ILLEGAL,
    Ground.OTHER,
)


def _reasons(grounds: tuple[Ground, ...]) -> list[tuple[str, Any]]:
    """Each at the head of its line: sentences say them within, and begin them small."""
    return [(ground.value, capfirst(ground.label)) for ground in grounds]


class ReportForm(forms.Form):
    """Why somebody reports a message."""

    ground = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=_reasons(REPORTED),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    words = TypedField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("A few words help whoever reads it again."),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DecisionForm(forms.Form):
    """The reason of a decision, what its author is told beside, and until when."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The author reads this reason."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason: the author is told.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose for how long.")},
    )
    words = TypedField(
        label=gettext_lazy("A word to the author"),
        help_text=gettext_lazy("They read it with the reason. Your name is not said."),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verb = verb
        days = DAYS.get(Verb(verb))
        if not verbs.needs_ground(verb):
            del self.fields["ground"], self.fields["words"]
        else:
            opening = verb == Verb.OPEN_NAME
            grounds = cast(tuple[Ground, ...], policy.OPENS_NAME) if opening else REPORTED
            cast(Any, self.fields["ground"]).choices = _reasons(grounds)
        if days is None:
            del self.fields["days"]
        else:
            cast(Any, self.fields["days"]).choices = [(day, _days_in_words(day)) for day in days]
            self.fields["days"].initial = days[0]

    def said(self, now: datetime.datetime) -> dict[str, Any]:
        """What goes to the action."""
        values = self.cleaned_data
        days = values.get("days")
        return {
            "ground": values.get("ground", ""),
            "words": values.get("words", ""),
            "until": now + days * A_DAY if days else None,
            "now": now,
        }


def _days_in_words(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


class ReadingForm(forms.Form):
    """What the author says to whoever reads again."""

    words = TypedField(
        label=gettext_lazy("What you want to say"),
        help_text=gettext_lazy("Whoever reads it again is neither a party nor the one who decided."),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class NoticeForm(forms.Form):
    """A notice of illegal content: what the law asks for (DSA, article 16)."""

    address = TypedField(
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy("Copy it from the top of your browser. A file has its own address."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Say where it is.")},
    )
    reasons = TypedField(
        label=gettext_lazy("Why is it against the law?"),
        help_text=gettext_lazy("Say which words or which picture, and what is wrong."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why, in one or two sentences.")},
    )
    minors = forms.BooleanField(
        label=gettext_lazy(
            "It is about a sexual offence against a child: I may keep my name and my address to myself"
        ),
        required=False,
    )
    name = TypedField(
        label=gettext_lazy("Your name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Say your name: the law asks for it.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        help_text=gettext_lazy("To send you the receipt, then what was decided."),
        error_messages={"required": gettext_lazy("Say where to answer you.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    good_faith = forms.BooleanField(
        label=gettext_lazy("I say this in good faith: I believe that it is exact and complete"),
        error_messages={"required": gettext_lazy("Tick this box: the law asks for it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.is_bound and bool(self.data.get("minors"))
        for name in ("name", "email"):
            self.fields[name].required = not kept

    def values(self, language: str) -> dict[str, Any]:
        """What goes to the action."""
        kept = {
            name: self.cleaned_data[name] for name in ("address", "reasons", "name", "email", "good_faith")
        }
        return kept | {"language": language}


class AnswerForm(forms.Form):
    """What the host moderator decides on a notice, and tells who sent it."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is decided"),
        choices=IllegalNotice.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is decided.")},
    )
    answer = TypedField(
        label=gettext_lazy("Why: it is sent to whoever wrote, and to the author"),
        help_text=gettext_lazy("Facts, and the rule or the law on which it stands. Name nobody."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say why: both are told.")},
    )
