"""K4 fixed headings in order, K5 lengths, K7 paragraphs and lists."""

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import ACTIVITY, FICHE, HELP_THEME, LINK, SIMPLE, found, measured_as

FIRST = ("Ce soir", "Tout de suite", "Cette semaine")
TALK, HELP, SOURCES = "À la maison, parlons-en", f"Quand demander de l’aide{texts.NBSP}?", "Sources"
FICHE_HEADINGS = (
    "Constat",
    "Leviers",
    "À copier",
    "Points de vigilance",
    "Ce que les parents verront",
    "Ressources",
    "Lien avec le référentiel de compétences des enseignants",
)
LINK_HEADINGS = ("Ce que c’est", "Pour qui", "Ce que vous y trouverez", "Avant d’ouvrir", "Par où commencer")
# Words of the body, Sources apart.
LENGTHS = {"guide": (350, 600), FICHE: (600, 900), LINK: (60, 120), ACTIVITY: (250, 450), SIMPLE: (120, 250)}
SECTION_WORDS = {"Constat": 120, "À copier": 80, **dict.fromkeys(FIRST, 50)}
QUESTION_SECTION_WORDS = 120
COUNTED = {"Leviers": (4, 6), "Points de vigilance": (3, 5)}
PARAGRAPH_WORDS = 50
LIST_ITEMS = 7


def fixed_headings(page, library):
    """K4: the headings of the kind, in order; a help line first where the subject is grave."""
    kind = measured_as(page)
    for block in texts.blocks(page):
        if block.kind == "heading" and (block.level not in (2, 3) or (block.level == 3 and kind != FICHE)):
            yield found(page, block.line, "K4", _("A heading is written “## …”."))
    headings = texts.headings(page)
    titles = [block.text for block in headings]
    if kind == FICHE:
        yield from _exactly(page, headings, FICHE_HEADINGS)
    elif kind == LINK:
        yield from _exactly(page, headings, LINK_HEADINGS)
    elif kind in ("guide", SIMPLE):
        yield from _guide(page, headings, kind)
    elif kind == ACTIVITY and len(titles) < 3:
        yield found(page, page.body_line, "K4", _("An activity needs at least %(count)s headings."), count=3)
    yield from _before_the_first(page, kind)


def lengths(page, library):
    """K5: the length of the kind and of its short sections."""
    kind = measured_as(page)
    if kind not in LENGTHS:
        return
    low, high = LENGTHS[kind]
    count = sum(_count(block) for block in texts.blocks(page) if block.section != SOURCES)
    if not low <= count <= high:
        reason = _("The text has %(count)s words: between %(low)s and %(high)s are needed.")
        yield found(page, page.body_line, "K5", reason, count=count, low=low, high=high)
    for heading in texts.headings(page):
        inside = [block for block in texts.blocks(page) if block.section == heading.text]
        limit = SECTION_WORDS.get(heading.text)
        if limit is None and kind == "guide" and heading.text.endswith("?") and heading.text != HELP:
            limit = QUESTION_SECTION_WORDS
        count = sum(_count(block) for block in inside if block.kind != "heading")
        if limit and count > limit:
            reason = _("“%(heading)s” has %(count)s words, more than %(limit)s.")
            yield found(page, heading.line, "K5", reason, heading=heading.text, count=count, limit=limit)
        yield from _counted(page, kind, heading, inside)


def paragraphs_and_lists(page, library):
    """K7: a paragraph of 50 words at most, a list of 7 items at most."""
    items = 0
    for block in texts.blocks(page, breaks=measured_as(page) == SIMPLE):
        if block.section == SOURCES:
            continue
        count = _count(block)
        if block.kind in ("paragraph", "item") and count > PARAGRAPH_WORDS:
            reason = _("This paragraph has %(count)s words, more than %(limit)s.")
            yield found(page, block.line, "K7", reason, count=count, limit=PARAGRAPH_WORDS)
        items = items + 1 if block.kind == "item" else 0
        if items == LIST_ITEMS + 1:
            yield found(
                page, block.line, "K7", _("This list has more than %(limit)s items."), limit=LIST_ITEMS
            )


def _count(block):
    return len(texts.words(block.plain))


def _exactly(page, headings, expected):
    titles = [block.text for block in headings]
    kept = [title for title in titles if title != SOURCES or titles[-1] != SOURCES]
    for place, title in enumerate(expected):
        here = kept[place] if place < len(kept) else ""
        if here != title:
            line = headings[place].line if place < len(headings) else page.body_line
            yield found(page, line, "K4", _("Here the heading “%(heading)s” is expected."), heading=title)
            return
    if len(kept) > len(expected):
        line = headings[len(expected)].line
        yield found(
            page,
            line,
            "K4",
            _("This heading is not one of its kind: %(headings)s."),
            headings=", ".join(expected),
        )


def _guide(page, headings, kind):
    titles = [block.text for block in headings]
    ending = [TALK, HELP] if kind == SIMPLE else [TALK, HELP, SOURCES]
    if not titles or titles[0] not in FIRST:
        line = headings[0].line if headings else page.body_line
        yield found(
            page, line, "K4", _("The first heading is one of: %(headings)s."), headings=", ".join(FIRST)
        )
    if titles[-len(ending) :] != ending:
        line = headings[-1].line if headings else page.body_line
        yield found(page, line, "K4", _("The last headings are: %(headings)s."), headings=", ".join(ending))
        return
    between = headings[1 : -len(ending)]
    low, high = (1, 6) if kind == SIMPLE else (2, 5)
    if not low <= len(between) <= high:
        reason = _("%(count)s headings stand in the middle: between %(low)s and %(high)s are needed.")
        yield found(page, page.body_line, "K4", reason, count=len(between), low=low, high=high)
    for block in between:
        if not block.text.endswith("?"):
            yield found(page, block.line, "K4", _("This heading is not a question."))


def _before_the_first(page, kind):
    """Text stands before the first heading only where a help line must come first."""
    blocks = texts.blocks(page)
    before = [block for block in blocks if not block.section and block.kind != "heading"]
    grave = HELP_THEME in page.meta.get("themes", ()) or kind == SIMPLE
    if kind and before and not grave:
        yield found(page, before[0].line, "K4", _("Text stands before the first heading."))


def _counted(page, kind, heading, inside):
    if kind != FICHE or heading.text not in COUNTED:
        return
    low, high = COUNTED[heading.text]
    count = sum(block.kind == "heading" and block.level == 3 for block in inside)
    count = count or sum(block.kind == "item" for block in inside)
    if not low <= count <= high:
        reason = _("“%(heading)s” has %(count)s points: between %(low)s and %(high)s are needed.")
        yield found(page, heading.line, "K5", reason, heading=heading.text, count=count, low=low, high=high)
