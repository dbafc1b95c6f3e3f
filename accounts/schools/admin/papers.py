"""The shelf of documents."""

from typing import IO, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.people.models import User
from accounts.people.names import clean_title
from accounts.schools import policy
from accounts.schools.actions import documents as actions
from accounts.schools.administration import SchoolPolicy, SchoolScopedAdmin
from accounts.schools.errors import SchoolError
from accounts.schools.models import Document
from accounts.schools.words import day_in_words
from foundation.uploads import UploadError


class PaperForm(forms.ModelForm):
    """A paper and its readers; the file is sent once."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("20 MB at most: PDF, or an image (JPEG, PNG, WebP)."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: actions.Taken | None = None

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        return title if self.instance.pk and title == self.instance.title else clean_title(title, 120)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if self.instance.pk:
            return None
        if not file:
            raise ValidationError(gettext("Choose a file."))
        try:
            self.taken = actions.take_file(cast(IO[bytes], file), file.name, file.size)
        except UploadError as error:
            raise ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        values = cast(dict[str, Any], super().clean() or self.cleaned_data)
        if values.get("readers") != Document.Readers.CLASSES:
            values["classrooms"] = []
        elif not values.get("classrooms"):
            self.add_error("classrooms", gettext("Tick at least one class."))
        return values

    def _post_clean(self) -> None:
        """Leave the instance alone: the action writes."""


@admin.register(Document)
class DocumentAdmin(SchoolScopedAdmin):
    questions = SchoolPolicy(
        view=policy.can_keep_documents,
        add=policy.can_keep_documents,
        change=policy.can_keep_documents,
        delete=policy.can_keep_documents,
    )
    refusals = (SchoolError,)
    form = PaperForm
    lede = gettext_lazy("The shelf: each paper with who may read it.")
    list_display = ["title", "dated"]
    list_filter = ["kind", "readers"]
    list_select_related = ["school"]
    search_fields = ["title"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shared = ["school", "title", "kind", "dated", "readers", "classrooms"]
        return shared if obj else [*shared, "file"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["school"] if obj else []

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, **{**kwargs, "widget": forms.CheckboxSelectMultiple}
        )

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.title,
            "who": obj.get_kind_display(),
            "notes": [day_in_words(obj.dated)],
            "meta": f"{obj.get_readers_display()} · {obj.school.name}",
        }

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if not change:
            form.instance.school = form.cleaned_data["school"]
        return form.instance

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> models.Model:
        values, rooms = form.cleaned_data, list(form.cleaned_data["classrooms"])
        if change:
            actions.revise_document(obj, values, rooms, by=by)
            return obj
        return actions.add_document(obj.school, values, rooms, form.taken, by=by)

    def remove(self, obj: Any, *, by: User) -> None:
        actions.remove_document(obj, by=by)
