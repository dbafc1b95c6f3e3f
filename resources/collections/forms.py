"""The form of a selection and of its ordered resources."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext, gettext_lazy

from foundation.typed import TypedField
from resources.catalogue.inputs import DateInput, slug_in
from resources.catalogue.models import Resource, Status
from resources.collections.actions import FIELDS, Item
from resources.collections.models import Collection

EMPTY_ROWS = 3
STATES = [
    (Status.DRAFT.value, gettext_lazy("Draft: only curators see it")),
    (Status.PUBLISHED.value, gettext_lazy("Published: everyone sees it")),
    (Status.ARCHIVED.value, gettext_lazy("Archived: it left the site")),
]


class CollectionForm(forms.Form):
    """What stands above the list."""

    title = TypedField(label=gettext_lazy("Title"), max_length=120)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=80,
        help_text=gettext_lazy("Small letters, digits and hyphens. A former address leads to the new one."),
    )
    introduction = TypedField(
        label=gettext_lazy("Introduction"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Why these texts, for whom, when. Markdown, as in a text."),
    )
    status = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, widget=forms.RadioSelect)
    starts = forms.DateField(label=gettext_lazy("Shown from"), required=False, widget=DateInput())
    ends = forms.DateField(label=gettext_lazy("Shown until"), required=False, widget=DateInput())
    featured = forms.IntegerField(
        label=gettext_lazy("Place on the home page"),
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("1 is the first. 0: not put forward."),
    )
    edit_number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, collection: Collection) -> None:
        names = (*FIELDS, "slug", "edit_number")
        super().__init__(data, initial={name: getattr(collection, name) for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and starts > ends:
            self.add_error("ends", gettext("It ends before it begins: check the two dates."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class ItemForm(forms.Form):
    """One resource: its place, its address, the reason."""

    place = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=999, required=False)
    resource = forms.CharField(
        label=gettext_lazy("Resource"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-suggest": reverse_lazy("admin:resources_suggestions")}),
        help_text=gettext_lazy("The end of its address. Empty: taken off the selection."),
    )
    note = TypedField(
        label=gettext_lazy("Why we advise it"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_resource(self) -> str:
        given = self.cleaned_data["resource"].strip()
        return slug_in(given) if given else ""


class Items(forms.BaseFormSet):
    def clean(self) -> None:
        """Ask once which of the addresses exist."""
        slugs = {form.cleaned_data["resource"] for form in self.forms if form.cleaned_data.get("resource")}
        known = set(Resource.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        for form in self.forms:
            slug = form.cleaned_data.get("resource", "") if form.is_valid() else ""
            if slug and slug not in known:
                said = gettext("No resource has this address: %(slugs)s.")
                form.add_error("resource", said % {"slugs": slug})
        if slugs - known:
            raise ValidationError(gettext("A resource of the list does not exist."))

    def items(self) -> list[Item]:
        """The rows that name a resource, by their number, then as they stand."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("resource")]
        rows.sort(key=lambda row: row.get("place") or 1_000)
        return [Item(row["resource"], row.get("note", "")) for row in rows]


ItemFormSet = forms.formset_factory(ItemForm, formset=Items, extra=EMPTY_ROWS, max_num=60)


def item_rows(collection: Collection) -> list[dict[str, Any]]:
    """Initial values of the rows of a stored selection."""
    if not collection.pk:
        return []
    items = collection.items.select_related("resource").order_by("position")
    return [
        {"place": place, "resource": item.resource.slug, "note": item.note}
        for place, item in enumerate(items, start=1)
    ]
