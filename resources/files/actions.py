"""Load the library's folder into the database, write it back, render it again: each one transaction."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from foundation.html import LIBRARY, RENDERER_VERSION, HtmlError, render
from resources.catalogue import index, version
from resources.catalogue.models import Picture, Resource, Theme, Variant
from resources.catalogue.rendering import fill_rendering
from resources.collections.models import Collection
from resources.files import pictures, rows
from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _
from resources.files.library import read_library
from resources.files.loading import Batch, wrong_together

__all__ = ["ExportReport", "export_library", "load_library", "rerender_library"]


@dataclass
class ExportReport:
    """Names of files written, already the same, and in the folder but not in the library."""

    written: list = field(default_factory=list)
    same: list = field(default_factory=list)
    strange: list = field(default_factory=list)


@transaction.atomic
def load_library(folder, *, overwrite=False, by=None):
    """Bring the rows in line with the files that changed; return a loading.LoadReport.

    A row changed since its file was loaded is kept unless `overwrite`. Raises BadFiles with every bad file by
    name, line and reason; nothing of the batch is stored then.
    """
    library = read_library(
        folder,
        known_themes=Theme.objects.values_list("slug", flat=True),
        known_slugs=Resource.objects.values_list("slug", flat=True),
    )
    problems = library.problems + wrong_together(library)
    if problems:
        raise BadFiles(problems)
    batch = Batch(library, overwrite, by)
    batch.run()
    return batch.report


@transaction.atomic
def export_library(folder):
    """Write every row to its file in a folder, but for files that say the same; return an ExportReport."""
    folder = Path(folder)
    contents = {name: text.encode() for name, text in rows.stored_texts().items()}
    for picture in Picture.objects.order_by("name", "resource__slug"):
        contents.setdefault(f"images/{picture.name}", pictures.picture_bytes(picture))
    report = ExportReport()
    for name, content in sorted(contents.items()):
        changed = _write(folder, name, content)
        (report.written if changed else report.same).append(name)
    pages = (*folder.glob("*.md"), *folder.glob("selections/*.md"))
    report.strange = sorted({path.relative_to(folder).as_posix() for path in pages} - set(contents))
    return report


@transaction.atomic
def rerender_library():
    """Render again each text of an older renderer; return (how many, [(text, why)] of those that refuse).

    An index that an older analyser made is made again too.

    What can no longer be rendered keeps its old page.
    """
    refused: list[tuple] = []
    touched: set[int] = set()
    count = 0
    for model in (Resource, Variant, Collection):
        old = model.objects.select_for_update().filter(renderer__lt=RENDERER_VERSION).order_by("pk")
        for text in old:
            try:
                _render(text)
            except HtmlError as error:
                refused.append((text, str(error)))
                continue
            count += 1
            if isinstance(text, Resource):
                touched.add(text.pk)
            elif isinstance(text, Variant):
                touched.add(text.resource_id)
    if index.LIBRARY_INDEX.is_stale():
        index.rebuild()
        version.bump()
    elif count:
        index.refresh(touched)
        version.bump()
    return count, refused


def _render(text):
    if isinstance(text, Collection):
        rendered = render(text.introduction, LIBRARY)
        text.html, text.renderer = rendered.html, rendered.version
        text.save(update_fields=["html", "renderer"])
    else:
        fill_rendering(text)
        text.save(update_fields=["html", "headings", "renderer", "reading_minutes"])


def _write(folder, name, content):
    """Write one file unless it says the same; return whether it was written."""
    path = folder / name
    if path.is_symlink() or path.parent.is_symlink():
        reason = _("This is a link or a special file: only plain files are written.")
        raise BadFiles([Finding(name, 1, "", reason)])
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True
