"""A paper for the shelf, and who may read it."""

from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from accounts.people.names import clean_title
from accounts.schools.actions.documents import Taken, take_file
from accounts.schools.forms.people import day_field
from accounts.schools.models import Classroom, Document, School
from foundation.typed import TypedField
from foundation.uploads import UploadError


class DocumentForm(forms.ModelForm):
    """Title, kind, date, readers; with a file when it is new."""

    title = TypedField(label=gettext_lazy("Title"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Document.Kind.choices)
    dated = day_field(gettext_lazy("Date of the document"))
    readers = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=Document.Readers.choices,
        initial=Document.Readers.MEMBERS,
        widget=forms.RadioSelect,
    )
    classrooms = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which classes"),
        help_text=gettext_lazy("Only if you chose “some classes”."),
        queryset=Classroom.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("20 MB at most: PDF, or an image (JPEG, PNG, WebP)."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Document
        fields = ["title", "kind", "dated", "readers"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: Taken | None = None
        cast(Any, self.fields["classrooms"]).queryset = Classroom.objects.of_school(school).current()
        if self.instance.pk:
            del self.fields["file"]
            self.initial["classrooms"] = [room.pk for room in self.instance.classrooms.all()]

    def _post_clean(self) -> None:
        """Leave the instance alone: the action writes."""

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        return title if self.instance.pk and title == self.instance.title else clean_title(title, 120)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.taken = take_file(cast(IO[bytes], file), file.name, file.size)
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
