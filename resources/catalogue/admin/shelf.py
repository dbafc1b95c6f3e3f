"""Themes, checked sources and help numbers: short rows, each change seen at once by readers."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.people.models import User
from accounts.people.requests import SignedInRequest
from foundation.administration import AdminPolicy, PolicyAdmin
from resources.catalogue import actions
from resources.catalogue.admin.texts import may_edit
from resources.catalogue.errors import LibraryError
from resources.catalogue.models import HelpNumber, Source, Theme
from resources.catalogue.words import day_in_words

CURATORS = AdminPolicy(view=may_edit, add=may_edit, change=may_edit, delete=may_edit)


class ShelfAdmin(PolicyAdmin):
    """A row without review: curators write it, an action stores it."""

    policy = CURATORS
    refusals = (LibraryError,)

    def store(self, obj: Any, by: User) -> None:
        raise NotImplementedError

    def remove(self, obj: Any, by: User) -> None:
        raise NotImplementedError

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool
    ) -> None:
        self.store(obj, cast(SignedInRequest, request).user)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        self.remove(obj, cast(SignedInRequest, request).user)


@admin.register(Theme)
class ThemeAdmin(ShelfAdmin):
    lede = gettext_lazy("The subjects parents look for, in the order of the home page.")
    list_display = ["name", "position"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "line", "position"]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        place = gettext("Place %(number)d") % {"number": obj.position + 1}
        return {"title": obj.name, "who": place, "summary": obj.line}

    def store(self, obj: Any, by: User) -> None:
        actions.store_theme(obj, by=by)

    def remove(self, obj: Any, by: User) -> None:
        actions.delete_theme(obj, by=by)


@admin.register(Source)
class SourceAdmin(ShelfAdmin):
    lede = gettext_lazy("The outside pages that texts may link to, and how well each was checked.")
    list_display = ["title", "publisher", "checked"]
    list_filter = ["grade"]
    search_fields = ["title", "publisher", "address"]
    fields = ["address", "title", "publisher", "grade", "checked"]
    ordering = ["publisher", "title"]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.title,
            "who": obj.publisher,
            "notes": [f"{obj.grade}", day_in_words(obj.checked)],
            "meta": obj.address,
        }

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "address":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def store(self, obj: Any, by: User) -> None:
        actions.store_source(obj, by=by)

    def remove(self, obj: Any, by: User) -> None:
        actions.delete_source(obj, by=by)


class HelpNumberForm(forms.ModelForm):
    """Themes of a number are a choice, stored as slugs."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes whose pages show it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = HelpNumber
        fields = ["number", "name", "line", "hours", "themes", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = cast(forms.MultipleChoiceField, self.fields["themes"])
        themes.choices = [(theme.slug, theme.name) for theme in Theme.objects.all()]


@admin.register(HelpNumber)
class HelpNumberAdmin(ShelfAdmin):
    lede = gettext_lazy("National numbers only, checked at their source: a wrong one may cost a life.")
    list_display = ["name", "position"]
    search_fields = ["number", "name"]
    form = HelpNumberForm

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        notes = [obj.hours] if obj.hours else []
        return {"title": f"{obj.number} · {obj.name}", "notes": notes, "summary": obj.line}

    def store(self, obj: Any, by: User) -> None:
        actions.store_help_number(obj, by=by)

    def remove(self, obj: Any, by: User) -> None:
        actions.delete_help_number(obj, by=by)
