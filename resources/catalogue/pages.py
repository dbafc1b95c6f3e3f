"""What the reading page and the printed sheet show of a text."""

import datetime
from urllib.parse import quote

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from resources.catalogue import words
from resources.catalogue.anytext import Text
from resources.catalogue.fields import digest_of
from resources.catalogue.models import Audience, Kind, Resource, Variant, VariantKey
from resources.catalogue.rows import companion_row
from resources.catalogue.snapshot import Snapshot

# A table of contents helps from this reading time on (minutes), and this many sections.
LONG_MINUTES = 4
MANY_SECTIONS = 6


def reading_page(
    resource: Resource, text: Text, library: Snapshot, *, open_to_all: bool = True
) -> dict[str, object]:
    """Context of resources/resource.html for a resource or one of its variants.

    `open_to_all`: False for words not published, whatever the state of the text they will replace.
    """
    themes = [library.themes[key] for key in theme_keys(resource, library) if key in library.themes]
    address = f"{settings.SITE_URL}{text_url(resource, text)}"
    title = words.shown(text.title, text.language)
    foreign = text.language != get_language()
    return {
        "resource": resource,
        "title": title,
        "summary": words.shown(text.summary or resource.summary, text.language),
        "language": text.language,
        "text_lang": text.language if foreign else "",
        "crumbs": _crumbs(themes, title, text.language if foreign else ""),
        "note": _note(resource, text, open_to_all=open_to_all and text.is_public and resource.is_public),
        "versions": _versions(resource, text, library),
        "en_bref": [words.shown(point, text.language) for point in text.en_bref],
        "body": mark_safe(text.html),
        "contents": _contents(text),
        "competences": [words.shown(line) for line in resource.competences],
        "print_url": f"{text_url(resource, text)}imprimer/",
        "share": _share(title, address),
        "related": [companion_row(library.cards[key]) for key in related_keys(resource, library)],
        "links": _links(resource, library),
        "about": _about(resource, text),
        "marks": _marks(resource, text),
        "address": address,
    }


def text_url(resource: Resource, text: Text) -> str:
    return (
        f"{resource.get_absolute_url()}{text.key}/"
        if isinstance(text, Variant)
        else resource.get_absolute_url()
    )


def theme_keys(resource: Resource, library: Snapshot) -> tuple[int, ...]:
    card = library.cards.get(resource.pk)
    if card:
        return card.themes
    return tuple(resource.theme_links.values_list("theme_id", flat=True))


def main_theme(resource: Resource, library: Snapshot) -> str:
    """Name of a resource's first theme, for sheets."""
    keys = theme_keys(resource, library)
    return words.shown(library.themes[keys[0]].name) if keys and keys[0] in library.themes else ""


def related_keys(resource: Resource, library: Snapshot) -> list[int]:
    card = library.cards.get(resource.pk)
    keys = card.related if card else resource.related_links.values_list("target_id", flat=True)
    return [key for key in keys if key in library.cards]


def _crumbs(themes: list, title: str, text_lang: str) -> list[dict[str, str]]:
    french = "" if get_language() == "fr" else "fr"
    crumbs = [{"label": gettext("Library"), "url": "/bibliotheque/"}]
    if themes:
        name, url = words.shown(themes[0].name), themes[0].get_absolute_url()
        crumbs.append({"label": name, "url": url, "lang": french})
    return [*crumbs, {"label": title, "url": "", "lang": text_lang}]


def _note(resource: Resource, text: Text, *, open_to_all: bool) -> dict[str, object]:
    kind = words.kind_in_words(resource.kind, resource.addressee, resource.number)
    minutes = words.on_one_line(words.minutes_in_words(text.reading_minutes))
    notes = [*kind[1:], words.levels_in_words(resource.levels), minutes]
    if text.reviewed:
        notes.append(gettext("reviewed on %(day)s") % {"day": words.day_in_words(text.reviewed)})
    readers = words.on_one_line(gettext("open to all")) if open_to_all else ""
    return {"who": kind[0], "notes": notes, "open": readers}


