"""K16: three questions for the child, short, with tu or on."""

import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.headings import TALK
from resources.files.rules.subject import SIMPLE, found, measured_as

COUNT = 3
LONGEST = 15
_TO_THE_CHILD = re.compile(r"(?<!\w)(?:tu|t’|te|toi|ton|ta|tes|on)(?!\w)|t’", re.IGNORECASE)
_WHY = re.compile(r"pourquoi\b", re.IGNORECASE)


def three_questions(page, library):
    """K16 on the section « À la maison, parlons-en », wherever it stands."""
    kind = measured_as(page)
    heading = next((block for block in texts.headings(page) if block.text == TALK), None)
    if not kind or heading is None:
        return
    asked = [
        block
        for block in texts.blocks(page, breaks=kind == SIMPLE)
        if block.section == TALK and block.kind != "heading"
    ]
    questions = [block for block in asked if block.plain.endswith("?")]
    if len(questions) != COUNT:
        reason = _("There are %(count)s questions for the child: %(needed)s are needed.")
        yield found(page, heading.line, "K16", reason, count=len(questions), needed=COUNT)
    for block in questions:
        count = len(texts.words(block.plain))
        if count > LONGEST:
            reason = _("This question has %(count)s words, more than %(limit)s.")
            yield found(page, block.line, "K16", reason, count=count, limit=LONGEST)
        if not _TO_THE_CHILD.search(block.plain):
            yield found(page, block.line, "K16", _("This question says neither “tu” nor “on”."))
        if _WHY.match(block.plain):
            yield found(
                page, block.line, "K16", _("A question for the child does not begin with “pourquoi”.")
            )
