"""K11: French typography of one line, and its repair; files hold U+00A0 only (EDITORIAL §3)."""

import copy
import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import found, is_french

NBSP = texts.NBSP
# What is never typeset: addresses, link targets, code, table rulers.
_KEPT = re.compile(r"\]\([^)]*\)|<https?://[^>]*>|https?://\S+|`[^`]*`|^\s*\|?[\s:|-]{3,}\|?$")
_UNITS = (
    r"(?:h|min|s|ans?|mois|semaines?|jours?|heures?|minutes?|secondes?|euros?|€|%|km|m|cm|kg|g|ko|Ko|Mo|Go)"
    r"(?![\w’-])"
)
_REPAIRS = [
    (re.compile("[\u202f\u2009\u2007]"), NBSP),
    (re.compile(r"(?<=\w)['´`](?=\w)"), "’"),
    (re.compile(r"(?<=\w)' (?=\w)"), "’ "),
    (re.compile(r"\.\.\.+"), "…"),
    (re.compile(r"\s*—\s*"), " – "),
    (re.compile(r"(?<=[\w»’.,;:!?]) - (?=\w)"), " – "),
    (re.compile(r"(?<=«)[ \t\u00a0]*(?=\S)"), NBSP),
    (re.compile(r"(?<=\S)[ \t\u00a0]*(?=»)"), NBSP),
    (re.compile(r"(?<=[^\s\u00a0:;!?])[ \t\u00a0]*(?=[;!?])"), NBSP),
    (re.compile(r"(?<=[^\s\u00a0:;!?])[ \t\u00a0]*(?=:(?:\s|\*|$))"), NBSP),
    (re.compile(r"(?<=[\w»)]) +(?=[,.](?:\s|$))"), ""),
    (re.compile(r"(?<!\d[hH])\b(\d{1,2})[ \u00a0]?[hH][ \u00a0]?(\d{2})\b"), rf"\1{NBSP}h{NBSP}\2"),
    (re.compile(r"\b(\d{1,2})[hH](?![\w-])"), rf"\1{NBSP}h"),
    (re.compile(rf"(?<=\d) (?={_UNITS})"), NBSP),
    (re.compile(r"(?<=\d)(?=[€%])"), NBSP),
    (re.compile(r"\b([nN])°[ \u00a0]?(?=\d)"), rf"\1°{NBSP}"),
    (re.compile(rf"(?<![\d{NBSP}])(\d{{1,3}}) (?=\d{{3}}(?!\d))"), rf"\1{NBSP}"),
    (re.compile(r"(?<=\S)  +(?=\S)"), " "),
]


def typography(page, library):
    """K11 on every line, Sources too; and no bold twice in a section, no italics in a version simple."""
    if not is_french(page):
        return
    for line, text in _all_lines(page):
        better = repaired(text)
        if better != text:
            reason = _("Typography: “%(here)s” should be “%(better)s” (--fix does it).")
            here, there = _difference(text, better)
            yield found(page, line, "K11", reason, here=here, better=there)
        if '"' in _KEPT.sub("", text):
            yield found(page, line, "K11", _("Straight quotation marks: write « … »."))
        if "<u>" in text:
            yield found(page, line, "K11", _("No underlining."))
    if page.meta.get("variant") == "simple":
        for block in texts.blocks(page, breaks=True):
            if re.search(r"(?<![*\w])[*_](?![*_\s])", texts.LINK.sub("", block.text)):
                yield found(page, block.line, "K11", _("No italics in a version simple."))


def repaired(text):
    """Return one line with the typography put right, addresses and code left alone."""
    kept = []

    def put_aside(match):
        kept.append(match.group())
        return f"\ue000{len(kept) - 1}\ue001"

    text = _KEPT.sub(put_aside, text)
    for pattern, better in _REPAIRS:
        text = pattern.sub(better, text)
    return re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match.group(1))], text)


def repaired_page(page):
    """Return (meta, body) of a French page with every line repaired."""
    meta = copy.deepcopy(page.meta)
    for key in ("title", "summary"):
        if meta.get(key):
            meta[key] = repaired(meta[key])
    if meta.get("en_bref"):
        meta["en_bref"] = [repaired(point) for point in meta["en_bref"]]
    for entry in meta.get("items") or ():
        if entry.get("note"):
            entry["note"] = repaired(entry["note"])
    return meta, "\n".join(repaired(line) for line in page.body.split("\n"))


def _all_lines(page):
    yield from texts.front_texts(page)
    yield from enumerate(page.body.split("\n"), start=page.body_line)


def _difference(text, better):
    """Return the two short pieces around the first place where the lines differ, blanks made visible."""
    start = next((i for i, (one, two) in enumerate(zip(text, better, strict=False)) if one != two), len(text))
    cut = slice(max(0, start - 12), start + 8)
    return tuple(piece[cut].replace(NBSP, "⍽").replace("\u202f", "⎵") for piece in (text, better))
