"""What is typed in a discussion: a question, an answer, a change; nothing typed is lost."""

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from exchanges.discussions import policy, words
from exchanges.discussions.actions.writing import CLIENT_KEY
from exchanges.discussions.files import TakesFiles
from exchanges.discussions.models import Post, Topic
from exchanges.discussions.place import Place
from exchanges.discussions.texts import clean_text, clean_title, resource_titles
from exchanges.groups.models import Circle, Group
from foundation.typed import TypedField

MOST = 10_000
ROWS = {"rows": 6}


class Written(forms.Form):
    """A text, and the question asked back once where it seems to name somebody."""

    text = TypedField(
        label=gettext_lazy("Your message"),
        max_length=MOST,
        widget=forms.Textarea(attrs={**ROWS, "dir": "auto"}),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.asks_back = False
        self.other: Post | None = None
        # A browser would cut a long text that is pasted, without a word; we say that it is too long.
        del self.fields["text"].widget.attrs["maxlength"]
        self.fields["text"].help_text = " ".join(
            [words.readers_will(place.group, place.readers), gettext("Name neither a child nor a teacher.")]
            if place.group.circle != Circle.TEAM
            else [words.readers_will(place.group, place.readers)]
        )

    def clean_text(self) -> str:
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(gettext("Write a message."))
        return text

    def is_ready(self) -> bool:
        """Valid, and whoever it seems to name was thought of, or the person chose to send it as it is."""
        if not self.is_valid():
            return False
        typed = f"{self.cleaned_data.get('title', '')}\n{self.cleaned_data['text']}"
        self.asks_back = "as_it_is" not in self.data and policy.seems_to_name(self.place.group, typed)
        return not self.asks_back

    def ask_which(self, other: Post) -> None:
        """Show both texts: this one goes as a new message, or the stored one is enough."""
        self.other = other
        data = cast(QueryDict, self.data).copy()
        data["client_key"] = new_key()
        self.data = data


class MessageForm(TakesFiles, Written):
    """A message to come, with files; `client_key` makes of two sendings one message."""

    client_key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, uploader=place.person, place=place, **kwargs)
        self.fields["client_key"].initial = new_key
        if self.may_be_unnamed():
            self.fields["anonymous"] = forms.BooleanField(
                label=self.unnamed_label(), help_text=self.unnamed_hint(), required=False
            )

    def may_be_unnamed(self) -> bool:
        return False

    def unnamed_label(self) -> str:
        return gettext("Without my name")

    def unnamed_hint(self) -> str:
        return gettext(
            "Somebody who runs the group reads it first, without knowing who asks. Only the direction or the"
            " site’s moderator may open the name, after a report of danger, insult or threat: you would be"
            " told."
        )

    def clean_client_key(self) -> str:
        key = str(self.cleaned_data["client_key"])
        return key if CLIENT_KEY.fullmatch(key) else ""


class AskForm(MessageForm):
    """A new discussion."""

    title = TypedField(
        label=gettext_lazy("Your question, in one line"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=words.KINDS.items(),
        initial=Topic.Kind.QUESTION,
        required=False,
    )
    ressource = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    field_order = ("title", "text", "kind", "attachments", "anonymous")

    def may_be_unnamed(self) -> bool:
        return self.place.readers >= Group.ANONYMOUS_FROM

    def clean_title(self) -> str:
        title = clean_title(self.cleaned_data["title"])
        if not any(sign.isalnum() for sign in title):
            raise forms.ValidationError(gettext("Write your question in a few words."))
        return title

    def clean_ressource(self) -> str:
        slug = str(self.cleaned_data["ressource"])
        return slug if resource_titles({slug} if slug else set()) else ""

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "text": data["text"],
            "kind": data["kind"] or Topic.Kind.QUESTION,
            "resource": data["ressource"],
            "anonymous": data.get("anonymous", False),
            "client_key": data["client_key"],
        }


class ReplyForm(MessageForm):
    """An answer; whoever asked without a name goes on without it."""

    quotes = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    field_order = ("text", "attachments", "anonymous")

    def __init__(self, *args: Any, topic: Any, **kwargs: Any) -> None:
        self.topic = topic
        super().__init__(*args, **kwargs)

    def may_be_unnamed(self) -> bool:
        return bool(self.topic.asked)

    def unnamed_label(self) -> str:
        return gettext("As the person who asks, without my name")

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "text": data["text"],
            "quotes": data["quotes"],
            "anonymous": data.get("anonymous", False),
            "client_key": data["client_key"],
        }


class EditForm(Written):
    """One's own message, to change; its title where it began the discussion."""

    def __init__(self, *args: Any, post: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = post.text
        if post.number == 1 or not post.topic.is_visible:
            self.fields["title"] = TypedField(
                label=gettext("Your question, in one line"),
                max_length=120,
                initial=post.topic.title,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.order_fields(["title", "text"])


def new_key() -> str:
    return uuid.uuid4().hex
