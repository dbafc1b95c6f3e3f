"""Read a catalogue's source as the crawl needs it: what each English message is in another language."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")


@dataclass
class Entry:
    """One message: its context, English words and translations."""

    context: str = ""
    msgid: str = ""
    plural: str = ""
    strings: dict[int, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid


def read_po(path: Path) -> dict[tuple[str, str], Entry]:
    """Read a catalogue's source: {(context, msgid): Entry}, the header and obsolete lines left out."""
    entries: dict[tuple[str, str], Entry] = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry = _read_block(block)
        if entry.msgid:
            entries[entry.key] = entry
    return entries


def _read_block(block: str) -> Entry:
    entry, part, number = Entry(), "", 0
    for line in block.split("\n"):
        if not line.startswith("#") and line.strip():
            found = re.match(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")$', line)
            text = ast.literal_eval(found.group(3) if found else line.strip())
            if found:
                part, number = found.group(1), int(found.group(2) or 0)
            if part == "msgctxt":
                entry.context += text
            elif part == "msgid":
                entry.msgid += text
            elif part == "msgid_plural":
                entry.plural += text
            elif part == "msgstr":
                entry.strings[number] = entry.strings.get(number, "") + text
    return entry
