"""A whole folder of the library, read and checked file by file: nothing is written, no database is asked."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.text import slugify

from resources.files import frontmatter, schema, strict_yaml
from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
IMAGE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:webp|png|jpe?g)\Z")
MAX_FILES = 20_000
MAX_BYTES = 15_000_000
# List files: name → keys of one entry, and the key that must not come twice.
LISTS = {
    "themes.yml": (schema.THEME, "slug"),
    "glossaire.yml": (schema.GLOSSARY, "term"),
    "sources.yml": (schema.SOURCE, "address"),
    "numeros.yml": (schema.NUMBER, "number"),
    "waivers.yml": (schema.WAIVER, None),
}
WORDS_FILE = "mots-admis.txt"
_KNOWN_FOLDERS = ("images", "selections")


@dataclass
class Library:
    """What the folder holds: pages by slug, variants by (slug, key), lists with the line of each entry."""

    folder: Path
    resources: dict = field(default_factory=dict)
    variants: dict = field(default_factory=dict)
    selections: dict = field(default_factory=dict)
    lists: dict = field(default_factory=lambda: {name: [] for name in LISTS})
    entry_lines: dict = field(default_factory=lambda: {name: [] for name in LISTS})
    known_words: frozenset = frozenset()
    images: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    def pages(self):
        """Return every Markdown page, by path."""
        pages = [*self.resources.values(), *self.variants.values(), *self.selections.values()]
        return sorted(pages, key=lambda page: page.path)


def read_library(folder, *, known_themes=(), known_slugs=()):
    """Return the Library in a folder; what cannot be read is named in its `problems`, never raised.

    `known_themes` and `known_slugs` are those that stand elsewhere and may be referred to.
    """
    library = Library(Path(folder))
    if not library.folder.is_dir():
        library.problems.append(Finding(str(folder), 1, "", _("There is no such folder.")))
        return library
    paths = _paths(library)
    for path in paths:
        _read_one(library, path)
    _check_together(library, set(known_themes), set(known_slugs))
    return library


def image_names(page):
    """Return [(line, alternative text, file name)] of the images a page shows."""
    return [
        (number, found.group(1).strip(), found.group(2))
        for number, line in enumerate(page.body.split("\n"), start=page.body_line)
        for found in IMAGE.finditer(line)
    ]


def _paths(library):
    """List the files of the folder and of its known sub-folders; links and strange names are told."""
    found = []
    for folder in (library.folder, *(library.folder / name for name in _KNOWN_FOLDERS)):
        # The folder itself was named by whoever runs the command: it may be a link.
        if (folder.is_symlink() and folder != library.folder) or not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            name = path.relative_to(library.folder).as_posix()
            if path.name.startswith(".") or (path.is_dir() and not path.is_symlink()):
                continue
            if path.is_symlink() or not path.is_file():
                reason = _("This is a link or a special file: only plain files are read.")
                library.problems.append(Finding(name, 1, "", reason))
            else:
                found.append(name)
    if len(found) > MAX_FILES:
        library.problems.append(Finding(str(library.folder), 1, "", _("There are too many files here.")))
        return []
    return found


def _read_one(library, name):
    path = library.folder / name
    if path.stat().st_size > MAX_BYTES:
        library.problems.append(Finding(name, 1, "", _("This file is too heavy.")))
        return
    try:
        if name.startswith("images/"):
            library.images[path.name] = path
            if not IMAGE_NAME.match(path.name):
                reason = _(
                    "An image's name is small letters, digits and hyphens, ending in .webp, .png or .jpg."
                )
                library.problems.append(Finding(name, 1, "", reason))
        elif name in LISTS:
            library.lists[name], library.entry_lines[name] = _read_list(library, name, path.read_bytes())
        elif name == WORDS_FILE:
            library.known_words = frozenset(frontmatter.decode(path.read_bytes(), name).split("\n")) - {""}
        elif name.endswith(".md"):
            _read_page(library, name, path.read_bytes())
    except BadFiles as error:
        library.problems += error.findings


def _read_page(library, name, data):
    stem = name.removesuffix(".md")
    keys, where = _schema_of(stem)
    page = frontmatter.read(data, name, keys)
    library.texts[name] = frontmatter.decode(data, name)
    slug, _dot, variant = stem.rpartition("/")[2].partition(".")
    if where == "variants":
        library.variants[slug, variant] = page
        if page.meta["variant"] != variant:
            reason = _("“%(value)s” is not the version that the file's name gives (“%(name)s”).")
            params = {"value": page.meta["variant"], "name": variant}
            library.problems.append(Finding(name, page.line_of("variant"), "", reason, params))
        return
    kept = getattr(library, where)
    if page.meta["slug"] in kept:
        reason = _("The slug “%(slug)s” is already that of %(other)s.")
        params = {"slug": page.meta["slug"], "other": kept[page.meta["slug"]].path}
        library.problems.append(Finding(name, page.line_of("slug"), "", reason, params))
        return
    kept[page.meta["slug"]] = page
    if page.meta["slug"] != slug:
        reason = _("The slug “%(slug)s” is not the file's name (“%(name)s”).")
        params = {"slug": page.meta["slug"], "name": slug}
        library.problems.append(Finding(name, page.line_of("slug"), "", reason, params))


def _schema_of(stem):
    if stem.startswith("selections/"):
        return schema.SELECTION, "selections"
    if "." in stem:
        return schema.VARIANT, "variants"
    return schema.RESOURCE, "resources"


def _read_list(library, name, data):
    text = frontmatter.decode(data, name)
    entries, lines = strict_yaml.load(text, name)
    keys, unique = LISTS[name]
    entries = entries or []
    if not isinstance(entries, list):
        raise BadFiles([Finding(name, 1, "", _("This file must be a list of lines “- {key: value, …}”."))])
    found = []
    for index, entry in enumerate(entries):
        line = lines[(index,)]
        if not isinstance(entry, dict):
            reason = _("Each line of this list must be written {key: value, …}.")
            found.append(Finding(name, line, "", reason))
            continue
        found += schema.check_values(
            entry, keys, name, lambda *where, line=line: lines.get(where, line), (index,)
        )
    if not found and unique:
        counts = Counter(_identity(entry[unique]) for entry in entries)
        for index, entry in enumerate(entries):
            if counts[_identity(entry[unique])] > 1:
                reason = _("“%(value)s” is there twice.")
                found.append(Finding(name, lines[(index,)], "", reason, {"value": entry[unique]}))
    if found:
        raise BadFiles(found)
    library.texts[name] = text
    return entries, [lines[(index,)] for index in range(len(entries))]


def _identity(value):
    """Return what two entries may not share: their anchor on the page, or the address itself."""
    return value if value.startswith("http") else slugify(value)


def _check_together(library, themes, slugs):
    """Tell what no file can know alone: unknown themes, variants without their source, images missing."""
    themes |= {entry["slug"] for entry in library.lists["themes.yml"]}
    slugs |= set(library.resources)
    tell = library.problems.append
    for page in library.resources.values():
        for slug in page.meta.get("themes") or ():
            if slug not in themes:
                reason = _("The theme “%(theme)s” is unknown.")
                tell(Finding(page.path, page.line_of("themes"), "", reason, {"theme": slug}))
    for index, entry in enumerate(library.lists["numeros.yml"]):
        for slug in entry.get("themes") or ():
            if slug not in themes:
                line = library.entry_lines["numeros.yml"][index]
                tell(
                    Finding("numeros.yml", line, "", _("The theme “%(theme)s” is unknown."), {"theme": slug})
                )
    unread = {problem.path for problem in library.problems}
    for (slug, _key), page in library.variants.items():
        if slug not in slugs and f"{slug}.md" not in unread:
            reason = _("This is a version of “%(slug)s”, which is not here.")
            tell(Finding(page.path, 1, "", reason, {"slug": slug}))
    for page in library.pages():
        _check_images(library, page)


def _check_images(library, page):
    for line, alternative, name in image_names(page):
        if name not in library.images:
            reason = _("The image “%(name)s” is not in the folder images/.")
            library.problems.append(Finding(page.path, line, "", reason, {"name": name[:80]}))
        elif not alternative:
            reason = _("The image “%(name)s” has no alternative text.")
            library.problems.append(Finding(page.path, line, "", reason, {"name": name}))
