"""Each measurable rule of EDITORIAL §3 with a text that it refuses and its twin that it lets pass."""

import datetime

import pytest

from resources.files import rules
from resources.files.rules import together, typography
from tests.resources.files.conftest import make_library, make_page

DAY = datetime.date(2026, 11, 24)
TERMS = [{"term": "CPE", "line": "adulte responsable de la vie scolaire"}]
SOURCES = [{"address": "https://example.org/page"}, {"address": "https://example.org/a.pdf"}]
SOURCES += [{"address": f"https://example.org/{number}"} for number in range(9)]
NUMBERS = [{"number": "3018", "name": "Harcèlement", "line": "Gratuit."}]
TALK = (
    "## À la maison, parlons-en\n- Tu as aimé quoi\u00a0?\n- On fait quoi\u00a0?\n"
    "- Qui t’a fait rire\u00a0?\n"
)
GUIDE_BODY = (
    "## Ce soir\nPrenez un papier.\n## Que dire\u00a0?\nDites bonjour.\n## Que faire\u00a0?\nAttendez.\n"
    + TALK
    + "## Quand demander de l’aide\u00a0?\nAppelez l’école.\n## Sources\n- [Une page (un site)](https://example.org/page)\n"
)
OFFICIAL = ["Coopérer avec les parents d’élèves", "Coopérer au sein d’une équipe"]
DATES = {"reviewed": DAY, "review_by": datetime.date(2027, 11, 24), "summary": "Un résumé."}
WHOLE = {**DATES, "levels": ["college"], "themes": ["parler"], "source": {"site": "Préau"}}
FICHE = {**WHOLE, "kind": "fiche-outil", "addressee": "[Directeur]", "number": 1, "audiences": ["directeurs"]}
LINK_SOURCE = {"site": "Un site", "address": "https://example.org/page", "licence": "Libre"}


def broken(page, *others, rule=None):
    """Return the rules that a page breaks, in a library with its lists; the reasons too, when read by eye."""
    library = make_library(page, *others, glossaire=TERMS, sources=SOURCES, numeros=NUMBERS)
    found = [one for page_rule in rules.PAGE_RULES for one in page_rule(page, library)]
    assert all(one.reason and one.line >= 1 for one in found)
    return {one.rule for one in found} if rule is None else [str(one) for one in found if one.rule == rule]


def simple(body, **changes):
    return make_page(body, name="page.simple.md", **changes)


SENTENCE = "Vous pouvez écrire un mot. "
POINTS = ["Un.", "Deux.", "Trois."]
PASSES_AND_FAILS = [
    ("K1", {**WHOLE}, {**WHOLE, "review_by": datetime.date(2028, 1, 1)}),
    ("K1", {**WHOLE}, {**WHOLE, "review_by": DAY}),
    ("K1", {**WHOLE}, {**WHOLE, "reviewed": None}),
    ("K1", {**WHOLE}, {**WHOLE, "themes": []}),
    ("K1", {**WHOLE, "status": "published", "published": DAY}, {**WHOLE, "status": "published"}),
    ("K1", {**FICHE, "competences": OFFICIAL}, {**FICHE, "competences": OFFICIAL[:1]}),
    ("K1", {**FICHE, "competences": OFFICIAL}, {**FICHE, "competences": ["Faire", "Être"]}),
    ("K1", {**FICHE, "competences": OFFICIAL}, {**FICHE, "competences": OFFICIAL, "number": None}),
    ("K1", {**WHOLE}, {**WHOLE, "number": 3}),
    ("K1", {**WHOLE, "kind": "lien", "source": LINK_SOURCE}, {**WHOLE, "kind": "lien"}),
    ("K2", {"title": "Que dire ?"}, {"title": "Que dire"}),
    ("K2", {"title": "Que dire à « l’école ? »"}, {"title": "Que dire " * 9 + "?"}),
    ("K3", {"en_bref": POINTS}, {"en_bref": POINTS[:2]}),
    ("K3", {"en_bref": [*POINTS, "mot " * 56 + "mot"]}, {"en_bref": [*POINTS, "mot " * 57 + "mot"]}),
    ("K10", {"title": "Que dire à la Caf de Paris\u00a0?"}, {"title": "Que Dire Après Les Devoirs\u00a0?"}),
]


