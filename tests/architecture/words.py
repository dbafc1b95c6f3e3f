"""How plain a page or a mail reads in French: its lines, and their measures (DESIGN §10, EDITORIAL §3)."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import textstat

from resources.files import texts
from tests.architecture.crawl import parsed
from tests.architecture.tree import BASE_DIR

# A line of a page: what these hold, unless they hold another of them.
BLOCKS = {
    *(
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "dt",
        "dd",
        "summary",
        "div",
        "label",
        "legend",
        "article",
        "section",
    ),
    *(
        "form",
        "fieldset",
        "ol",
        "ul",
        "dl",
        "table",
        "tr",
        "th",
        "td",
        "caption",
        "header",
        "footer",
        "details",
    ),
}
# Measured with the errors, chosen by others, or for no eye.
LEFT_OUT = {"button", "select", "script", "style", "svg", "nav", "textarea"}
ENDS = (".", "!", "?", "…")
TRANSLATED = {"_", "gettext", "gettext_lazy"}
REFUSING = {"ValidationError", "add_error"}


@dataclass(frozen=True)
class Measure:
    """Flesch (Kandel–Moles), words a sentence (mean, longest), sentences, and the longest one itself."""

    flesch: float
    mean: float
    longest: int
    sentences: int
    worst: str

    def __str__(self) -> str:
        words = f"words {self.mean:4.1f}, at most {self.longest:2}"
        return f"Flesch {self.flesch:5.1f}  {words}  {self.sentences:3} sentences"


def measure(lines: list[str]) -> Measure:
    """Measure lines as one text; a line without a full stop is a sentence all the same."""
    lines = [line for line in map(_ended, lines) if texts.words(line)]
    pieces = [piece for line in lines for piece in texts.sentences(line)]
    counts = [len(texts.words(piece)) for piece in pieces]
    textstat.set_lang("fr")
    return Measure(
        textstat.flesch_reading_ease(" ".join(lines)),
        sum(counts) / len(counts),
        max(counts),
        len(pieces),
        max(pieces, key=lambda piece: len(texts.words(piece))),
    )


def lines_of(html: str) -> list[str]:
    """The lines that a reader of the page reads between its roof and its foot, buttons apart."""
    (main,) = parsed(html).iter("main")
    return [line for line in _lines(main) if line]


def buttons_of(html: str) -> list[str]:
    """What the buttons of a page say."""
    (main,) = parsed(html).iter("main")
    return [" ".join("".join(node.itertext()).split()) for node in main.iter("button")]


def errors_of(*folders: str) -> list[str]:
    """The msgids of what people are told when something is refused: errors.py, and what forms refuse."""
    found = []
    for folder in folders:
        for path in sorted((BASE_DIR / folder).rglob("*.py")):
            tree = ast.parse(path.read_text())
            roots = (
                [tree] if path.name == "errors.py" else [node for node in ast.walk(tree) if _refuses(node)]
            )
            found += [msgid for root in roots for msgid in _msgids(root)]
    return list(dict.fromkeys(found))


def _lines(node) -> list[str]:
    """Lines under `node`: its blocks apart, its own words and those of inline children together."""
    done, open_line = [], [node.text or ""]
    for child in node:
        if child.tag == "br":
            inner = ["", ""]
        elif not isinstance(child.tag, str) or child.tag in LEFT_OUT:
            inner = []
        else:
            inner = _lines(child)
        if child.tag in BLOCKS or len(inner) > 1:
            done += [_flat(open_line), *inner]
            open_line = []
        else:
            open_line += inner
        open_line.append(child.tail or "")
    return [*done, _flat(open_line)]


def _flat(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split()).strip(" ·–")


def _ended(line: str) -> str:
    line = " ".join(line.split()).rstrip(" :;,")
    return line if line.endswith(ENDS) else f"{line}."


def _refuses(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return True
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return name in REFUSING


def _msgids(root: ast.AST) -> Iterator[str]:
    for node in ast.walk(root):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATED and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def templates_of(folder: Path, suffix: str) -> set[str]:
    """The names of the templates of a folder that end so, without the end."""
    return {path.name.removesuffix(suffix) for path in folder.glob(f"*{suffix}")}
