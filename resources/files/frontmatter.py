"""One Markdown file of the library: its bytes to a checked page, a page to its one canonical form."""

import re
from dataclasses import dataclass, field

from resources.files import strict_yaml
from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _
from resources.files.schema import LISTS, check_values

FENCE = "---"
MAX_BYTES = 300_000
MAX_BODY = 20_000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_CODE = re.compile(r"`[^`]*`|\\<")
_RAW_HTML = re.compile(r"<\s*(?:/?[a-zA-Z][\w-]*(?=[\s/>]|$)|!)")


@dataclass
class Page:
    """A file read: `meta` {key: value}, `lines` {key: line}, `body` with its first line's number."""

    path: str
    meta: dict
    body: str = ""
    body_line: int = 1
    lines: dict = field(default_factory=dict)

    def line_of(self, *where):
        """Return the line of a value ("en_bref", 2), or of the nearest key that is there, else 1."""
        while where:
            if where in self.lines:
                return self.lines[where]
            where = where[:-1]
        return 1


def read(data, path, schema):
    """Return the Page in `data` (bytes), checked against `schema`; raise BadFiles with every reason found."""
    text = decode(data, path)
    front, body, body_line = _split(text, path)
    meta, lines = strict_yaml.load(front, path, first_line=2)
    if not isinstance(meta, dict):
        raise BadFiles([Finding(path, 2, "", _("The front matter must be a list of “key: value” lines."))])
    page = Page(path, meta, canonical_body(body), body_line, lines)
    problems = check_values(meta, schema, path, lambda *where: page.line_of(*where)) + _check_body(page)
    if problems:
        raise BadFiles(problems)
    return page


def write(meta, schema, body):
    """Return the canonical text of a page: keys in the schema's order, empty ones left out, then the body."""
    front = [_line(name, meta[name], key) for name, key in schema.items() if _is_filled(meta.get(name))]
    return "\n".join([FENCE, *front, FENCE, canonical_body(body)])


def write_entries(entries, schema):
    """Return the canonical text of a list file (themes, glossary…): one entry a line."""
    return "".join(f"- {_mapping(entry, schema)}\n" for entry in entries) or "[]\n"


def canonical_body(text):
    """Return the body with Unix line ends, no trailing spaces, no blank line around it, one final newline."""
    lines = [line.rstrip(" \t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    trimmed = "\n".join(lines).strip("\n")
    return trimmed + "\n" if trimmed else ""


def decode(data, path):
    """Return the text of UTF-8 bytes, line ends as \\n; BadFiles names the line of the first bad byte."""
    if len(data) > MAX_BYTES:
        raise BadFiles([Finding(path, 1, "", _("This file is too long."))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        reason = _("This file is not in UTF-8 (it looks like Windows-1252): save it again as UTF-8.")
        raise BadFiles([Finding(path, line, "", reason)]) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROL.search(text)
    if found:
        line = text[: found.start()].count("\n") + 1
        reason = _("There is an invisible control character here (code %(code)s).")
        raise BadFiles([Finding(path, line, "", reason, {"code": f"U+{ord(found.group()):04X}"})])
    return text


def _split(text, path):
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise BadFiles([Finding(path, 1, "", _("The file must begin with a line “---”."))])
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            body = lines[number:]
            blank = next((index for index, text in enumerate(body) if text.strip()), 0)
            return "\n".join(lines[1 : number - 1]), "\n".join(body), number + 1 + blank
    raise BadFiles([Finding(path, 1, "", _("The front matter has no closing line “---”."))])


def _check_body(page):
    problems = []
    if len(page.body) > MAX_BODY:
        reason = _("The text is longer than %(limit)s characters.")
        problems.append(Finding(page.path, page.body_line, "", reason, {"limit": MAX_BODY}))
    for number, line in enumerate(page.body.split("\n"), start=page.body_line):
        found = _RAW_HTML.search(_CODE.sub("", line))
        if found:
            reason = _("HTML is not allowed in a text (“%(tag)s”): write Markdown.")
            problems.append(Finding(page.path, number, "", reason, {"tag": line[found.start() :][:20]}))
    return problems


def _is_filled(value):
    if isinstance(value, dict):
        return any(_is_filled(part) for part in value.values())
    return value is not None and value != "" and value != []


def _line(name, value, key):
    if key.kind == "entries":
        return "\n".join([f"{name}:", *(f"  - {_mapping(entry, key.keys)}" for entry in value)])
    return f"{name}: {_flow(value, key)}"


def _flow(value, key):
    if key.kind == "map":
        return _mapping(value, key.keys)
    if key.kind == "words":
        value = sorted(value, key=key.values.index)
    if key.kind in LISTS:
        return "[" + ", ".join(_one(part, key) for part in value or ()) + "]"
    return _one(value, key)


def _mapping(value, keys):
    parts = [
        f"{name}: {_flow(value.get(name, ''), key)}"
        for name, key in keys.items()
        if key.always or _is_filled(value.get(name))
    ]
    return "{" + ", ".join(parts) + "}"


def _one(value, key):
    if isinstance(value, bool):
        return "true" if value else "false"
    if key.quoted:
        return strict_yaml.quoted(value or "")
    return strict_yaml.scalar(value)
