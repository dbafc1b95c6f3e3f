"""One load of a folder: decide for each file what becomes of it, then write in the order references need."""

from dataclasses import dataclass, field

from resources.catalogue import index, version
from resources.catalogue.anytext import texts_of
from resources.catalogue.models import OldSlug, Resource, Variant
from resources.catalogue.rendering import fill_rendering
from resources.files import canon, pictures, rows, storing
from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _
from resources.files.library import image_names
from resources.files.models import LoadedFile

# Waivers and admitted words belong to the checker: they have no rows.
LIST_FILES = ("themes.yml", "sources.yml", "numeros.yml", "glossaire.yml")
EMPTY_LIST = "[]\n"


@dataclass
class LoadReport:
    """Names of files by what became of them.

    `kept`: changed in the file and here, the row kept. `edited`: changed here only. `gone`: loaded once, no
    longer in the folder, the row stays. `unused`: images that no text shows.
    """

    created: list = field(default_factory=list)
    updated: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    edited: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    unused: list = field(default_factory=list)
    pictures: list = field(default_factory=list)

    @property
    def changed(self):
        """Say whether anything was written."""
        return bool(self.created or self.updated or self.pictures)


class Batch:
    """The files of a folder against the rows; `run` raises BadFiles once, with all that was found."""

    def __init__(self, library, overwrite, by):
        self.library = library
        self.overwrite = overwrite
        self.by = by
        self.report = LoadReport()
        self.problems = []
        self.touched = set()
        self.texts = {n: text for n, text in canon.texts_of(library).items() if n != "waivers.yml"}
        self.stored = rows.stored_texts()
        self.digests = dict(LoadedFile.objects.values_list("name", "digest"))
        former = OldSlug.objects.filter(place=OldSlug.Place.RESOURCE)
        self.former = {f"{slug}.md" for slug in former.values_list("slug", flat=True)}
        self.pending = _names_of_pending()

    def run(self):
        """Write what is to be written; the report says what became of each file."""
        wanted = {name for name in self.texts if self._is_to_write(name)}
        lists = [name for name in LIST_FILES if name in wanted]
        for name in lists:
            storing.store_list(name, self.library.lists[name])
        self._write_resources(wanted)
        self._write_variants(wanted)
        for page in self.library.selections.values():
            if page.path in wanted:
                self._attempt(storing.store_collection, page)
        for name in lists:
            self._attempt(storing.remove_gone, name, self.library.lists[name])
        self._write_pictures(wanted)
        if self.problems:
            raise BadFiles(self.problems)
        self._finish(wanted)

    def _is_to_write(self, name):
        """Compare the file, the row and what was last loaded; file the name in the report."""
        place = self._place_of(name)
        place.append(name)
        return place is self.report.created or place is self.report.updated

    def _place_of(self, name):
        report, here, there = self.report, self.stored.get(name), self.texts[name]
        last = self.digests.get(name)
        if here is None and name in LIST_FILES and (last is not None or there == EMPTY_LIST):
            here = EMPTY_LIST
        if here is None:
            # Loaded once and no longer here, or an address given up: somebody removed or renamed it here.
            removed = last is not None or name in self.former
            return report.kept if removed and not self.overwrite else report.created
        if here == there:
            return report.unchanged
        if self.overwrite or (canon.digest(here) == last and name not in self.pending):
            return report.updated
        return report.edited if canon.digest(there) == last else report.kept

    def _write_resources(self, wanted):
        pages = [page for page in self.library.resources.values() if page.path in wanted]
        slugs = [page.meta["slug"] for page in pages]
        taken = [page for page in pages if page.meta.get("number") and storing.number_taken(page, slugs)]
        if taken:
            reason = _("Number %(number)s of this series is already taken.")
            raise BadFiles(
                Finding(page.path, page.line_of("number"), "", reason, {"number": page.meta["number"]})
                for page in taken
            )
        storing.free_numbers(pages)
        stored = [(page, self._attempt(storing.store_resource, page, self.by)) for page in pages]
        for page, resource in stored:
            if resource is not None:
                storing.store_related(page)
                self.touched.add(resource.pk)

    def _write_variants(self, wanted):
        for (slug, key), page in sorted(self.library.variants.items()):
            if page.path not in wanted:
                continue
            resource = Resource.objects.filter(slug=slug).first()
            if resource is None:
                self._put_off(page.path, wanted)
                continue
            if self._attempt(storing.store_variant, page, resource, key, self.by):
                self.touched.add(resource.pk)

    def _put_off(self, name, wanted):
        """Keep aside a version whose resource was removed here."""
        wanted.discard(name)
        for place in (self.report.created, self.report.updated):
            if name in place:
                place.remove(name)
        self.report.kept.append(name)

    def _write_pictures(self, wanted):
        """Bring images in line with texts that are the file's; what shows a new one is rendered again."""
        shown: dict[str, set[str]] = {}
        for page in [*self.library.resources.values(), *self.library.variants.values()]:
            names = {name for _line, _alternative, name in image_names(page)}
            if names and page.path in wanted.union(self.report.unchanged):
                shown.setdefault(page.path.partition(".")[0], set()).update(names)
        for resource in Resource.objects.filter(slug__in=shown):
            if self._attempt(pictures.store_pictures, resource, shown[resource.slug], self.library.images):
                for text in texts_of(resource):
                    fill_rendering(text)
                    text.save(update_fields=["html", "headings", "renderer", "reading_minutes"])
                self.report.pictures.append(resource.slug)
                self.touched.add(resource.pk)
        used = {name for page in self.library.pages() for _line, _alternative, name in image_names(page)}
        self.report.unused = sorted(set(self.library.images) - used)

    def _attempt(self, act, *arguments):
        try:
            return act(*arguments)
        except BadFiles as error:
            self.problems += error.findings
            return None

    def _finish(self, wanted):
        if "themes.yml" in wanted:
            # A theme's name finds its resources: any of them may have changed.
            index.rebuild()
        elif self.touched:
            index.refresh(self.touched)
        if self.touched or wanted:
            version.bump()
        for name in sorted(wanted.union(self.report.unchanged)):
            digest = canon.digest(self.texts[name])
            if self.digests.get(name) != digest:
                LoadedFile.objects.update_or_create(name=name, defaults={"digest": digest})
        self.report.gone = sorted(set(self.digests) - set(self.texts))


