"""The one canonical text of each file of the library: what export writes and what digests compare."""

import hashlib

from django.utils.text import slugify

from resources.files import frontmatter, schema
from resources.files.library import LISTS

# List files whose order says nothing: sorted, so that export needs no place of its own for them.
_SORTED = {
    "glossaire.yml": lambda entry: slugify(entry["term"]),
    "sources.yml": lambda entry: entry["address"],
}


def page_text(name, meta, body):
    """Return the canonical text of a Markdown file; its name ("selections/x.md") says which keys."""
    return frontmatter.write(meta, schema_of(name), body)


def list_text(name, entries):
    """Return the canonical text of a list file, one entry a line."""
    if name in _SORTED:
        entries = sorted(entries, key=_SORTED[name])
    return frontmatter.write_entries(entries, LISTS[name][0])


def schema_of(name):
    """Return the keys of a Markdown file by its name."""
    if name.startswith("selections/"):
        return schema.SELECTION
    return schema.VARIANT if name.count(".") > 1 else schema.RESOURCE


def texts_of(library):
    """Return {file name: canonical text} of all that could be read in a folder."""
    texts = {page.path: page_text(page.path, page.meta, page.body) for page in library.pages()}
    for name in LISTS:
        if name in library.texts:
            texts[name] = list_text(name, library.lists[name])
    return texts


def digest(text):
    """Return the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
