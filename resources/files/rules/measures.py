"""K6: words a sentence, Flesch (Kandel–Moles), Lix, long words (EDITORIAL §3, its table)."""

from dataclasses import dataclass

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import FICHE, LINK, SIMPLE, found, measured_as

LONG_WORD = 10
COPY = "À copier"


@dataclass(frozen=True)
class Limits:
    """Mean and longest sentence in words, lowest Flesch, highest Lix, highest share of long words (%)."""

    mean: float
    longest: int
    flesch: float
    lix: float
    long_words: float


GUIDE_LIMITS = Limits(12, 22, 80, 36, 6)
LIMITS = {
    SIMPLE: Limits(8, 12, 95, 22, 3),
    FICHE: Limits(17, 30, 65, 46, 9),
    LINK: Limits(14, 22, 70, 40, 8),
}


def readability(page, library):
    """K6 on the body without its Sources; the message to copy of a fiche-outil is held to a guide's level."""
    kind = measured_as(page)
    if not kind:
        return
    blocks = texts.prose(page, breaks=kind == SIMPLE)
    yield from _hold(page, blocks, LIMITS.get(kind, GUIDE_LIMITS), page.body_line)
    copied = [block for block in blocks if block.section == COPY and block.kind != "heading"]
    if kind == FICHE and copied:
        yield from _sentences(page, copied, GUIDE_LIMITS, copied[0].line)


def textstat_is_here():
    """Say whether Flesch and Lix can be measured (textstat is a tool of development)."""
    return _textstat() is not None


def _hold(page, blocks, limits, line):
    yield from _sentences(page, blocks, limits, line)
    words = [word for block in blocks for word in texts.words(block.plain)]
    if not words:
        return
    share = 100 * sum(len(word) >= LONG_WORD for word in words) / len(words)
    if share > limits.long_words:
        reason = _(
            "%(share).1f %% of the words have %(letters)s letters or more, not %(limit)s %%: %(words)s."
        )
        longest = ", ".join(sorted({word for word in words if len(word) >= LONG_WORD})[:8])
        yield found(
            page, line, "K6", reason, share=share, letters=LONG_WORD, limit=limits.long_words, words=longest
        )
    textstat = _textstat()
    if textstat is None:
        return
    text = " ".join(_ended(block.plain) for block in blocks)
    flesch, lix = textstat.flesch_reading_ease(text), textstat.lix(text)
    if flesch < limits.flesch:
        reason = _("Reading ease (Flesch) is %(value).0f; at least %(limit)s is needed.")
        yield found(page, line, "K6", reason, value=flesch, limit=limits.flesch)
    if lix > limits.lix:
        reason = _("Lix is %(value).1f; at most %(limit)s is allowed.")
        yield found(page, line, "K6", reason, value=lix, limit=limits.lix)


def _sentences(page, blocks, limits, line):
    counted = [
        (block.line, len(texts.words(sentence)), sentence)
        for block in blocks
        for sentence in texts.sentences(block.plain)
    ]
    if not counted:
        return
    mean = sum(count for _line, count, _text in counted) / len(counted)
    if mean > limits.mean:
        reason = _("Sentences have %(mean).1f words on average; the limit is %(limit)s.")
        yield found(page, line, "K6", reason, mean=mean, limit=limits.mean)
    for at, count, sentence in counted:
        if count > limits.longest:
            reason = _("This sentence has %(count)s words, more than %(limit)s: “%(start)s…”")
            yield found(page, at, "K6", reason, count=count, limit=limits.longest, start=sentence[:40])


def _ended(text):
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _textstat():
    try:
        import textstat
    except ImportError:
        return None
    textstat.set_lang("fr")
    return textstat