def wrong_together(library):
    """Return what only the folder and the rows together show: unknown slugs, a series number given twice."""
    return [*_unknown_slugs(library), *_series_twice(library)]


def _unknown_slugs(library):
    known = set(library.resources) | set(Resource.objects.values_list("slug", flat=True))
    unread = {one.path for one in library.problems}
    for page in (*library.resources.values(), *library.selections.values()):
        own = page.meta["slug"] if page.path in library.texts and "kind" in page.meta else None
        for line, slug in _slugs_named(page):
            if (slug not in known and f"{slug}.md" not in unread) or slug == own:
                reason = _("The resource “%(slug)s” does not exist.")
                yield Finding(page.path, line, "", reason, {"slug": slug})


def _slugs_named(page):
    further = page.meta.get("pour_aller_plus_loin") or {}
    for place, slug in enumerate(further.get("related") or ()):
        yield page.line_of("pour_aller_plus_loin", "related", place), slug
    for place, entry in enumerate(page.meta.get("items") or ()):
        yield page.line_of("items", place), entry["slug"]


def _series_twice(library):
    seen: dict[tuple, str] = {}
    for page in sorted(library.resources.values(), key=lambda page: page.path):
        number = page.meta.get("number")
        series = (page.meta.get("addressee"), number)
        if number and series in seen:
            reason = _("Number %(number)s of this series is already that of %(other)s.")
            params = {"number": number, "other": seen[series]}
            yield Finding(page.path, page.line_of("number"), "", reason, params)
        seen.setdefault(series, page.path)


def _names_of_pending():
    """Return the names of files whose row holds changes that wait to be accepted."""
    resources = Resource.objects.filter(pending__isnull=False).values_list("slug", flat=True)
    variants = Variant.objects.filter(pending__isnull=False).values_list("resource__slug", "key")
    return {f"{slug}.md" for slug in resources} | {f"{slug}.{key}.md" for slug, key in variants}
