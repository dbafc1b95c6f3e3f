"""Names that people give themselves: one script a word, no trick of letters, no title (DESIGN §6, Names)."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 80
# Letters of other scripts that pass for Latin ones (Unicode TR39, the common ones).
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнգոսαορνυικμτβηχγ0135",
    "aeopcyxijsdhkmtbhqnuaopvuikmtbnxyoies",
)
# Words that only the site may say of somebody, compared as skeletons.
RESERVED = frozenset(
    [
        "directeur",
        "directrice",
        "direction",
        "principal",
        "principale",
        "proviseur",
        "proviseure",
        "maitre",
        "maitresse",
        "enseignant",
        "enseignante",
        "professeur",
        "professeure",
        "secretaire",
        "secretariat",
        "admin",
        "administrateur",
        "administratrice",
        "administration",
        "moderateur",
        "moderatrice",
        "moderation",
        "animateur",
        "animatrice",
        "academie",
        "rectorat",
        "dasen",
        "preau",
        "elu",
        "elue",
    ]
)


def clean_name(text: str) -> str:
    """Return a name as it may be shown: NFC, single spaces. Raises ValidationError in plain words."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST:
        raise ValidationError(_("Write a name of at most 80 letters."))
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn"} for sign in name):
        raise ValidationError(_("This name holds an invisible sign. Type it again, without copying it."))
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("A name has letters."))
    if any(len(_scripts(word)) > 1 for word in name.split()):
        raise ValidationError(_("A word of this name mixes two alphabets. Type it in one."))
    words = {skeleton(word) for word in name.replace("-", " ").split()}
    if words & RESERVED_SKELETONS:
        raise ValidationError(_("The site itself says who does what here. Write your name only."))
    return name


def skeleton(text: str) -> str:
    """Fold `text` to what an eye sees: two names of one skeleton pass for each other."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LOOKALIKES))
    bare = "".join(sign for sign in folded if sign.isalnum())
    return bare.translate(LOOKALIKES).replace("l", "i").replace("rn", "m").replace("vv", "w")[:160]


def _scripts(word: str) -> set[str]:
    """The alphabets of the letters of a word, by the first word of their Unicode names."""
    return {unicodedata.name(sign, "").split(" ")[0] for sign in word if sign.isalpha()}


RESERVED_SKELETONS = frozenset(skeleton(word) for word in RESERVED)
