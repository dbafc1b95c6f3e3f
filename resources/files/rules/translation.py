"""K19: a translation says the same: headings, numbers, links, and which version of its source it renders."""

import re
import unicodedata

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import found, source_of


def same_facts(page, library):
    """K19 on the versions in another language."""
    if page.meta.get("variant") not in ("en", "ar"):
        return
    source = source_of(page, library)
    if source is None:
        return
    told = page.meta.get("source_reviewed")
    if not told:
        reason = _("A translation names the version of its source: the key “source_reviewed” is missing.")
        yield found(page, 1, "K19", reason)
    elif told != source.meta.get("reviewed"):
        reason = _("The source was reviewed on %(date)s, this translates the version of %(told)s.")
        yield found(
            page,
            page.line_of("source_reviewed"),
            "K19",
            reason,
            date=str(source.meta.get("reviewed")),
            told=str(told),
        )
    for what, here, there in (
        (_("headings"), _levels(page), _levels(source)),
        (_("numbers and dates"), _numbers(page), _numbers(source)),
        (_("links"), _links(page), _links(source)),
    ):
        if here != there:
            reason = _("Not the same %(what)s as the source: %(detail)s.")
            detail = (
                ", ".join(sorted(set(map(str, here)) ^ set(map(str, there)))) or f"{len(here)} ≠ {len(there)}"
            )
            yield found(page, page.body_line, "K19", reason, what=what, detail=detail)


def _levels(page):
    return [block.level for block in texts.blocks(page) if block.kind == "heading"]


def _numbers(page):
    text = " ".join(block.plain for block in texts.blocks(page))
    plain = "".join(str(unicodedata.digit(character, character)) for character in text)
    return sorted(set(re.findall(r"\d+", plain)))


def _links(page):
    return sorted(
        {match.group(2) for block in texts.blocks(page) for match in texts.LINK.finditer(block.text)}
    )