@pytest.mark.parametrize(("rule", "passes", "fails"), PASSES_AND_FAILS)
def test_front_matter(rule, passes, fails):
    for changes, expected in ((passes, False), (fails, True)):
        changes = {"en_bref": POINTS, "title": "Que dire\u00a0?", **changes}
        assert (rule in broken(make_page("## Ce soir\n", **changes))) is expected


SIX_MORE = "## Sources\n" + "".join(f"- [Page {n} du site](https://example.org/{n})\n" for n in range(6))
GUIDE_TWINS = [
    ("K4", ("## Ce soir", "## Ce matin")),
    ("K4", ("## Que dire\u00a0?", "## Que dire")),
    ("K4", ("## Que dire\u00a0?\nDites bonjour.\n", "")),
    ("K4", ("## Ce soir", "Bonsoir.\n## Ce soir")),
    ("K4", ("## Que dire\u00a0?", "### Que dire\u00a0?")),
    ("K4", ("## Sources\n- [Une page (un site)](https://example.org/page)\n", "")),
    ("K5", ("Prenez un papier.", SENTENCE * 11)),
    ("K5", ("Dites bonjour.", SENTENCE * 25)),
    ("K7", ("Dites bonjour.", SENTENCE * 11)),
    ("K7", ("Attendez.", "- Un.\n" * 8)),
    ("K6", ("Attendez.", "Attendez " + "le soir et " * 8 + "la nuit.")),
    ("K6", ("Attendez.", "Reconnaissance institutionnelle, accompagnement particulièrement professionnel.")),
    ("K8", ("Attendez.", "Vous devez attendre.")),
    ("K8", ("Attendez.", "Attendez\u00a0!")),
    ("K8", ("Attendez.", "C’est un dispositif utile.")),
    ("K9", ("Attendez.", "Demandez aux élu·es.")),
    ("K9", ("Attendez.", "Un élève est prêt(e).")),
    ("K9", ("Attendez.", "Un élève est prêt/e.")),
    ("K10", ("Attendez.", "Allez à l’Ecole.")),
    ("K10", ("Attendez.", "Attendez. A la fin, dites merci.")),
    ("K11", ("Attendez.", "L'école attend.")),
    ("K11", ("Attendez.", 'Il a dit "oui".')),
    ("K12", ("Attendez.", "Venez le 03/11.")),
    ("K12", ("Attendez.", "Venez à 16:30.")),
    ("K12", ("Attendez.", "Attendez dix minutes.")),
    ("K12", ("Attendez.", "C’est en 6ème.")),
    ("K12", ("Attendez.", "Cela touche 20\u00a0% des élèves.")),
    ("K12", ("Attendez.", "Au XXIe siècle.")),
    ("K12", ("Attendez.", "La règle a changé récemment.")),
    ("K13", ("[Une page (un site)]", "[ici]")),
    ("K13", ("[Une page (un site)]", "[https://example.org/page]")),
    ("K13", ("https://example.org/page", "https://example.org/unknown")),
    ("K13", ("https://example.org/page", "https://example.org/a.pdf")),
    ("K13", ("Attendez.", "Lisez https://example.org/page ce soir.")),
    ("K13", ("Attendez.", "Lisez [la page du site](https://example.org/1).")),
    ("K13", ("## Sources\n", SIX_MORE)),
    ("K13", ("## Sources\n", "## Sources\n- [Une page (un site)](https://example.org/1)\n")),
    ("K14", ("Attendez.", "Demandez à la CAF.")),
    ("K15", ("- [Une page (un site)](https://example.org/page)", "Ce sont des conseils de la rédaction.")),
    ("K16", ("- On fait quoi\u00a0?\n", "")),
    ("K16", ("- On fait quoi\u00a0?", "- Le soir, il fait quoi\u00a0?")),
    ("K16", ("- On fait quoi\u00a0?", "- Pourquoi tu cries\u00a0?")),
    ("K16", ("- On fait quoi\u00a0?", "- On " + "fait et refait " * 5 + "quoi\u00a0?")),
    ("K18", ("Attendez.", "Appelez le 3020.")),
    ("K18", ("Attendez.", "Appelez le 01 23 45 67 89.")),
    ("K18", ("Attendez.", "Appelez le 115.")),
]


