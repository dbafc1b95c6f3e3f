"""What a page is to the rules: whose text it is, in which language, measured as which kind."""

from resources.files.findings import Finding

GUIDE_KINDS = ("guide", "article", "activite", "video", "atelier", "outil")
FICHE, LINK, ACTIVITY, SIMPLE = "fiche-outil", "lien", "activite", "simple"
HELP_THEME = "harcelement"


def source_of(page, library):
    """Return the page whose version this is, or the page itself; None when the source is missing."""
    if "variant" not in page.meta:
        return page
    return library.resources.get(page.path.partition(".")[0])


def is_selection(page):
    """A selection is an introduction with a list of resources."""
    return page.path.startswith("selections/")


def measured_as(page):
    """Return the column of EDITORIAL §3 that a page is held to, "" when it is held to none."""
    if (
        is_selection(page)
        or page.meta.get("variant") in ("en", "ar")
        or page.meta.get("language", "fr") != "fr"
    ):
        return ""
    if page.meta.get("variant") == SIMPLE:
        return SIMPLE
    return page.meta["kind"]


def is_french(page):
    """The rules about French words do not read translations."""
    return page.meta.get("variant") not in ("en", "ar") and page.meta.get("language", "fr") == "fr"


def is_for_parents(page, library):
    """Say whether parents read it: the refused words are refused there."""
    source = source_of(page, library)
    if source is None or is_selection(page):
        return True
    return bool({"parents", "parents-elus"} & set(source.meta.get("audiences") or ("parents",)))


def found(page, line, rule, msgid, **params):
    """Return the Finding of a rule on a page."""
    return Finding(page.path, line, rule, msgid, params)
