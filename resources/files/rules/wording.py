"""K8 words that blame, frighten or blur; K9 dots; K10 capitals without their accent."""

import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import found, is_for_parents, is_french

_VERB = r"(?:er|ez|es?|ons|ent|ée?s?|ant|ait|aient|era|erez)"
# EDITORIAL §1, left column (what stands in brackets there is for the eye) → what to write instead.
REFUSED = {
    r"les parents doivent|vous devez|devez-vous|devez": "vous pouvez",
    r"il faut|il vous faudra|faut-il": "essayez de…",
    r"démissionnaires?": "un parent que nous n’avons pas encore joint",
    r"éloignée?s? de l’école": "familles que l’école n’a pas encore rencontrées",
    r"défavorisée?s?": "famille au budget serré",
    r"monoparenta\w+": "parent seul avec ses enfants",
    r"familles? (?:éclatées?|brisées?)": "parents séparés",
    r"papa et (?:la |une )?maman|maman et (?:le |un )?papa": "les parents",
    r"handicapée?s?": "en situation de handicap",
    r"souffr(?:e|ent|ez|ir|ant) d(?:e\b|’|u\b|es\b)|atteinte?s? d(?:e\b|’|u\b|es\b)": "a",
    r"(?:enfants?|élèves?) norma(?:l|le|ux|les)": "les autres enfants",
    r"en difficultés?": "qui a besoin d’aide pour lire",
    r"(?:élèves?|enfants?|plus|trop|très|est|sont) faibles?|en échec": "n’y arrive pas encore",
    r"non-francophones?": "qui parle une autre langue",
    r"allophones?": "qui apprend le français",
    r"fracture numérique": "manque de matériel, de connexion, d’habitude",
    r"illettrisme|illectronisme": "ne pas être à l’aise avec la lecture, avec internet",
    r"addict\w*|accros?": "a du mal à s’arrêter",
    r"dangers?|fléaux?|ravages?": "risque",
    r"trop d’écrans?": "plus que vous ne voulez",
    rf"surveill{_VERB}|fliqu{_VERB}": "regarder avec, accompagner",
    r"interdire|interdisez|interdisons|interdisent": "fixer une règle ensemble",
    r"caprices?|comédies?": "colère, chagrin",
    r"phobi\w+": "peur d’aller à l’école",
    r"harceleu\w+|bourreaux?": "élève qui harcèle",
    r"victimes?": "élève harcelé",
    r"prédateurs?": "adulte malveillant",
    rf"convoqu{_VERB}|convocations?": "inviter à un rendez-vous",
    r"sensibilis\w+": "en parler avec les parents",
    rf"impliqu{_VERB}|mobilis{_VERB}": "proposer, inviter",
    r"(?:se|vous|nous) rapproch\w+ d(?:e\b|’|u\b|es\b)|rapprochez-vous": "appeler, écrire à",
    r"dans les meilleurs délais": "une date",
    r"modalités?": "comment faire",
    r"dispositifs?": "aide",
    r"effectu\w+ (?:une|la|les|des|vos|cette|ces) démarches?": "demander",
    r"en cas d(?:e\b|’|u\b)": "si",
    r"notamment|le cas échéant": "par exemple",
    r"présentiel|distanciel": "sur place ; à distance",
    r"veuillez trouver|ci-jointe?s?": "voici",
    r"(?:le|du|au) numérique": "internet, le téléphone, l’ordinateur",
    r"il suffit d(?:e\b|’)": "vous pouvez",
    r"dès le plus jeune âge|plus que jamais": "—",
    r"il convient d(?:e\b|’)": "essayez de…",
    r"parents? gardiens?": "les deux parents",
}
# Names of services and posts, which nobody may rewrite.
OFFICIAL = re.compile(
    r"enfan(?:ts?|ce) en danger|France Victimes|surveillante?s?\b|victime de cybermalveillance"
    r"|personnes? (?:handicapées?)|non au harcèlement",
    re.IGNORECASE,
)
_REFUSED = [
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), better)
    for pattern, better in REFUSED.items()
]
_DOTS = re.compile(
    r"\w[·•]\w+|\w\((?:e|s|es|ne|nes|le|les|rice|trice|euse|se)\)|\w/(?:e|es|ne|nes|rice|trice|euse|se)\b"
)
_NO_ACCENT = re.compile(
    r"\b(?:Ecol\w+|Etat\w*|Ecran\w*|Education\w*|Educatif\w*|Eleve\w*|Elève\w*|Etape\w*|Ecout\w+|Ecri\w+|Evit\w+"
    r"|Etre|Equip\w+|Egal\w+|Etablissement\w*|Eduscol|Eteign\w+|Etein\w+|Echang\w+|Ete|Eloign\w+|Etudi\w+|Etudes?"
    r"|Epargn\w+|Elément\w*|Elementaire|Eviter|Ecart\w*|Energie|Emotion\w*|Ca|Oeuvr\w*|Oeil)\b"
)
_A_ALONE = re.compile(r"(?:^|[.!?…:«–]\s+)A (?=[a-zà-ÿœ«])")
_SENTENCE_CASE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿœ]{2,}")


def refused_words(page, library):
    """K8: the left column of §1 in what parents read; « ! » nowhere."""
    if not is_french(page):
        return
    for line, text in texts.lines_of_ours(page):
        if "!" in text:
            yield found(page, line, "K8", _("No exclamation mark."))
    if is_for_parents(page, library):
        read = texts.lines_of_ours(page)
    else:
        read = [(block.line, block.plain) for block in texts.prose(page) if block.section == "À copier"]
    for line, text in read:
        exempt = OFFICIAL.sub(lambda match: "x" * len(match.group()), text)
        for pattern, better in _REFUSED:
            for match in pattern.finditer(exempt):
                reason = _("“%(word)s” is a word we avoid; rather: %(better)s.")
                yield found(page, line, "K8", reason, word=match.group(), better=better)


def dots(page, library):
    """K9: both genders without dots, brackets or slashes."""
    if not is_french(page):
        return
    for line, text in texts.lines_of_ours(page):
        for match in _DOTS.finditer(text):
            reason = _("“%(text)s”: write a word that has one form, or the pair in full.")
            yield found(page, line, "K9", reason, text=match.group())


def capitals(page, library):
    """K10: accents on capitals, sentence case in titles."""
    if not is_french(page):
        return
    for line, text in texts.lines_of_ours(page):
        for match in _NO_ACCENT.finditer(text):
            yield found(page, line, "K10", _("“%(word)s” lacks its accent."), word=match.group())
        if _A_ALONE.search(text):
            yield found(page, line, "K10", _("A sentence begins with “A” without its accent."))
    for line, title in [(page.line_of("title"), page.meta["title"])] + [
        (block.line, block.plain) for block in texts.headings(page)
    ]:
        long_words = [word for word in texts.words(title)[1:] if len(word) > 3]
        capital = [word for word in long_words if _SENTENCE_CASE.match(word)]
        if len(long_words) > 2 and len(capital) * 2 > len(long_words):
            yield found(page, line, "K10", _("Only the first word of a title takes a capital."))