@pytest.mark.parametrize(("rule", "change"), GUIDE_TWINS, ids=lambda value: str(value)[:30])
def test_guide_text(rule, change):
    old, new = change
    body = GUIDE_BODY
    if rule == "K15":
        body = body.replace("Attendez.", "C’est la loi.")
    assert old in body
    length = [one for one in broken(make_page(body), rule=rule) if "350" not in one]
    assert length == []
    assert [one for one in broken(make_page(body.replace(old, new)), rule=rule) if "350" not in one]


LETS_PASS = [
    ("K8", "Le 119 répond pour un enfant en danger."),
    ("K8", "La surveillante ou le surveillant vous répond."),
    ("K8", "L’école a interdit le téléphone."),
    ("K9", "Le cahier et/ou le carnet."),
    ("K10", "Il y en a. A-t-il dormi ?"),
    ("K11", "Il dit : « Viens ! », à 16 h 30, avec 1 200 élèves de 3 ans."),
    ("K12", "Venez mardi 3 novembre 2026, à 16 h 30. Il est en 6e. Tous les deux."),
    ("K12", "Lisez l’un des deux mots."),
    ("K14", "Demandez à la CAF, la caisse qui verse des aides."),
    ("K14", "Demandez à la caisse d’allocations familiales (CAF)."),
    ("K14", "Parlez à la PMI. La PMI aide les parents."),
    ("K14", "Le CPE répond. Il est en CM2, puis en CE1."),
    ("K15", "Il va tout droit, puis à droite. Il a 3 ans."),
    ("K18", "Le 3018 répond. Venez le 15 janvier, à 17 h, avec 115 élèves."),
]


@pytest.mark.parametrize(("rule", "text"), LETS_PASS)
def test_no_false_alarm(rule, text):
    for spaced in (" :", " ?", " !", "« ", " »", " h ", "1 200", "3 ans", "17 h"):
        text = text.replace(spaced, spaced.replace(" ", "\u00a0"))
    assert broken(make_page(f"## Ce soir\n{text}\n"), rule=rule) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            FICHE,
            "## Constat\nUn.\n## Leviers\n- Un.\n- Un.\n- Un.\n- Un.\n## À copier\nBonjour.\n"
            "## Points de vigilance\n- Un.\n- Un.\n- Un.\n## Ce que les parents verront\nUn.\n"
            "## Ressources\nUn.\n"
            "## Lien avec le référentiel de compétences des enseignants\nUn.\n",
        ),
        (
            {"kind": "lien", "source": LINK_SOURCE},
            "## Ce que c’est\nUn.\n## Pour qui\nUn.\n## Ce que vous y trouverez\nUn.\n"
            "## Avant d’ouvrir\nUn.\n## Par où commencer\nUn.\n",
        ),
        ({"kind": "activite"}, "## Il vous faut\nUn.\n## Étapes\nUn.\n## Pour finir\nUn.\n"),
    ],
)
def test_the_headings_of_other_kinds(kind, body):
    assert broken(make_page(body, **kind), rule="K4") == []
    cut = body[: body.rindex("## ")]
    assert broken(make_page(cut, **kind), rule="K4")


