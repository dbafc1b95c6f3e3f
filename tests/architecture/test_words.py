"""DESIGN §10, words: what parents read is easy French; staff and legal pages keep to the limits of fiches."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import gettext, override

from accounts.people.mails import NOTICES
from exchanges.moderation.words import REWRITING, WHAT
from portal.demo.addresses import group_key, topic_key
from tests.accounts.invitations.papers import awaited, say_me, slip_for, type_code
from tests.architecture.test_catalogues import python_keys
from tests.architecture.test_crawl_school import PAGES, address_of, client_of, demo  # noqa: F401
from tests.architecture.tree import BASE_DIR
from tests.architecture.words import Measure, buttons_of, errors_of, lines_of, measure, templates_of
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db

MEAN_FLESCH, LEAST_FLESCH, MOST_WORDS, A_TEXT = 80, 65, 13, 5
FICHE_FLESCH, FICHE_WORDS, FICHE_LONGEST = 65, 17, 30
SCHOOL = "/ecoles/jean-moulin/"
CE1, HOMEWORK, PEDIBUS, HOUSES, SUGGESTED = (
    f"{SCHOOL}groupes/{group_key('jean-moulin', name)}/"
    for name in (
        "Parents du CE1 A",
        "Les devoirs sans cris",
        "Pédibus du matin",
        "Deux maisons",
        "Coup de pouce numérique",
    )
)
TIPS = f"{HOMEWORK}{topic_key(HOMEWORK.split('/')[4], 'Votre meilleur truc pour commencer')}/"
ACCOUNT = (
    "",
    "nom/",
    "recevoir/",
    "preuve/",
    "sessions/",
    "logout/",
    "reunir/",
    "mes-donnees/",
    "mes-donnees/effacer/",
    "mes-donnees/emporter/",
    "saisi-pour-moi/",
    "accords-associations/",
    "annee-prochaine/",
    "2fa/",
    "email/",
    "email/retirer/",
)
READ_BY_PARENTS = [
    *[
        ("visitor", path)
        for path in ("/rejoindre/", "/rejoindre/aide/", "/ecoles/", SCHOOL, SCHOOL + "documents/")
    ],
    *[("visitor", path) for path in ("/compte/login/", "/compte/password/reset/")],
    *[
        ("visitor", f"/aide/{role}/")
        for role in ("visiteur", "parents", "parents-elus", "aides", "enseignants")
    ],
    *[
        (key, SCHOOL)
        for key in ("parent", "parent-papier", "proche", "elue", "attente", "suspendu", "enseignant")
    ],
    *[(key, SCHOOL + path) for key in ("parent", "elue") for path in ("documents/", "equipe/")],
    *[("parent", f"/compte/{path}") for path in ACCOUNT],
    *[("parent-papier", f"/compte/{path}") for path in ("", "recevoir/", "saisi-pour-moi/")],
    *[("parent", path) for path in ("/besoin-daide/", "/rejoindre/")],
    *[
        ("parent-deux", "/quoi-de-neuf/"),
        ("attente", "/quoi-de-neuf/"),
        ("elue", SCHOOL + "membres/accords/"),
    ],
    *[("parent", SCHOOL + f"groupes/{page}") for page in ("", "ouvrir/")],
    *[
        ("parent", CE1 + page)
        for page in ("", "question/", "membres/", "presentation/", "chercher/?q=sortie")
    ],
    *[("parent", CE1 + page) for page in ("journal/", "silence/", "quitter/", "animation/")],
    *[("parent", TIPS + page) for page in ("", "repondre/", "message/3/signaler/")],
    *[("parent", page) for page in (PEDIBUS, HOUSES, SUGGESTED + "presentation/")],
    *[("elue", HOMEWORK + page) for page in ("", "reglages/", "inviter/", "demandes/", "animation/")],
    *[
        ("elue", TIPS),
        ("elue", SCHOOL + "a-moderer/"),
        ("animatrice", SCHOOL + "a-moderer/"),
        ("animatrice", CE1),
    ],
    *[("parent", "/compte/personnes-masquees/"), ("parent-ar", SCHOOL)],
    *[("aide", SCHOOL), ("aide", SCHOOL + "saisir/"), ("enseignant", SCHOOL + "membres/attente/")],
]
READ_BY_STAFF = [
    *[("directrice", f"/ecoles/jean-moulin/{page}") for page, who in PAGES.items() if "directrice" in who],
    *[("visitor", f"/aide/{role}/") for role in ("direction", "curation", "exploitation")],
    *[("visitor", f"/{page}/") for page in ("donnees-personnelles", "mentions-legales", "conditions")],
    *[("visitor", f"/{page}/") for page in ("accessibilite", "signaler")],
    *[("directrice", SCHOOL + f"groupes/{page}") for page in ("", "proposer/")],
    ("directrice", CE1 + "presentation/"),
    *[("visitor", f"/aide/{role}/") for role in ("animation", "moderation")],
]


@pytest.fixture
def page_of(client_of):  # noqa: F811
    """`page_of("parent", path)`: the HTML that this person gets there, "" where it is no page."""
    clients: dict[str, Client] = {}

    def get(key, path):
        client = clients.setdefault(key, client_of(key))
        answer = client.get(address_of(path.removeprefix(SCHOOL)) if "{" in path else path)
        return answer.content.decode() if answer.status_code == 200 else ""

    return get


def held(measures: dict[str, Measure]) -> list[str]:
    """What parents' texts fail of DESIGN §10."""
    for name, one in sorted(measures.items(), key=lambda pair: pair[1].flesch):
        print(f"{name:45} {one}")
    found = [f"{name}: {one}" for name, one in measures.items() if one.flesch < LEAST_FLESCH]
    long = [one for one in measures.items() if one[1].sentences >= A_TEXT and one[1].mean > MOST_WORDS]
    mean = sum(one.flesch for one in measures.values()) / len(measures)
    print(f"mean Flesch {mean:.1f} of {len(measures)}")
    return found + [f"{name}: {one}" for name, one in long] + [f"mean {mean}"] * (mean < MEAN_FLESCH)


