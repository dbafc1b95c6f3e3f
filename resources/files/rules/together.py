"""K20 related and placed; and what only the whole folder shows: canonical form, words of the lists."""

from resources.files import canon
from resources.files.findings import Finding
from resources.files.findings import marked as _
from resources.files.rules.initials import KNOWN, sigles
from resources.files.rules.subject import found
from resources.files.rules.typography import repaired

NEIGHBOURS = 2
# Texts of the list files that people read.
_LIST_TEXTS = {
    "themes.yml": ("name", "line"),
    "glossaire.yml": ("term", "line"),
    "numeros.yml": ("name", "line", "hours"),
}


def related_and_placed(library):
    """K20: related slugs exist; each resource is in a selection, or related to two."""
    neighbours: dict[str, set[str]] = {slug: set() for slug in library.resources}
    for slug, page in library.resources.items():
        for index, other in enumerate((page.meta.get("pour_aller_plus_loin") or {}).get("related") or ()):
            line = page.line_of("pour_aller_plus_loin", "related", index)
            if other == slug:
                yield found(page, line, "K20", _("A resource is not related to itself."))
            elif other not in library.resources:
                yield found(page, line, "K20", _("The resource “%(slug)s” does not exist."), slug=other)
            else:
                neighbours[slug].add(other)
                neighbours[other].add(slug)
    placed = set()
    for page in library.selections.values():
        for index, entry in enumerate(page.meta.get("items") or ()):
            placed.add(entry["slug"])
            if entry["slug"] not in library.resources:
                line = page.line_of("items", index)
                yield found(
                    page, line, "K20", _("The resource “%(slug)s” does not exist."), slug=entry["slug"]
                )
    for slug, page in library.resources.items():
        if slug not in placed and len(neighbours[slug]) < NEIGHBOURS:
            yield found(page, 1, "K20", _("This resource is in no selection and not related to two others."))


def lists_of_words(library):
    """K11 on themes, glossary and numbers; K14 on the glossary: no sigle in a line but an entry's."""
    terms = {word for entry in library.lists["glossaire.yml"] for word in sigles(entry["term"])}
    for name, keys in _LIST_TEXTS.items():
        for line, entry in zip(library.entry_lines[name], library.lists[name], strict=True):
            for key in keys:
                text = entry.get(key) or ""
                if repaired(text) != text:
                    yield Finding(
                        name, line, "K11", _("Typography of “%(text)s” (--fix does it)."), {"text": text}
                    )
                for sigle in sigles(text) if name == "glossaire.yml" else ():
                    if sigle not in terms | KNOWN | library.known_words:
                        reason = _("“%(sigle)s” is neither in the glossary nor explained.")
                        yield Finding(name, line, "K14", reason, {"sigle": sigle})


def canonical_form(library):
    """K1: each file stands in the one form that export writes, so that a change shows alone in a diff."""
    for name, better in canon.texts_of(library).items():
        text = library.texts[name]
        if text == better or any(one.path == name for one in library.problems):
            continue
        lines, better_lines = text.split("\n"), better.split("\n")
        pairs = zip(lines, better_lines, strict=False)
        line = next(
            (n for n, (one, two) in enumerate(pairs, start=1) if one != two),
            min(len(lines), len(better_lines)),
        )
        expected = better_lines[line - 1] if line <= len(better_lines) else ""
        reason = _("Not in canonical form (--fix does it): “%(expected)s” is expected.")
        yield Finding(name, line, "K1", reason, {"expected": expected[:80]})