def test_the_parts_of_a_tool_sheet_are_counted_and_its_message_is_plain():
    body = (
        "## Leviers\n- Un.\n- Deux.\n## À copier\nBonjour, vous devez venir "
        + "le soir et " * 7
        + "la nuit.\n"
    )
    found = broken(make_page(body, **FICHE))
    assert {"K5", "K8", "K6"} <= found
    quiet = "## Leviers\nVous devez venir.\n## À copier\nBonjour, venez.\n"
    assert "K8" not in broken(make_page(quiet, **FICHE))


SIMPLE_TWINS = [
    ("K17", "Prenez un papier.", "Prenez un papier. Écrivez."),
    ("K17", "Prenez un papier.", "Prenez un papier et écrivez les trois mots que vous voulez dire demain."),
    ("K17", "Prenez un papier.", "Prenez un papier (blanc)."),
    ("K17", "Prenez un papier.", "Le mot est lu par la classe."),
    ("K17", "Prenez un papier.", "La maîtresse lira le mot."),
    ("K17", "Votre fille parle.\nElle rit.", "Parlez.\nElle rit."),
    ("K17", "Le CPE est un adulte.", "Allez voir le CPE.\nPuis rentrez."),
    ("K17", "Écrivez 3 mots.", "Écrivez 12 mots."),
    ("K12", "Écrivez 3 mots.", "Écrivez trois mots."),
    ("K11", "Prenez un papier.", "Prenez *un* papier."),
    ("K6", "Prenez un papier.", "Anticonstitutionnellement, reconnaissance professionnelle."),
    ("K4", "## Quand demander de l’aide ?\nAppelez.\n", ""),
    ("K16", "On fait quoi ?\n", ""),
]


@pytest.mark.parametrize(("rule", "good", "bad"), SIMPLE_TWINS)
def test_version_simple(rule, good, bad):
    talk = TALK.replace("- ", "")
    frame = "## Ce soir\nBonjour.\n## Que dire ?\n{}\n" + talk + "## Quand demander de l’aide ?\nAppelez.\n"
    frame = frame.replace(" ?", "\u00a0?")
    good, bad = good.replace(" ?", "\u00a0?"), bad.replace(" ?", "\u00a0?")
    if good in frame:
        passing, failing = frame.format("Parlez."), frame.replace(good, bad).format("Parlez.")
    else:
        passing, failing = frame.format(good), frame.format(bad)
    source = make_page("Écrivez trois mots.\n")
    assert [one for one in broken(simple(passing), source, rule=rule) if "120" not in one] == []
    assert [one for one in broken(simple(failing), source, rule=rule) if "120" not in one]


def test_a_version_simple_is_neither_too_short_nor_too_long():
    line = "Prenez un papier.\n"
    assert broken(simple("## Que dire\n" + line * 50), rule="K5") == []
    assert broken(simple("## Que dire\n" + line * 30), rule="K5")
    assert broken(simple("## Que dire\n" + line * 90), rule="K5")


def test_a_grave_subject_may_begin_with_its_help_line():
    body = "Le 3018 répond.\n" + GUIDE_BODY
    assert broken(make_page(body, themes=["harcelement"]), rule="K4") == []
    assert broken(make_page(body, themes=["ecrans"]), rule="K4")


TRANSLATION_TWINS = [
    ("Write 3 words", "Write 4 words"),
    ("## Tonight", "Tonight"),
    ("https://example.org/page", "https://example.org/1"),
]


@pytest.mark.parametrize(("good", "bad"), TRANSLATION_TWINS)
def test_a_translation_says_the_same(good, bad):
    source = make_page("## Ce soir\nÉcrivez 3 mots.\n[Une page](https://example.org/page)\n", reviewed=DAY)
    body = "## Tonight\nWrite 3 words.\n[A page](https://example.org/page)\n"
    for text, expected in ((body, False), (body.replace(good, bad), True)):
        translated = make_page(text, name="page.en.md", source_reviewed=DAY)
        assert bool(broken(translated, source, rule="K19")) is expected