HARD = (
    "Les responsables légaux sont invités à procéder à la validation de leur authentification préalablement à"
    " la consultation des informations communiquées par l’établissement scolaire de rattachement."
)


def test_a_page_that_is_hard_to_read_fails_and_an_easy_one_passes():
    hard, easy = (
        f"<main><h1>Entrer</h1>{6 * f'<p>{line}</p>'}<nav>Menu</nav></main>" for line in (HARD, "Venez.")
    )
    assert lines_of(hard) == ["Entrer", *[HARD] * 6]
    assert len(held({"hard": measure(lines_of(hard))})) == 3
    assert not held({"easy": measure(lines_of(easy.replace("Venez.", "Tapez le code de votre fiche.")))})


def test_what_parents_read_is_plain(page_of):
    pages = {f"{key} {path}": page_of(key, path) for key, path in READ_BY_PARENTS}
    assert not [name for name, page in pages.items() if not page]
    assert not held({name: measure(lines_of(page)) for name, page in pages.items()})


def test_what_staff_reads_keeps_to_the_limits_of_fiches(page_of):
    found = []
    for key, path in READ_BY_STAFF:
        one = measure(lines_of(page_of(key, path)))
        print(f"{key + ' ' + path:55} {one}")
        if one.flesch < FICHE_FLESCH or one.mean > FICHE_WORDS or one.longest > FICHE_LONGEST:
            found.append(f"{path}: {one}, “{one.worst}”")
    assert not found


def test_the_screens_of_joining_are_plain(visitor, sign_in):
    school, screens = make_school(slug="ecole-neuve"), {}
    code = slip_for(awaited(school))
    screens["a wrong code"] = type_code(visitor, "ZZZZ-ZZZZZZ")
    screens["who"] = type_code(visitor, code) and visitor.get("/rejoindre/vous/")
    screens["not for me"] = visitor.post("/rejoindre/vous/", {"action": "not_me"})
    screens["how to come back"] = say_me(visitor) and visitor.get("/rejoindre/email/")
    visitor.post("/rejoindre/email/", {"way": "email", "email": "amina@famille.example"})
    screens["the code of the mail"] = visitor.get("/rejoindre/email/code/")
    screens["done"] = visitor.post("/rejoindre/email/", {"way": "none"}, follow=True)
    screens["a used code"] = type_code(sign_in(make_member(school, "zoe", "parent").user), code)
    texts = {name: lines_of(screen.content.decode()) for name, screen in screens.items()}
    assert not held({name: measure(lines) for name, lines in texts.items()})