def _versions(resource: Resource, text: Text, library: Snapshot) -> list[dict[str, object]]:
    """The full text, the simple version, the languages readers are offered; none for a lone text."""
    card = library.cards.get(resource.pk)
    present = set(card.variants) if card else set(resource.variants.values_list("key", flat=True))
    if not present and Audience.PARENTS not in resource.audiences:
        return []
    current = text.key if isinstance(text, Variant) else ""
    offered = [VariantKey.SIMPLE, *(code for code in settings.OFFERED_LANGUAGES if code != "fr")]
    keys = ["", *offered, *sorted(present - set(offered))]
    rows = []
    for key in keys:
        here = resource.get_absolute_url()
        rows.append(
            {
                "label": _version_label(key),
                "url": f"{here}{key}/" if key in present else here if not key else "",
                "current": key == current,
                "lang": key if key in words.LANGUAGES else "",
            }
        )
    return rows


def _version_label(key: str) -> str:
    if not key:
        return gettext("Full text")
    return words.LANGUAGES.get(key) or words.label_of(VariantKey, key)


def _contents(text: Text) -> list[dict[str, str]]:
    sections = [{"url": f"#{anchor}", "label": label} for anchor, level, label in text.headings if level == 2]
    return sections if text.reading_minutes >= LONG_MINUTES and len(sections) >= MANY_SECTIONS else []


def _share(title: str, address: str) -> dict[str, str]:
    body = f"{title}\n{address}\n"
    return {"address": address, "mailto": f"mailto:?subject={quote(title)}&body={quote(body)}"}


def _links(resource: Resource, library: Snapshot) -> list[dict[str, str]]:
    rows = []
    for address in resource.links:
        source = library.sources.get(address)
        rows.append(
            {
                "url": address,
                "title": words.shown(source.title) if source else address.split("/")[2],
                "site": words.shown(source.publisher) if source else "",
            }
        )
    return rows


def _about(resource: Resource, text: Text) -> list[str]:
    lines = []
    if resource.kind == Kind.LINK and resource.source_site:
        lines.append(gettext("Page of another site: %(site)s.") % {"site": words.shown(resource.source_site)})
        lines.append(gettext("This card was written by Préau."))
    else:
        lines.append(gettext("Written for Préau."))
    lines.append(gettext("Read again by the editors; not yet by parents."))
    if resource.source_licence:
        lines.append(gettext("Licence: %(licence)s.") % {"licence": resource.source_licence})
    if due := text.review_by or resource.review_by:
        month = words.month_in_words(due)
        lines.append(gettext("To be reviewed before %(month)s.") % {"month": month})
    if resource.addressee:
        lines.append(gettext("The numbering of tool sheets is ours."))
    return lines


def _marks(resource: Resource, text: Text) -> list[dict[str, str]]:
    """What a reader should know of the state of this text, each with the words of the margin."""
    marks = []
    if not text.is_public or not resource.is_public:
        marks.append({"name": gettext("Draft"), "text": gettext("Only curators see this page.")})
    day = text.review_by if text.needs_review else resource.review_by
    if day and (text.needs_review or resource.needs_review):
        words_ = gettext(
            "This text was to be reviewed before %(day)s. It stays here; check what matters to you."
        )
        marks.append({"name": gettext("To be checked"), "text": words_ % {"day": words.day_in_words(day)}})
    if isinstance(text, Variant):
        if text.key not in {VariantKey.SIMPLE, "fr"} and not text.read_by:
            marks.append(
                {
                    "name": gettext("Translation"),
                    "text": gettext("Translation not yet read by a native reader."),
                }
            )
        if text.source_digest and text.source_digest != digest_of(resource):
            since = resource.reviewed or datetime.date.today()
            changed = gettext("The full text changed since (%(day)s); this version may be behind.")
            marks.append({"name": gettext("To update"), "text": changed % {"day": words.day_in_words(since)}})
    return marks