def test_a_translation_names_the_version_it_renders():
    source = make_page("## Ce soir\n", reviewed=DAY)
    arabic = make_page("## الليلة\n", name="page.ar.md")
    assert broken(arabic, source, rule="K19")
    older = make_page("## الليلة\n", name="page.ar.md", source_reviewed=datetime.date(2026, 1, 1))
    assert broken(older, source, rule="K19")
    assert broken(make_page("## الليلة\n", name="page.ar.md", source_reviewed=DAY), source) <= {
        "K1",
        "K2",
        "K3",
    }


def test_arabic_digits_are_the_same_numbers():
    source = make_page("Écrivez 3 mots.\n", reviewed=DAY)
    arabic = make_page("اكتبوا ٣ كلمات.\n", name="page.ar.md", source_reviewed=DAY)
    assert broken(arabic, source, rule="K19") == []


def _together(*pages):
    library = make_library(*pages)
    return [one.msgid % one.params for one in together.related_and_placed(library)]


def test_related_resources_exist_and_nobody_is_an_orphan():
    def near(slug, *others):
        return make_page(name=f"{slug}.md", slug=slug, pour_aller_plus_loin={"related": list(others)})

    assert _together(near("a", "b"), near("b", "c"), near("c", "a")) == []
    assert len(_together(near("a", "b"), near("b"))) == 2
    assert "does not exist" in _together(near("a", "b", "x"), near("b", "c"), near("c", "a"))[0]
    items = [{"slug": "a", "note": ""}, {"slug": "b", "note": ""}]
    chosen = make_page(name="selections/page.md", items=items)
    assert _together(near("a"), near("b"), chosen) == []
    assert len(_together(near("a"), chosen)) == 1


def test_a_glossary_line_holds_no_sigle_but_an_entrys():
    def alarms(line):
        entries = [{"term": "CPE", "line": "adulte"}, {"term": "ESS", "line": line}]
        return list(together.lists_of_words(make_library(glossaire=entries)))

    assert alarms("réunion avec le CPE") == []
    assert [one.rule for one in alarms("réunion avec la CDAPH")] == ["K14"]


REPAIRS = [
    ("L'école", "L’école"),
    ("Que dire?", "Que dire⍽?"),
    ("Que dire ?", "Que dire⍽?"),
    ("Il dit: « oui »", "Il dit⍽: «⍽oui⍽»"),
    ("Attendez...", "Attendez…"),
    ("à 16h30", "à 16⍽h⍽30"),
    ("à 16 h 30", "à 16⍽h⍽30"),
    ("dès 17h", "dès 17⍽h"),
    ("3 ans et 12 € et 5%", "3⍽ans et 12⍽€ et 5⍽%"),
    ("n° 3 et n°4", "n°⍽3 et n°⍽4"),
    ("1 200 élèves", "1⍽200 élèves"),
    ("Oui — non", "Oui – non"),
    ("Oui - non", "Oui – non"),
    ("un mot , puis", "un mot, puis"),
    ("un  mot", "un mot"),
    ("Quoi\u202f?", "Quoi⍽?"),
    ("[Page : site](https://a.fr/b?c=d'e;f)", "[Page⍽: site](https://a.fr/b?c=d'e;f)"),
    ("Quoi ?!", "Quoi⍽?!"),
    ("| a | b |", "| a | b |"),
    ("|:---|---:|", "|:---|---:|"),
    ("- un point", "- un point"),
    ("**Le 3018** : gratuit", "**Le 3018**⍽: gratuit"),
]


@pytest.mark.parametrize(("text", "expected"), REPAIRS)
def test_typography_is_repaired(text, expected):
    better = typography.repaired(text)
    assert better.replace("\u00a0", "⍽") == expected
    assert typography.repaired(better) == better
