"""A text that seems to name a child or somebody of the staff: one is asked, never stopped (RULES §4)."""

import re

# A first name or surname as it is typed; what follows a word that announces somebody.
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_STAFF = re.compile(
    rf"\b(?:M\.|Mr\.?|Mme\.?|Mlle\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Mm]aître|[Mm]aîtresse"
    rf"|[Mm]aitresse|[Ii]nstit|AESH|ATSEM)\s+(?:[A-Z]\.\s*)?{_NAME}"
)
_CHILD = re.compile(
    rf"\b(?:[Mm]on fils|[Mm]a fille|[Ll]e fils de|[Ll]a fille de|[Ll]e petit|[Ll]a petite|[Ll]’élève"
    rf"|[Ll]'élève|[Ll]’enfant|[Ll]'enfant|camarade|copain|copine)\s*,?\s+{_NAME}"
)
_ARABIC = re.compile(r"(?:الأستاذة?|المعلمة?|السيدة?|المديرة?)\s+[\u0621-\u064a]{2,}")


def names_somebody(text: str, *, staff: bool = True) -> bool:
    """Whether `text` seems to name a child, or somebody of the staff (`staff`: not in a group of theirs)."""
    if _CHILD.search(text):
        return True
    return staff and bool(_STAFF.search(text) or _ARABIC.search(text))
