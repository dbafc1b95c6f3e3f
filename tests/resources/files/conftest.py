"""A small folder of the library to write, read and break."""

import pytest

from resources.files import frontmatter, schema
from resources.files.library import Library

GUIDE = """---
title: "Comment préparer un rendez-vous ?"
slug: rendez-vous
summary: "Trois questions sur un papier, et les mots viennent mieux."
en_bref: ["Écrivez vos questions.", "Venez à deux.", "L’école répond."]
kind: guide
audiences: [parents]
levels: [maternelle, elementaire]
themes: [parler]
language: fr
source: {site: "Préau", address: "", licence: "CC BY-SA 4.0"}
pour_aller_plus_loin: {related: [bulletin], links: ["https://example.org/page"]}
status: published
published: 2026-11-24
reviewed: 2026-11-24
review_by: 2027-11-24
---
## Ce soir
Prenez un papier.
"""
BULLETIN = GUIDE.replace("rendez-vous", "bulletin").replace("related: [bulletin]", "related: [rendez-vous]")
SIMPLE = """---
title: "Préparer un rendez-vous ?"
variant: simple
en_bref: ["Écrivez vos questions.", "Venez à deux.", "L’école répond."]
reviewed: 2026-11-24
---
## Ce soir
Prenez un papier.
Écrivez 3 questions.
"""
SELECTION = """---
title: "Pour commencer"
slug: pour-commencer
items:
  - {slug: rendez-vous, note: "Le premier pas."}
  - {slug: bulletin, note: "Ensuite, au calme."}
status: published
published: 2026-11-24
---
Un guide par semaine.
"""
THEMES = """- {slug: parler, name: "Parler avec l’école", line: "Rendez-vous et bulletins."}
- {slug: ecrans, name: "Écrans", line: "Des soirées calmes."}
"""
GLOSSARY = """- {term: "CPE", line: "adulte responsable de la vie scolaire"}
- {term: "ENT", line: "site de l’école"}
"""
SOURCES = (
    '- {address: "https://example.org/page", title: "Une page", publisher: "Un site", grade: A,'
    " checked: 2026-11-24}\n"
)
NUMBERS = (
    '- {number: "3018", name: "Harcèlement", line: "C’est gratuit.", hours: "de 9 h à 23 h",'
    " themes: [parler]}\n"
)
FILES = {
    "rendez-vous.md": GUIDE,
    "bulletin.md": BULLETIN,
    "rendez-vous.simple.md": SIMPLE,
    "selections/pour-commencer.md": SELECTION,
    "themes.yml": THEMES,
    "glossaire.yml": GLOSSARY,
    "sources.yml": SOURCES,
    "numeros.yml": NUMBERS,
}


def write(folder, files):
    """Write {name: text or bytes} under a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def contents(folder):
    """Return {name: bytes} of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def folder(tmp_path):
    """A folder of eight files that load."""
    return write(tmp_path / "library", FILES)


def make_page(body="", *, name="page.md", **changes):
    """Return the Page of a guide (or, by its name, a variant or selection) with this body and these keys."""
    if name.startswith("selections/"):
        keys, meta = schema.SELECTION, {"title": "Une sélection", "slug": "page", "status": "published"}
    elif name.count(".") > 1:
        keys, meta = schema.VARIANT, {"title": "Une page\u00a0?", "variant": name.split(".")[1]}
    else:
        keys = schema.RESOURCE
        meta = {
            "title": "Une page\u00a0?",
            "slug": "page",
            "kind": "guide",
            "audiences": ["parents"],
            "language": "fr",
            "status": "draft",
        }
    meta |= changes
    text = frontmatter.write({key: value for key, value in meta.items() if value is not None}, keys, body)
    return frontmatter.read(text.encode(), name, keys)


def make_library(*pages, **lists):
    """Return a Library of pages, with list entries by name: make_library(page, glossaire=[…])."""
    library = Library("nowhere")
    for page in pages:
        if page.path.startswith("selections/"):
            library.selections[page.meta["slug"]] = page
        elif "variant" in page.meta:
            library.variants[page.path.partition(".")[0], page.meta["variant"]] = page
        else:
            library.resources[page.meta["slug"]] = page
    for name, entries in lists.items():
        library.lists[f"{name}.yml"] = entries
        library.entry_lines[f"{name}.yml"] = list(range(1, len(entries) + 1))
    return library
