"""K13 links, K15 named sources, K18 telephone numbers: what a reader may check or call."""

import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import FICHE, LINK, found, is_french, is_selection, source_of

MOST_LINKS = 6
_LINK_SECTIONS = {"Sources", "Ressources"}
_EMPTY_TEXT = re.compile(
    r"(?:ici|cliqu\w+(?: ici)?|cette page|ce lien|lien|le lien|site|le site|page|en savoir plus"
    r"|plus d’informations?|lire la suite|voir)\W*",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:https?://|www\.)\S+")
_FILE = re.compile(r"\.(?:pdf|docx?|odt|zip|pptx?|xlsx?|mp4|mp3)(?:[?#]|$)", re.IGNORECASE)
_FILE_TOLD = re.compile(r"\b(?:PDF|DOCX?|ODT|ZIP|PPTX?|XLSX?|MP4|MP3)\b.*\d[\d,.]*\W?[kKM]o", re.IGNORECASE)
_CLAIM = re.compile(
    r"(?<![\w-])(?:lois?|(?<!tout )droits?(?! devant)|obligatoires?|interdite?s?|article \d\S*"
    r"|[LDR]\. ?\d[\d-]*|\d+(?:\s(?:fois|%)|%|\s(?:\w+\s)?sur\s\d+))(?![\w-])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:codes?|articles?|lois?|décrets?|arrêtés?|circulaires?|conventions?|règlements?|Service-Public|CNIL"
    r"|ministère|académie|[LDR]\. ?\d)",
    re.IGNORECASE,
)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|du mois"
_TELEPHONE = re.compile(
    r"(?<![\d/.-])(?:0[1-9](?:[ .\u00a0]?\d{2}){4}|\+33[ \u00a0]?\d(?:[ .\u00a0]?\d{2}){4}|116[ \u00a0]\d{3}"
    r"|3[01289]\d{2}(?![\d\u00a0])"
    rf"|(?<=\b(?:le|au|ou|du) )(?:15|17|18|11[0-9])(?![\d\u00a0-])(?! (?:{_MONTHS})))(?!\d)"
)


def links(page, library):
    """K13: text that says page and site, once; few; known addresses; only where links belong."""
    sources = {entry["address"] for entry in library.lists["sources.yml"]}
    seen_texts, addresses = set(), set()
    for block in texts.blocks(page):
        for match in texts.LINK.finditer(block.text):
            line = texts.line_within(block, match.start())
            text, address = texts.plain(match.group(1)), match.group(2)
            yield from _one_link(page, library, block, line, text, address)
            if text.casefold() in seen_texts:
                yield found(page, line, "K13", _("The link text “%(text)s” is there twice."), text=text)
            seen_texts.add(text.casefold())
            if not address.startswith("/"):
                addresses.add((line, address))
        for match in _BARE.finditer(texts.LINK.sub("", block.text)):
            line = texts.line_within(block, 0)
            yield found(page, line, "K13", _("“%(address)s” is a bare address."), address=match.group()[:60])
    further = page.meta.get("pour_aller_plus_loin") or {}
    for index, address in enumerate(further.get("links") or ()):
        addresses.add((page.line_of("pour_aller_plus_loin", "links", index), address))
    for line, address in sorted(addresses):
        if address not in sources:
            reason = _("The address %(address)s is not in sources.yml.")
            yield found(page, line, "K13", reason, address=address[:120])
    count = len({address for _line, address in addresses})
    if count > MOST_LINKS and page.meta.get("kind") != FICHE:
        reason = _("There are %(count)s links, more than %(limit)s.")
        yield found(page, page.body_line, "K13", reason, count=count, limit=MOST_LINKS)
    if page.meta.get("kind") == LINK and (page.meta.get("source") or {}).get("address") not in sources:
        reason = _("The address %(address)s is not in sources.yml.")
        yield found(
            page,
            page.line_of("source"),
            "K13",
            reason,
            address=(page.meta.get("source") or {}).get("address"),
        )


def named_sources(page, library):
    """K15: law, right, duty, ban, article, figure: the Sources section names where it comes from."""
    if not is_french(page) or is_selection(page) or _sources_named(page, library):
        return
    for line, text in texts.lines_of_ours(page):
        for match in _CLAIM.finditer(text):
            reason = _("“%(word)s”: the Sources section must name where this comes from.")
            yield found(page, line, "K15", reason, word=match.group())


def telephone_numbers(page, library):
    """K18: only the numbers of numeros.yml."""
    known = {_digits(entry["number"]) for entry in library.lists["numeros.yml"]}
    for block in texts.blocks(page):
        yield from _unknown_numbers(page, known, block.line, texts.LINK.sub(r"\1", block.text))
    for line, text in texts.front_texts(page):
        yield from _unknown_numbers(page, known, line, text)


def _one_link(page, library, block, line, text, address):
    if block.section not in _LINK_SECTIONS and not address.startswith("/"):
        yield found(page, line, "K13", _("A link stands only in Sources and in “pour aller plus loin”."))
    if (
        _EMPTY_TEXT.fullmatch(text)
        or _BARE.match(text)
        or ("/" in text.strip("/") and " " not in text)
        or (len(texts.words(text)) < 2 and not address.startswith("/"))
    ):
        yield found(page, line, "K13", _("The link text “%(text)s” does not say page and site."), text=text)
    if not address.startswith(("https://", "http://", "/")) or address.startswith("//"):
        yield found(page, line, "K13", _("“%(address)s” is not an address."), address=address[:60])
    inside = re.fullmatch(r"/ressources/([a-z0-9-]+)/", address)
    if inside and inside.group(1) not in library.resources:
        yield found(page, line, "K13", _("The resource “%(slug)s” does not exist."), slug=inside.group(1))
    if _FILE.search(address) and not _FILE_TOLD.search(block.text):
        yield found(
            page, line, "K13", _("This link downloads a file: say its type and weight (PDF, 300 Ko).")
        )


def _sources_named(page, library):
    source = source_of(page, library)
    if source is None:
        return True
    if (source.meta.get("source") or {}).get("address"):
        return True
    named = [
        block.text
        for block in texts.blocks(source)
        if block.section in _LINK_SECTIONS and block.kind != "heading"
    ]
    return any(texts.LINK.search(text) or _NAMED.search(text) for text in named)


def _unknown_numbers(page, known, line, text):
    for match in _TELEPHONE.finditer(text):
        if _digits(match.group()) not in known:
            reason = _("The number %(number)s is not in numeros.yml.")
            at = line + text[: match.start()].count("\n")
            yield found(page, at, "K18", reason, number=match.group())


def _digits(text):
    return re.sub(r"\D", "", text)
