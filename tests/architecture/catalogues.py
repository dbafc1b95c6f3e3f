"""Compare the words the code asks for with the catalogues: complete, compiled, with the same placeholders.

`python -m tests.architecture.catalogues` prints what is missing and ends with 1 if anything is.
"""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.architecture.tree import APPS, BASE_DIR

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")
# Arabic is complete for parents' pages (DESIGN §8): what only curators and operators read is left out.
NOT_FOR_PARENTS = re.compile(
    r"/admin/|/administration/|/management/|^resources/files/|^templates/admin|guide_(?:curation|exploitation)"
    r"|/checks\.py|/admin\.py|catalogue/(?:errors|history|inputs|comparison|forms|duplicates|completeness)\.py|/models\.py"
)


@dataclass
class Entry:
    """One message: its context, English words, translations, and where the code asks for it."""

    context: str = ""
    msgid: str = ""
    plural: str = ""
    strings: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid

    @property
    def complete(self) -> bool:
        return bool(self.strings) and all(self.strings.values()) and not self.fuzzy


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
        if line.startswith("#:"):
            entry.places += [place.rsplit(":", 1)[0] for place in line[2:].split()]
        elif line.startswith("#,"):
            entry.fuzzy = "fuzzy" in line
        elif not line.startswith("#") and line.strip():
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


def asked_for() -> dict[tuple[str, str], Entry]:
    """Let Django's makemessages read a copy of the tree; needs xgettext."""
    with tempfile.TemporaryDirectory(prefix="preau-words-") as name:
        copy = Path(name)
        for folder in (*APPS, "templates", "static/js"):
            shutil.copytree(
                BASE_DIR / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "starter")
            )
        (copy / "locale").mkdir()
        environment = {**os.environ, "PYTHONPATH": str(BASE_DIR), "DJANGO_SETTINGS_MODULE": ""}
        command = [sys.executable, "-m", "django", "makemessages", "-l", "fr", "--no-wrap"]
        subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
        entries = read_po(copy / "locale/fr/LC_MESSAGES/django.po")
        for entry in entries.values():
            entry.places = [place.removeprefix("./") for place in entry.places]
        return entries


def missing(language: str, wanted: dict[tuple[str, str], Entry]) -> list[str]:
    """English words that `language` has no whole translation of."""
    held = read_po(BASE_DIR / f"locale/{language}/LC_MESSAGES/django.po")
    return [
        f"{language}: {entry.msgid!r} ({', '.join(entry.places[:2])})"
        for key, entry in wanted.items()
        if not (key in held and held[key].complete)
    ]


def for_parents(entries: dict[tuple[str, str], Entry]) -> dict[tuple[str, str], Entry]:
    return {
        key: entry
        for key, entry in entries.items()
        if any(not NOT_FOR_PARENTS.search(place) for place in entry.places)
    }


def faulty(language: str) -> list[str]:
    """Placeholders lost or made up, fuzzy entries, and a compiled file that says something else."""
    path = BASE_DIR / f"locale/{language}/LC_MESSAGES/django.po"
    found = []
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    for (context, msgid), entry in read_po(path).items():
        known = set(PLACEHOLDER.findall(msgid + entry.plural)) - {"%%"}
        for number, text in entry.strings.items():
            if set(PLACEHOLDER.findall(text)) - {"%%"} - known:
                found.append(f"{language}: {text!r} has a placeholder that {msgid!r} has not")
            name = f"{context}\x04{msgid}" if context else msgid
            if text and not entry.fuzzy and compiled.get((name, number) if entry.plural else name) != text:
                found.append(f"{language}: {msgid!r} is not compiled as it stands: run compilemessages")
        lost = set(PLACEHOLDER.findall(msgid)) - {"%%"} if not entry.plural else set()
        if entry.complete and lost - set(PLACEHOLDER.findall(entry.strings[0])):
            found.append(f"{language}: {entry.strings[0]!r} loses a placeholder of {msgid!r}")
        if entry.fuzzy:
            found.append(f"{language}: {msgid!r} is fuzzy")
    return found


def main() -> int:
    found = [fault for language in ("fr", "ar", "en") for fault in faulty(language)]
    if shutil.which("xgettext"):
        wanted = asked_for()
        found += missing("fr", wanted) + missing("ar", for_parents(wanted))
    else:
        print("Catalogues: whether they are complete was NOT checked (Debian: apt-get install gettext).")
    for line in found:
        print(line)
    print(f"Catalogues: {len(found)} to correct." if found else "Catalogues: complete and compiled.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