def test_errors_and_buttons_are_plain_as_one_text(page_of):
    buttons = {text for key, path in READ_BY_PARENTS for text in buttons_of(page_of(key, path))}
    with override("fr"):
        errors = [re.sub(r"%\((\w+)\)[sd]|\{\w*\}", "12", gettext(msgid)) for msgid in errors_of("accounts")]
    assert len(errors) > 60
    assert not held(
        {f"{len(errors)} errors and {len(buttons)} buttons": measure([*errors, *sorted(buttons)])}
    )


# mail → what it is told. Any template of templates/mail stands here: a new one fails until it does.
CODE: dict[str, object] = {"code": "ABCD-EFGH"}
SAYS: dict[str, dict[str, object]] = {
    "sign_in_code": CODE,
    "email_code": CODE,
    "password_code": CODE,
    "proof_code": CODE,
    "assisted_entry": {
        "school": "École Jean-Moulin",
        "what": "Langue : arabe.",
        "who": "saisi par Nadia (aide)",
        "waits": True,
    },
    "farewell": {"kept": True},
    "group_notice": {"school": "École Jean-Moulin", "subject": "", "lines": [], "url": "x"},
    "invitation": {
        "school": {"name": "École Jean-Moulin", "telephone": "05 55 00 00 00"},
        "url": "",
        "more": 2,
    },
    "leaving": {"day": "24 février 2027", "url": "", "again": False},
    "let_in": {"school": {"name": "École Jean-Moulin"}, "url": ""},
    "moderation": {
        "school": "École Jean-Moulin",
        "subject": "Une décision vous concerne",
        "lines": [],
        "url": "",
    },
    "replies": {
        "school": "École Jean-Moulin",
        "count": 2,
        "title": "",
        "rows": [{"title": "Qui a le mot ?", "group": "Parents du CE1 A", "words": "", "url": ""}],
        "leave": "",
        "choices": "",
    },
    "school_act": {"school": "École Jean-Moulin", "slug": "x", "what": "", "more": []},
    "security_notice": {"what": "", "when": "24 novembre 2026 à 10 h"},
    "slip_notice": {"what": "slip_not_me", "name": "Amina", "school": {"name": "École Jean-Moulin"}},
    "review_reminder": {"name": "Nadia", "rows": []},
}
ACTS = (
    "You have a new role here: %(role)s.",
    "You cannot write here until %(day)s. You can still read everything.",
    "Your place in this school has ended.",
    "Your account stays, with the library.",
)


def words_in(module: str) -> list[str]:
    """What a module of mails says of its own, with something in the place of each name."""
    keys = python_keys((BASE_DIR / module).read_text(encoding="utf-8"))
    return [re.sub(r"%\((\w+)\)[sd]", "12", gettext(msgid)) for _, msgid in keys]


def test_mails_are_plain():
    assert templates_of(BASE_DIR / "templates/mail", ".subject.txt") == set(SAYS)
    mails: dict[str, list[str]] = {}
    with override("fr"):
        for name, says in SAYS.items():
            context = {"site_url": "", "site_name": "Préau", **says}
            parts = [render_to_string(f"mail/{name}{end}", context) for end in (".subject.txt", ".txt")]
            mails[name] = "\n".join(parts).split("\n")
        mails["school_act"] += [gettext(act) % {"role": "aide", "day": "24 novembre"} for act in ACTS]
        for name, feature in (
            ("group_notice", "groups"),
            ("moderation", "moderation"),
            ("replies", "discussions"),
        ):
            mails[name] += words_in(f"exchanges/{feature}/mails.py")
        mails["moderation"] += [str(line) for line in (*WHAT.values(), *REWRITING.values())]
        mails["security_notice"] += [str(what) for what in NOTICES.values()]
    assert not held({name: measure(lines) for name, lines in mails.items()})
