"""The forms by which curators write a text, decide on it, name it and illustrate it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy, ngettext

from foundation.typed import TypedField
from resources.catalogue.anytext import Text
from resources.catalogue.errors import NeedsReason
from resources.catalogue.fields import latest_values
from resources.catalogue.inputs import AddressesField, DateInput, LinesField, MomentField, ResourceLinesField
from resources.catalogue.models import (
    Addressee,
    Audience,
    Kind,
    Level,
    Resource,
    Source,
    Theme,
    Variant,
)

MAX_POINTS = 5
MAX_POINT_WORDS = 60
LANGUAGES = [("fr", gettext_lazy("French")), ("ar", gettext_lazy("Arabic")), ("en", gettext_lazy("English"))]
SUBTITLES = [("", gettext_lazy("not told")), ("True", gettext_lazy("yes")), ("False", gettext_lazy("no"))]

MARKDOWN_HINT = gettext_lazy(
    "Plain text. An empty line between two paragraphs. ## before a heading, - before a point of a list, "
    "**bold**, [words](https://address), ![what one sees](image.webp)."
)


class TextForm(forms.Form):
    """What a resource and its versions have in common; `groups` gives the fields in the page's order."""

    title = TypedField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("A question, as a parent would ask it."),
    )
    summary = TypedField(
        label=gettext_lazy("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences, shown in lists and under the title."),
    )
    en_bref = LinesField(
        label=gettext_lazy("In short"),
        required=False,
        rows=6,
        help_text=gettext_lazy("Up to five points, one a line, sixty words together."),
    )
    body = TypedField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=MARKDOWN_HINT,
    )
    review_by = forms.DateField(
        label=gettext_lazy("To be reviewed by"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("After this day the page says that it is to be checked. One year is usual."),
    )
    edit_number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    names: tuple[str, ...] = ("title", "summary", "en_bref", "body", "review_by")

    def __init__(self, data: Any = None, *, text: Text, **kwargs: Any) -> None:
        self.text = text
        initial = {**latest_values(text), "edit_number": text.edit_number, **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)

    def clean_title(self) -> str:
        return _on_one_line(self.cleaned_data["title"])

    def clean_summary(self) -> str:
        return _on_one_line(self.cleaned_data["summary"])

    def clean_en_bref(self) -> list[str]:
        points = self.cleaned_data["en_bref"]
        if len(points) > MAX_POINTS:
            message = ngettext(
                "%(count)d point: five at most.", "%(count)d points: five at most.", len(points)
            )
            raise ValidationError(message % {"count": len(points)})
        words = sum(len(point.split()) for point in points)
        if words > MAX_POINT_WORDS:
            raise ValidationError(gettext("%(count)d words: sixty at most, together.") % {"count": words})
        return points

    def clean_body(self) -> str:
        """Store one kind of line end and no blank at the end, as the library's files have it."""
        body = self.cleaned_data["body"].replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(line.rstrip() for line in body.strip("\n").split("\n")).strip("\n")

    def values(self) -> dict[str, Any]:
        """Give what `actions` store; call it once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.names}

    def groups(self) -> list[dict[str, Any]]:
        return [self.group(gettext("What one reads"), self.names)]

    def group(self, title: str, names: Iterable[str], hint: str = "", folded: bool = False) -> dict[str, Any]:
        fields = [self[name] for name in names if name in self.fields]
        has_errors = any(field.errors for field in fields)
        return {"title": title, "fields": fields, "hint": hint, "folded": folded and not has_errors}


class ResourceForm(TextForm):
    """A resource, whole."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The end of its address. Left empty, it is made from the title."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Levels"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    main_theme = forms.ChoiceField(
        label=gettext_lazy("Main theme"),
        required=False,
        help_text=gettext_lazy("The one shown above the title."),
    )
    other_themes = forms.MultipleChoiceField(
        label=gettext_lazy("Other themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    addressee = forms.ChoiceField(
        label=gettext_lazy("Addressee"),
        choices=[("", gettext_lazy("none")), *Addressee.choices],
        required=False,
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number in its series"), min_value=1, max_value=999, required=False
    )
    competences = LinesField(
        label=gettext_lazy("Competences"),
        required=False,
        rows=4,
        help_text=gettext_lazy("In their official words, one a line."),
    )
    related = ResourceLinesField(
        label=gettext_lazy("To read next"),
        required=False,
        rows=4,
        help_text=gettext_lazy("The addresses of other resources, one a line, in their order."),
    )
    links = AddressesField(
        label=gettext_lazy("Outside links"),
        required=False,
        rows=4,
        help_text=gettext_lazy("Addresses that stand in the list of checked sources, one a line."),
    )
    source_site = TypedField(label=gettext_lazy("Site"), max_length=120, required=False)
    source_address = forms.URLField(
        label=gettext_lazy("Address of the page"), max_length=400, required=False, assume_scheme="https"
    )
    source_licence = TypedField(label=gettext_lazy("Licence"), max_length=80, required=False)
    media_seconds = forms.IntegerField(
        label=gettext_lazy("Length of the video (seconds)"), min_value=1, required=False
    )
    media_bytes = forms.IntegerField(
        label=gettext_lazy("Weight of the video (bytes)"), min_value=1, required=False
    )
    media_subtitles = forms.TypedChoiceField(
        label=gettext_lazy("Subtitles"),
        choices=SUBTITLES,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
    )
    not_a_duplicate = forms.BooleanField(
        label=gettext_lazy("This is another text: save it all the same"), required=False
    )

    plain_names = (
        *TextForm.names,
        "kind",
        "audiences",
        "levels",
        "language",
        "addressee",
        "number",
        "competences",
        "related",
        "links",
        "source_site",
        "source_address",
        "source_licence",
        "media_seconds",
        "media_bytes",
        "media_subtitles",
    )

    text: Resource
    duplicates: list[dict[str, str]]

    def __init__(self, data: Any = None, *, text: Resource, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(data, text=text, **kwargs)
        choices = [(theme.slug, theme.name) for theme in themes]
        _choices(self, "main_theme", [("", gettext("none")), *choices])
        _choices(self, "other_themes", choices)
        chosen = list(self.initial["themes"])
        self.initial["main_theme"] = chosen[0] if chosen else ""
        self.initial["other_themes"] = chosen[1:]
        if text.pk:
            del self.fields["slug"]
        self.duplicates = []

    def clean_links(self) -> list[str]:
        addresses = self.cleaned_data["links"]
        known = set(Source.objects.filter(address__in=addresses).values_list("address", flat=True))
        unknown = [address for address in addresses if address not in known]
        if unknown:
            message = gettext("Not among the checked sources: %(addresses)s. Add the source first.")
            raise ValidationError(message % {"addresses": " ".join(unknown)})
        return addresses

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("number") and not cleaned.get("addressee"):
            self.add_error("addressee", gettext("A numbered tool sheet says to whom it speaks."))
        if "slug" in self.fields and not self.errors:
            cleaned["slug"] = cleaned.get("slug") or slug_of(cleaned["title"])
            if not cleaned["slug"]:
                self.add_error("slug", gettext("Give an address: no letter of the title can make one."))
        return cleaned

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.plain_names}
        main = self.cleaned_data["main_theme"]
        others = [slug for slug in self.cleaned_data["other_themes"] if slug != main]
        return {**values, "themes": [main, *others] if main else others}

    def groups(self) -> list[dict[str, Any]]:
        whom = ("kind", "audiences", "levels", "main_theme", "other_themes", "language")
        folded = not (self.text.addressee or self.text.competences)
        no_media = not self.text.media_seconds
        return [
            self.group(gettext("What one reads"), ("title", "slug", "summary", "en_bref", "body")),
            self.group(gettext("For whom, about what"), whom),
            self.group(gettext("To go further"), ("related", "links")),
            self.group(gettext("Where it comes from"), ("source_site", "source_address", "source_licence")),
            self.group(gettext("Next review"), ("review_by",)),
            self.group(gettext("Tool sheet"), ("addressee", "number", "competences"), folded=folded),
            self.group(
                gettext("Video"), ("media_seconds", "media_bytes", "media_subtitles"), folded=no_media
            ),
        ]


class VariantForm(TextForm):
    """A version in simple words or in another language."""

    read_by = TypedField(
        label=gettext_lazy("Checked by (named readers)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only with their recorded reading may a text be called easy to read (FALC)."),
    )

    def __init__(self, data: Any = None, *, text: Variant, **kwargs: Any) -> None:
        super().__init__(data, text=text, **kwargs)
        self.initial["read_by"] = text.read_by

    def groups(self) -> list[dict[str, Any]]:
        return [
            self.group(gettext("What one reads"), ("title", "summary", "en_bref", "body")),
            self.group(gettext("Readers"), ("read_by", "review_by")),
        ]


class DecisionForm(forms.Form):
    """Accept now, accept for later, or send back: the button pressed says which."""

    at = MomentField(
        label=gettext_lazy("Publish at"),
        error_messages={"required": gettext_lazy("Choose a day and an hour.")},
        help_text=gettext_lazy("It is published by itself at that moment."),
    )
    reason = TypedField(
        label=gettext_lazy("Why you send it back"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The author reads it: say what to correct, and how."),
        error_messages={"required": NeedsReason.message},
    )
    # Of the words that were shown; the page writes it itself, so that it is never that of an older page.
    edit_number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        """Ask only for what the pressed button needs."""
        super().__init__(data)
        for name, button in (("at", "_publish_at"), ("reason", "_send_back")):
            self.fields[name].required = data is None or button in data


class ArchiveForm(forms.Form):
    """Archive now, or at a moment to come."""

    at = MomentField(
        label=gettext_lazy("Last moment in the library"),
        required=False,
        help_text=gettext_lazy("Left empty: it stays until somebody archives it."),
    )


class CheckedForm(forms.Form):
    """Read again, nothing to change."""

    until = forms.DateField(
        label=gettext_lazy("To be reviewed by"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Left empty: in one year."),
    )


class RenameForm(forms.Form):
    """A new end of the address."""

    slug = forms.SlugField(
        label=gettext_lazy("New address"),
        max_length=80,
        help_text=gettext_lazy("Small letters, digits and hyphens. The former address leads to it for ever."),
    )


class PlaceForm(forms.Form):
    """The place of a resource on the home page."""

    place = forms.IntegerField(
        label=gettext_lazy("Place on the home page"),
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("1 is the first. 0: not put forward."),
    )


class PictureForm(forms.Form):
    """An image and the words for those who do not see it."""

    file = forms.FileField(
        label=gettext_lazy("Image"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, 15 MB at most. It is made anew, smaller, without its place and date."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("File name"),
        max_length=70,
        required=False,
        help_text=gettext_lazy(
            "A few words without accents, “calm-bedroom”. Left empty: the name of your file."
        ),
    )
    alternative = TypedField(
        label=gettext_lazy("Alternative text"),
        max_length=200,
        help_text=gettext_lazy(
            "What one sees, in a few words. It is read aloud, and shown while the image loads."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.get("name") or (
            cleaned["file"].name.rpartition(".")[0] if cleaned.get("file") else ""
        )
        stem = slugify(given.rpartition(".")[0] if given.endswith((".webp", ".png", ".jpg")) else given)[:70]
        if given and not stem:
            self.add_error("name", gettext("Give a name with letters or digits."))
        cleaned["name"] = f"{stem}.webp"
        return cleaned


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _on_one_line(text: str) -> str:
    """Make line ends spaces; no-break spaces stay."""
    return re.sub(r"[ \t]*[\r\n\v\f\x85\u2028\u2029]+[ \t]*", " ", text)


def slug_of(title: str) -> str:
    """Make an address of a title: its first words, sixty characters at most."""
    slug = slugify(title.replace("’", " ").replace("'", " "))
    if len(slug) <= 60:
        return slug
    return slug[:61].rpartition("-")[0] or slug[:60]
