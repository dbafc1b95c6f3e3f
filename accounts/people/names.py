"""Names that people give themselves: one script a word, no trick of letters, no title (DESIGN §6, Names)."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 80
SKELETON = 160
# Accents that may stand on one letter; more is a picture, not a name.
MARKS = 3
# Beside letters, marks, figures and spaces: hyphens, apostrophes, the points of initials and of Catalan.
SIGNS = frozenset("-‐‑'’ʼʻʾʿ.·,()/")
# Letters and marks that show nothing.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0") | frozenset(
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
# What a copy may bring along and that hides nothing: the form of an emoji, a soft hyphen.
_HARMLESS = {0xFE0F: None, 0x00AD: None}
# Scripts that one Japanese, Chinese or Korean name may mix.
EAST_ASIAN = frozenset(
    ["CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "HANGUL", "BOPOMOFO"]
)
# Letters of other scripts that pass for Latin ones (Unicode TR39, the common ones), before and after folding.
CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХԌҮՕՏԼ", "ABEZHIKMNOPTYXABESIJKMHOPCTYXGYOSL")
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнɡգոսαορνυικμτβηχγεԛԝցհҽւöıłøđſ0135",
    "aeopcyxijsdhkmtbhgqnuaopvuikmtbnxyeqwghewoilodsoies",
)
# One letter written in several ways, in Arabic and in Japanese; the tatweel only stretches.
SAME = str.maketrans("ةىیکھ口力二工八夕一へべぺ", "هييكهロカニエハターヘベペ", "ـ")
# Words that only the site may say of somebody, compared as skeletons.
RESERVED = frozenset(
    # French
    """directeur directrice direction principal principale proviseur proviseure maitre maitresse enseignant
    enseignante professeur professeure prof secretaire secretariat admin administrateur administratrice
    administration moderateur moderatrice moderation animateur animatrice academie rectorat recteur rectrice
    dasen inspecteur inspectrice ministere mairie ecole preau elu elue elus elues curateur curatrice"""
    # English
    """ director headteacher headmaster headmistress principal teacher professor secretary administrator
    moderator staff school curator operator support"""
    # Arabic, with and without the article
    """ مدير مديرة المدير المديرة معلم معلمة المعلم المعلمة أستاذ أستاذة الأستاذ الأستاذة مدرسة المدرسة
    إدارة الإدارة مشرف مشرفة المشرف المشرفة سكرتير سكرتيرة السكرتير السكرتيرة مسؤول المسؤول""".split()
)


def clean_name(text: str) -> str:
    """Return a name as it may be shown: NFC, single spaces. Raises ValidationError in plain words."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST:
        raise ValidationError(_("Write a name of at most 80 letters."))
    clean_words(name)
    if _says_a_role(name):
        raise ValidationError(_("The site itself says who does what here. Write your name only."))
    return name


def clean_words(name: str, signs: frozenset[str] = frozenset()) -> str:
    """Return `name` if it shows only what it is; `signs` may stand beside those of people's names.

    For names of things too, where a role is a word like any other. Raises ValidationError in plain words.
    """
    if any(_is_invisible(sign) for sign in name):
        raise ValidationError(_("This name holds an invisible sign. Type it again, without copying it."))
    if not any(sign.isalpha() for sign in name) or not skeleton(name):
        raise ValidationError(_("A name has letters."))
    if not all(sign in signs or _is_taken(sign) for sign in name) or _is_piled_up(name):
        raise ValidationError(_("Write plain letters, spaces, hyphens and apostrophes only."))
    if any(len(_scripts(word)) > 1 for word in name.split()):
        raise ValidationError(_("A word of this name mixes two alphabets. Type it in one."))
    return name


