"""K1 dates and series, K2 title, K3 en bref: what the front matter says beyond its form."""

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import FICHE, LINK, found, is_french, is_selection

LONGEST_REVIEW = 366
LONGEST_TITLE = 75
IN_SHORT = (3, 5)
IN_SHORT_WORDS = 60
COMPETENCES = (2, 4)
# Arrêté du 1er juillet 2013, items 4 to 13 as the library uses them, and the two items of the fiche-outil.
OFFICIAL_COMPETENCES = frozenset(
    {
        "Prendre en compte la diversité des élèves",
        "Agir en éducateur responsable et selon des principes éthiques",
        "Intégrer les éléments de la culture numérique nécessaires à l’exercice de son métier",
        "Coopérer au sein d’une équipe",
        "Contribuer à l’action de la communauté éducative",
        "Coopérer avec les parents d’élèves",
        "Coopérer avec les partenaires de l’école",
        "Œuvrer à la construction d’une relation de confiance avec les parents",
        "Participer à l’éducation des élèves à un usage responsable d’Internet",
    }
)


def dates_and_series(page, library):
    """K1: dates in range, a fiche-outil its addressee and number, a link card its address."""
    meta = page.meta
    if is_selection(page):
        return
    yield from _dates(page)
    if "variant" in meta:
        return
    for key in ("summary", "audiences", "levels", "themes", "source"):
        if not meta.get(key):
            yield found(page, 1, "K1", _("The key “%(key)s” is missing."), key=key)
    for key in ("addressee", "number"):
        if meta["kind"] == FICHE and not meta.get(key):
            yield found(page, 1, "K1", _("A fiche-outil needs the key “%(key)s”."), key=key)
        elif meta["kind"] != FICHE and meta.get(key):
            yield found(
                page, page.line_of(key), "K1", _("Only a fiche-outil has the key “%(key)s”."), key=key
            )
    if meta["kind"] == LINK and not (meta.get("source") or {}).get("address"):
        yield found(page, page.line_of("source"), "K1", _("A link card needs the address of its source."))
    if meta["kind"] == FICHE:
        yield from _competences(page)


def title(page, library):
    """K2: the title is a question of 75 characters at most."""
    if is_selection(page):
        return
    text, line = page.meta["title"], page.line_of("title")
    if not text.rstrip("»” ").endswith(("?", "؟")):
        yield found(page, line, "K2", _("The title is not a question."))
    if len(text) > LONGEST_TITLE:
        reason = _("The title has %(count)s characters, more than %(limit)s.")
        yield found(page, line, "K2", reason, count=len(text), limit=LONGEST_TITLE)


def in_short(page, library):
    """K3: en bref has 3 to 5 points, 60 words together."""
    if is_selection(page):
        return
    points = page.meta.get("en_bref") or []
    line = page.line_of("en_bref")
    low, high = IN_SHORT
    if not low <= len(points) <= high:
        reason = _("“en_bref” has %(count)s points: between %(low)s and %(high)s are needed.")
        yield found(page, line, "K3", reason, count=len(points), low=low, high=high)
    count = sum(len(texts.words(texts.plain(point))) for point in points)
    if count > IN_SHORT_WORDS and is_french(page):
        reason = _("“en_bref” has %(count)s words, more than %(limit)s.")
        yield found(page, line, "K3", reason, count=count, limit=IN_SHORT_WORDS)


def _dates(page):
    meta = page.meta
    reviewed, review_by = meta.get("reviewed"), meta.get("review_by")
    if not reviewed:
        yield found(page, 1, "K1", _("The key “%(key)s” is missing."), key="reviewed")
    if "variant" in meta:
        return
    if meta["status"] == "published" and not meta.get("published"):
        reason = _("A published text needs its date “published”.")
        yield found(page, page.line_of("status"), "K1", reason)
    if not review_by:
        yield found(page, 1, "K1", _("The key “%(key)s” is missing."), key="review_by")
    elif reviewed and not 0 < (review_by - reviewed).days <= LONGEST_REVIEW:
        reason = _("“review_by” must come after “reviewed”, at most 12 months later.")
        yield found(page, page.line_of("review_by"), "K1", reason)


def _competences(page):
    named = page.meta.get("competences") or []
    line = page.line_of("competences")
    low, high = COMPETENCES
    if not low <= len(named) <= high:
        reason = _("A fiche-outil names between %(low)s and %(high)s competences, not %(count)s.")
        yield found(page, line, "K1", reason, count=len(named), low=low, high=high)
    for text in named:
        if text not in OFFICIAL_COMPETENCES:
            reason = _("“%(text)s” is not the official wording of a competence.")
            yield found(page, line, "K1", reason, text=text[:60])
