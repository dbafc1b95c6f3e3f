"""Fields of the curators' forms that hold lists, other resources and moments."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext

from foundation.typed import typed
from resources.catalogue.models import Resource


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A day and an hour, by the browser's own calendar."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class LinesField(forms.Field):
    """A list of texts, one a line; empty lines are left out."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value: Any) -> object:
        return "\n".join(str(line) for line in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        text = typed(str(self.prepare_value(value) or ""))
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or "") != self.to_python(data or "")


class AddressesField(LinesField):
    """Web addresses, one a line."""

    def run_validators(self, value: list[str]) -> None:
        check = URLValidator(schemes=["http", "https"])
        for line in value:
            try:
                check(line)
            except ValidationError as error:
                message = gettext("“%(line)s” is not a whole address, beginning with https://.")
                raise ValidationError(message % {"line": line}) from error


class ResourceLinesField(LinesField):
    """Other resources by the end of their address, or the whole of it; gives their slugs, each once."""

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value)
        slugs = list(dict.fromkeys(slug_in(line) for line in lines))
        known = set(Resource.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        unknown = [slug for slug in slugs if slug not in known]
        if unknown:
            message = gettext("No resource has this address: %(slugs)s.")
            raise ValidationError(message % {"slugs": ", ".join(unknown)})
        return slugs


def slug_in(line: str) -> str:
    """Take the slug out of "slug", "/ressources/slug/" or the whole address."""
    parts = [part for part in urlsplit(line).path.split("/") if part]
    if parts[:1] == ["ressources"]:
        return parts[1] if len(parts) > 1 else ""
    return parts[-1] if parts else line