def clean_title(text: str, longest: int) -> str:
    """Return the name of a thing (school, list, paper) as it may be shown: any signs, no trick of letters.

    Raises ValidationError in plain words.
    """
    plain = unicodedata.normalize("NFC", text).translate(_HARMLESS)
    name = " ".join(plain.split())
    if not name or len(name) > longest:
        raise ValidationError(_("Write a name of at most %(count)d signs.") % {"count": longest})
    if any(_is_invisible(sign) for sign in name):
        raise ValidationError(_("This name holds an invisible sign. Type it again, without copying it."))
    if not any(sign.isalnum() for sign in name):
        raise ValidationError(_("A name has letters."))
    if _is_piled_up(name):
        raise ValidationError(_("A letter of this name bears too many marks. Type it again."))
    if any(len(_scripts(unicodedata.normalize("NFKC", word))) > 1 for word in re.split(r"[\W\d_]+", name)):
        raise ValidationError(_("A word of this name mixes two alphabets. Type it in one."))
    return name


def mended(text: str) -> str:
    """Return a name that a list brings: NFC, single spaces, no invisible sign, no letter piled up."""
    seen = "".join(sign for sign in text if sign.isspace() or not _is_invisible(sign))
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFD", seen):
        marks = marks + 1 if unicodedata.category(sign)[0] == "M" else 0
        if marks <= MARKS:
            kept.append(sign)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def skeleton(text: str) -> str:
    """Fold `text` to what an eye sees: two names of one skeleton pass for each other."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(CAPITALS))
    folded = unicodedata.normalize("NFKD", folded.casefold().translate(LOOKALIKES)).translate(SAME)
    bare = "".join(_plain_digit(sign) for sign in folded if _is_seen(sign))
    bare = bare.translate(LOOKALIKES)
    return bare.replace("l", "i").replace("rn", "m").replace("vv", "w")[:SKELETON]


def _is_invisible(sign: str) -> bool:
    return sign in BLANK or unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def _is_taken(sign: str) -> bool:
    """A letter as a keyboard gives it, no letter drawn in another style (𝐀, Ⓐ, ａ)."""
    if sign == " " or sign in SIGNS:
        return True
    drawn = unicodedata.decomposition(sign)
    if drawn.startswith("<") and not drawn.startswith("<compat>"):
        return False
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"


def _is_piled_up(name: str) -> bool:
    """Whether a letter bears more marks than any writing puts on one, or the name begins with one."""
    kinds = "".join(unicodedata.category(sign)[0] for sign in unicodedata.normalize("NFD", name))
    return "M" * (MARKS + 1) in kinds or kinds.startswith("M")


def _is_seen(sign: str) -> bool:
    """Letters, figures, and the vowel signs of Indian scripts; accents and Arabic vowels are folded away."""
    if sign in SIGNS or sign in BLANK:
        return False
    return sign.isalnum() or (unicodedata.category(sign)[0] == "M" and unicodedata.combining(sign) == 0)


def _plain_digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign


def _scripts(word: str) -> set[str]:
    """The alphabets of the letters of a word, by the first word of their Unicode names."""
    letters = (sign for sign in word if sign.isalpha() and sign not in SIGNS)
    found = {unicodedata.name(sign, "").split(" ")[0] for sign in letters}
    return {"EAST ASIAN" if script in EAST_ASIAN else script for script in found}


def _says_a_role(name: str) -> bool:
    """Whether a word is a role, or the whole is one spelled apart; Jean Le Maître is somebody's name."""
    words = [word for word in re.split(r"[^\w\u0300-\u036f]+|\d+|_", name) if word]
    bare = [skeleton(word) for word in words]
    for place, word in enumerate(bare):
        if word in RESERVED_SKELETONS and not (word == _MAITRE and place > 1 and bare[place - 1] == _LE):
            return True
    return bool({skeleton(name), *map(skeleton, name.split())} & (RESERVED_SKELETONS - {_MAITRE})) or (
        skeleton(name) == _MAITRE
    )


RESERVED_SKELETONS = frozenset(skeleton(word) for word in RESERVED)
_MAITRE, _LE = skeleton("maître"), skeleton("le")
