"""What anybody may know of an open school: hours, gate, absences, telephone, public documents. No name."""

from functools import lru_cache
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from accounts.schools.models import Document, School
from foundation.html import french
from portal.roof import dial
from resources.catalogue.words import day_in_words

DOCUMENTS = 12
# What a school tells of itself to everybody.
TOLD = ("street", "postcode", "town", "absence", "hours", "gate", "telephone")
KEPT_AT_MOST = 128


def front_page(school: School) -> dict[str, Any]:
    """Context of portal/school.html."""
    return {
        "school": school,
        "over": over_line(school),
        "facts": facts(school),
        "telephone": school.telephone,
        "dial": dial(school.telephone),
        "crumbs": [{"label": gettext("Schools"), "url": "/ecoles/"}, {"label": school.name, "url": ""}],
        "name_lang": "fr" if get_language() != "fr" else "",
        "documents": [_document(school, document) for document in _public_documents(school)],
    }


def over_line(school: School) -> str:
    """« École élémentaire, Vaulx-la-Rivière »: what stands above the name."""
    level = str(school.get_level_display())
    return gettext(", ").join(part for part in (level[:1].upper() + level[1:], school.town) if part)


def facts(school: School) -> list[dict[str, Any]]:
    """[{term, lines, telephone, dial}]: what the school tells of itself; what it has not said is left out."""
    place = [school.street, f"{school.postcode} {school.town}".strip()]
    rows = [
        _fact(gettext("To tell an absence"), school.absence.splitlines(), school.telephone),
        _fact(gettext("Hours"), school.hours.splitlines()),
        _fact(gettext("The gate"), school.gate.splitlines()),
        _fact(gettext("Address"), [line for line in place if line]),
    ]
    return [row for row in rows if row["lines"] or row["telephone"]]


def facts_in_html(school: School) -> str:
    """What `facts` tells, for the column beside a home; made once for all who read the same words."""
    said = tuple(getattr(school, field) for field in TOLD)
    return _in_html(get_language(), said)


@lru_cache(maxsize=KEPT_AT_MOST)
def _in_html(language: str, said: tuple[str, ...]) -> str:
    school = School(**dict(zip(TOLD, said, strict=True)))
    lang = "fr" if language != "fr" else ""
    return render_to_string("portal/facts.html", {"facts": facts(school), "lang": lang})


def _fact(term: str, lines: list[str], telephone: str = "") -> dict[str, Any]:
    return {
        "term": term,
        "lines": [french(line) for line in lines],
        "telephone": telephone,
        "dial": dial(telephone),
    }


def _public_documents(school: School) -> Any:
    return Document.objects.of_school(school).filter(readers=Document.Readers.EVERYONE)[:DOCUMENTS]


def _document(school: School, document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "url": reverse("document_file", args=[school.slug, document.key, document.file_name]),
        "who": str(document.get_kind_display()).capitalize(),
        "notes": [day_in_words(document.dated)],
        "meta": filesizeformat(document.size),
        "lang": "fr" if get_language() != "fr" else "",
        "heading": 3,
    }
