"""Files in the form of a message: chosen, kept when the form comes back, taken off again; shown with it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.schools.models import Membership
from exchanges.discussions.actions import attaching
from exchanges.discussions.errors import CannotWrite
from exchanges.discussions.models import Attachment

ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
# Four files of 20 MB, and the text.
HEAVIEST_FORM = 81_000_000


class ManyFiles(forms.ClearableFileInput):
    """One field, several files; nothing to clear."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return list(files.getlist(name)) if hasattr(files, "getlist") else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class FilesField(forms.Field):
    """What was chosen this time; may be nothing."""

    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, value: Any) -> list[UploadedFile]:
        return list(value or [])


class TakesFiles(forms.Form):
    """A form whose files outlive it: those accepted once need not be chosen again.

    `self.attached` holds, after `is_valid`, the rows to give to the message. Files are taken even where some
    other field is wrong, so that nothing is lost.
    """

    attachments = FilesField(
        label=gettext_lazy("Pictures or PDF"),
        help_text=gettext_lazy("Four at most, 20 MB each. Where and when a photo was taken is not kept."),
        required=False,
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, uploader: Membership, pictures_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uploader = uploader
        self.attached: list[Attachment] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kept = [key for key in str(cleaned.get("kept") or "").split() if f"drop_{key}" not in self.data]
        self.attached = attaching.unsent(self.uploader, kept) if kept else []
        try:
            self.attached += attaching.keep(cleaned.get("attachments") or [], self.uploader, self.attached)
        except CannotWrite as error:
            self.add_error("attachments", error.words)
        if cleaned.get("anonymous") and not all(file.is_picture for file in self.attached):
            self.add_error(
                "attachments",
                gettext("Without your name, only pictures can be sent: a document may say whose it is."),
            )
        return cleaned

    @property
    def kept_rows(self) -> list[dict[str, str]]:
        """The files that are kept, for the form that comes back."""
        return [
            {"key": file.key, "name": file.name, "size": filesizeformat(file.size)} for file in self.attached
        ]

    @property
    def kept_keys(self) -> str:
        return " ".join(file.key for file in self.attached)


def file_rows(files: Iterable[Attachment]) -> list[dict[str, Any]]:
    """What the page of a message shows of its files."""
    return [
        {
            "url": reverse("attachment", args=[file.key, file.name]),
            "name": file.name,
            "size": filesizeformat(file.size),
            "is_picture": file.is_picture,
            "width": file.width,
            "height": file.height,
            "alt": file.alt or gettext("Picture sent with the message: %(name)s") % {"name": file.name},
        }
        for file in files
    ]


def rows_by_post(files: Sequence[Attachment]) -> dict[int, list[dict[str, Any]]]:
    """The rows of a page's files, by the id of their message."""
    found: dict[int, list[Attachment]] = {}
    for file in files:
        if file.post_id is not None:
            found.setdefault(file.post_id, []).append(file)
    return {post: file_rows(rows) for post, rows in found.items()}
