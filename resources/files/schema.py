"""Which keys each file of the library may hold, in canonical order, and what each may say (EDITORIAL §2)."""

import datetime
import re
from dataclasses import dataclass, field

from resources.files.findings import Finding
from resources.files.findings import marked as _

KINDS = ("guide", "fiche-outil", "article", "video", "activite", "atelier", "outil", "lien")
AUDIENCES = ("parents", "parents-elus", "enseignants", "directeurs")
LEVELS = ("maternelle", "elementaire", "college", "lycee")
STATUSES = ("draft", "in_review", "published", "archived")
LANGUAGES = ("fr", "en", "ar")
ADDRESSEES = ("[Directeur]", "[Enseignant]")
VARIANTS = ("simple", "en", "ar")
GRADES = ("A", "B")
# What a list holds, one by one.
LISTS = {"texts": "text", "slugs": "slug", "words": "word", "addresses": "address"}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
ADDRESS = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(?:[/?#][^\s<>\"\\^`{|}]*)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Key:
    """One key: its kind of value, whether it must be there, the words it may hold, how it is written.

    `always` writes the key of a mapping even when it is empty; `limit` is in characters.
    """

    kind: str
    required: bool = False
    values: tuple = ()
    quoted: bool = False
    always: bool = False
    limit: int = 300
    keys: dict = field(default_factory=dict)


def _text(required=False, limit=300, always=False):
    return Key("text", required, quoted=True, limit=limit, always=always)


RESOURCE = {
    "title": _text(required=True, limit=160),
    "slug": Key("slug", required=True),
    "summary": _text(),
    "en_bref": Key("texts", quoted=True),
    "kind": Key("word", required=True, values=KINDS),
    "addressee": Key("word", values=ADDRESSEES, quoted=True),
    "number": Key("number"),
    "audiences": Key("words", values=AUDIENCES),
    "levels": Key("words", values=LEVELS),
    "themes": Key("slugs"),
    "language": Key("word", required=True, values=LANGUAGES),
    "source": Key(
        "map",
        keys={
            "site": _text(always=True, limit=120),
            "address": Key("address", quoted=True, always=True),
            "licence": _text(always=True, limit=80),
        },
    ),
    "pour_aller_plus_loin": Key(
        "map", keys={"related": Key("slugs"), "links": Key("addresses", quoted=True)}
    ),
    "competences": Key("texts", quoted=True),
    "media_seconds": Key("number"),
    "media_bytes": Key("number"),
    "media_subtitles": Key("yes"),
    "featured": Key("number"),
    "status": Key("word", required=True, values=STATUSES),
    "published": Key("date"),
    "reviewed": Key("date"),
    "review_by": Key("date"),
}
VARIANT = {
    "title": _text(required=True, limit=160),
    "variant": Key("word", required=True, values=VARIANTS),
    "summary": _text(),
    "en_bref": Key("texts", quoted=True),
    "source_reviewed": Key("date"),
    "read_by": _text(limit=200),
    "status": Key("word", values=STATUSES),
    "published": Key("date"),
    "reviewed": Key("date"),
    "review_by": Key("date"),
}
SELECTION = {
    "title": _text(required=True, limit=120),
    "slug": Key("slug", required=True),
    "items": Key("entries", keys={"slug": Key("slug", required=True), "note": _text(limit=240)}),
    "starts": Key("date"),
    "ends": Key("date"),
    "featured": Key("number"),
    "status": Key("word", required=True, values=STATUSES),
    "published": Key("date"),
}
THEME = {
    "slug": Key("slug", required=True),
    "name": _text(required=True, limit=80),
    "line": _text(required=True, limit=160),
}
GLOSSARY = {"term": _text(required=True, limit=60), "line": _text(required=True, limit=160)}
SOURCE = {
    "address": Key("address", required=True, quoted=True),
    "title": _text(required=True, limit=200),
    "publisher": _text(required=True, limit=120),
    "grade": Key("word", required=True, values=GRADES),
    "checked": Key("date", required=True),
}
NUMBER = {
    "number": _text(required=True, limit=12),
    "name": _text(required=True, limit=80),
    "line": _text(required=True, limit=200),
    "hours": _text(limit=80, always=True),
    "themes": Key("slugs", always=True),
}
WAIVER = {
    "slug": _text(required=True, limit=120),
    "rule": Key("word", required=True, values=tuple(f"K{number}" for number in range(1, 21))),
    "reason": _text(required=True),
    "person": _text(required=True),
}


def check_values(values, keys, path, line_of, where=()):
    """Return a Finding for each unknown, missing or wrong value; `line_of(*where)` gives lines."""
    found = []

    def tell(at, msgid, **params):
        found.append(Finding(path, line_of(*at), "", msgid, params))

    for name in values:
        if name not in keys:
            tell((*where, name), _("The key “%(key)s” is unknown here."), key=name)
    for name, key in keys.items():
        at = (*where, name)
        value = values.get(name)
        if value is None or value == "" or value == []:
            if key.required:
                tell(at, _("The key “%(key)s” is missing."), key=name)
            elif name in values and value is None:
                tell(at, _("The key “%(key)s” is empty: leave it out."), key=name)
            continue
        if key.kind == "map":
            if isinstance(value, dict):
                found += check_values(value, key.keys, path, line_of, at)
            else:
                tell(at, _("“%(key)s” must be written {key: value, …}."), key=name)
        elif key.kind == "entries":
            found += _check_entries(value, key, path, line_of, at)
        else:
            reason = _wrong(value, key)
            if reason:
                tell(at, reason[0], key=name, **reason[1])
    return found


def _check_entries(value, key, path, line_of, at):
    if not isinstance(value, list):
        return [Finding(path, line_of(*at), "", _("“%(key)s” must be a list."), {"key": at[-1]})]
    found = []
    for index, entry in enumerate(value):
        if isinstance(entry, dict):
            found += check_values(entry, key.keys, path, line_of, (*at, index))
        else:
            reason = _("Each line of this list must be written {key: value, …}.")
            found.append(Finding(path, line_of(*at, index), "", reason))
    return found


def _wrong(value, key):
    """Return (msgid, params) when the value is not of its kind, else None."""
    if key.kind not in LISTS:
        return _wrong_one(value, key.kind, key)
    if not isinstance(value, list):
        return _("“%(key)s” must be a list."), {}
    for part in value:
        reason = _wrong_one(part, LISTS[key.kind], key)
        if reason:
            return reason
    repeated = {str(part) for part in value if value.count(part) > 1}
    if repeated:
        return _("“%(value)s” is twice in “%(key)s”."), {"value": sorted(repeated)[0]}
    return None


def _wrong_one(value, kind, key):
    shown = {"value": str(value)[:60]}
    if kind == "date":
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return None
        return _("“%(key)s” must be a date such as 2026-11-24, not “%(value)s”."), shown
    if kind == "yes":
        return None if isinstance(value, bool) else (_("“%(key)s” must be true or false."), {})
    if kind == "number":
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31:
            return None
        return _("“%(key)s” must be a whole number, not “%(value)s”."), shown
    if not isinstance(value, str):
        return _("“%(key)s”: “%(value)s” must be put between quotation marks."), shown
    if "\n" in value or "\t" in value or value != value.strip(" "):
        return _("“%(key)s” must be one line of text, with no space around it."), {}
    return _wrong_text(value, kind, key, shown)


def _wrong_text(value, kind, key, shown):
    if kind == "slug" and (not SLUG.match(value) or len(value) > 80):
        return _("“%(value)s” is not a slug: small letters, digits and hyphens only."), shown
    if kind == "word" and value not in key.values:
        return _("“%(key)s”: “%(value)s” is unknown; choose among %(values)s."), {
            **shown,
            "values": ", ".join(key.values),
        }
    if kind == "address" and not ADDRESS.match(value):
        return _("“%(value)s” is not an address beginning with http:// or https://."), shown
    limit = 400 if kind == "address" else key.limit
    if len(value) > limit:
        return _("“%(key)s” is longer than %(limit)s characters."), {"limit": limit}
    return None
