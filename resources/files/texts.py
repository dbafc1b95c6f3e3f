"""The Markdown of a page seen as a reader sees it: headings, paragraphs, items, sentences, words."""

import re
from dataclasses import dataclass

NBSP = "\u00a0"
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]*)[^)]*\)")
# Sections that hold titles and addresses of others: the rules about words do not read them.
SOURCES = ("Sources", "Ressources", "Lien avec le référentiel de compétences des enseignants")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)")
_WORD = re.compile(rf"\d+(?:[{NBSP},.]\d+)*(?:er|re|e)?\b|[^\W\d_]+")
_WHOLE = {"aujourd’hui": "aujourdhui", "Aujourd’hui": "Aujourdhui"}
# A full stop that ends no sentence: L. 312-9, p. 4, n. 2, M. Untel, an initial.
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:art|p|n|cf|av|M|Mme|etc))\.$")
_END = re.compile(r"[.!?…]+(?=[\s»”)]|$)")


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table line; `text` is raw Markdown, `section` the heading above."""

    kind: str
    line: int
    text: str
    section: str = ""
    level: int = 0

    @property
    def plain(self):
        """Return the words a reader sees: no marks, links by their text."""
        return plain(self.text)


def blocks(page, breaks=False):
    """Return the blocks of a page in order; with `breaks` each line of a paragraph is one block."""
    found = []
    section = ""
    open_kind = ""
    for line, raw in enumerate(page.body.split("\n"), start=page.body_line):
        raw = _QUOTE.sub("", raw)
        text = raw.strip()
        heading = _HEADING.match(raw)
        item = _ITEM.match(raw)
        if not text:
            open_kind = ""
        elif heading:
            section = heading.group(2) if len(heading.group(1)) <= 2 else section
            found.append(Block("heading", line, heading.group(2), section, len(heading.group(1))))
            open_kind = ""
        elif item:
            found.append(Block("item", line, item.group(1), section))
            open_kind = "item"
        elif text.startswith("|"):
            found.append(Block("table", line, text.strip("|").replace("|", " . "), section))
            open_kind = ""
        elif open_kind and not breaks:
            last = found.pop()
            found.append(Block(last.kind, last.line, f"{last.text}\n{text}", section))
        else:
            found.append(Block("paragraph", line, text, section))
            open_kind = "paragraph"
    return found


def prose(page, breaks=False):
    """Return the blocks of ours that rules about words read: without Sources and the like."""
    return [block for block in blocks(page, breaks) if block.section not in SOURCES]


def headings(page):
    """Return the headings of level 2, in order."""
    return [block for block in blocks(page) if block.kind == "heading" and block.level == 2]


def plain(text):
    """Return Markdown without its marks: links and images by their text."""
    return _MARKS.sub("", LINK.sub(r"\1", _IMAGE.sub(r"\1", text))).replace("\n", " ").strip()


def words(text):
    """Return the words: runs of letters (l’ and qu’ count, aujourd’hui is one), a number is one."""
    for whole, joined in _WHOLE.items():
        text = text.replace(whole, joined)
    return _WORD.findall(text)


def sentences(text):
    """Return the sentences of one plain block; a piece without any word is none."""
    found, start = [], 0
    for end in _END.finditer(text):
        if end.group() == "." and _ABBREVIATION.search(text[: end.end()]):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    found.append(text[start:])
    return [piece.strip() for piece in found if words(piece)]


def line_within(block, position):
    """Return the line of the file at a position of a block's raw text."""
    return block.line + block.text[:position].count("\n")


def front_texts(page):
    """Return [(line, text)] of the texts of ours in the front matter: title, summary, en bref, notes."""
    found = [(page.line_of(key), page.meta[key]) for key in ("title", "summary") if page.meta.get(key)]
    found += [
        (page.line_of("en_bref", index), text) for index, text in enumerate(page.meta.get("en_bref") or ())
    ]
    for index, entry in enumerate(page.meta.get("items") or ()):
        found += [(page.line_of("items", index), entry["note"])] if entry.get("note") else []
    return found


def lines_of_ours(page, breaks=False):
    """Return [(line, plain text)] of all that the house wrote: front matter, then the body's lines."""
    found = front_texts(page)
    for block in prose(page, breaks):
        found += [(block.line + index, text) for index, text in enumerate(block.text.split("\n"))]
    return [(line, plain(text)) for line, text in found]
