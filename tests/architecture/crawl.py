"""Every public address of the portal with an example of each, and what any page of it must be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import brotli
import html5lib
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.catalogues import PLACEHOLDER, read_po
from tests.architecture.tree import BASE_DIR

ROLES = ("visitor", "parent", "curator", "host_moderator", "operator")
SIGNED_IN = ROLES[1:]
MAX_HTML = 20_000
MAX_QUERIES_SIGNED_OUT = 3
MAX_QUERIES_SIGNED_IN = 8
# Of the starter library: long, with a simple version, in several selections.
RESOURCE = "rien-de-mieux-qu-un-ecran"
THEME = "ecrans"
COLLECTION = "sept-points"


@dataclass(frozen=True)
class Page:
    """An address to open; `parents` pages are complete in Arabic; `kept` ones are answered from memory.

    One that `posts` gives a visitor the cookie that their form needs.
    """

    path: str
    kind: str = "html"
    parents: bool = True
    kept: bool = True
    framed: bool = False
    posts: bool = False


# route as Django writes it → examples. A new route fails until it stands here (or in CLOSED below).
OPEN: dict[str, list[Page]] = {
    # A member is led to the school from there: `everyone` of this crawl is in none.
    "": [Page("/")],
    "bibliotheque/": [Page("/bibliotheque/")],
    "sante/": [Page("/sante/", "text", kept=False)],
    "besoin-daide/": [Page("/besoin-daide/")],
    "aide/": [Page("/aide/")],
    "aide/<slug:role>/": [
        Page("/aide/visiteur/"),
        Page("/aide/parents/"),
        Page("/aide/parents-elus/"),
        Page("/aide/enseignants/"),
        Page("/aide/aides/"),
        Page("/aide/animation/"),
        Page("/aide/direction/", parents=False),
        Page("/aide/curation/", parents=False),
        Page("/aide/moderation/", parents=False),
        Page("/aide/exploitation/", parents=False),
    ],
    "mentions-legales/": [Page("/mentions-legales/")],
    "donnees-personnelles/": [Page("/donnees-personnelles/")],
    "conditions/": [Page("/conditions/")],
    "accessibilite/": [Page("/accessibilite/")],
    "signaler/": [
        Page("/signaler/", kept=False, posts=True),
        Page("/signaler/?page=/ressources/", kept=False, posts=True),
    ],
    "sitemap.xml": [Page("/sitemap.xml", "xml")],
    "robots.txt": [Page("/robots.txt", "text", kept=False)],
    "ressources/": [
        Page("/ressources/"),
        Page("/ressources/?q=ecran"),
        Page("/ressources/?q=harcelment"),
        Page("/ressources/?q=zzzzzz"),
        Page("/ressources/?pour=parents&theme=ecrans&niveau=college"),
        Page("/ressources/?page=2"),
    ],
    "ressources/<slug:slug>/": [Page(f"/ressources/{RESOURCE}/")],
    "ressources/<slug:slug>/<slug:key>/": [
        Page(f"/ressources/{RESOURCE}/simple/"),
        Page(f"/ressources/{RESOURCE}/ar/"),
    ],
    "ressources/<slug:slug>/imprimer/": [Page(f"/ressources/{RESOURCE}/imprimer/")],
    "ressources/<slug:slug>/<slug:key>/imprimer/": [Page(f"/ressources/{RESOURCE}/simple/imprimer/")],
    "themes/<slug:slug>/": [Page(f"/themes/{THEME}/")],
    "selections/": [Page("/selections/")],
    "selections/<slug:slug>/": [Page(f"/selections/{COLLECTION}/")],
    "glossaire/": [Page("/glossaire/")],
    "flux/ressources.atom": [Page("/flux/ressources.atom", "xml")],
    "flux/themes/<slug:slug>.atom": [Page(f"/flux/themes/{THEME}.atom", "xml")],
    "integrer/ressource/<slug:slug>/": [Page(f"/integrer/ressource/{RESOURCE}/", framed=True)],
    "integrer/selection/<slug:slug>/": [Page(f"/integrer/selection/{COLLECTION}/", framed=True)],
}
# Open too, but what they answer depends on a secret or a code: each has a test of its own.
APART = {
    "r/<slug:code>",
    "r/<slug:code>/",
    "media/library/<slug:stem>.webp",
    r"^ressources/brouillon/(?P<token>[\w-]{20,64})/$",
    r"^signaler/recu/(?P<receipt>[A-Z]{12})/$",
    "courrier/<str:token>/",
    # Of the library to a visitor, of one's groups too to a member.
    "chercher/",
}
# Crawled by role in test_crawl_account, test_crawl_admin, test_crawl_school and test_crawl_groups.
ELSEWHERE = (
    *("compte/", "admin/", "demo/", "ecoles/", "rejoindre/", "quoi-de-neuf/"),
    *("groupes/choisir/", "^fichiers/"),
)

PAGES = [page for pages in OPEN.values() for page in pages]
HTML_PAGES = [page for page in PAGES if page.kind == "html"]


def routes(patterns: list | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every (route, pattern) of the portal, in order."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


@dataclass
class Visit:
    """An answer and the SQL it cost, transaction statements left out."""

    response: HttpResponse
    queries: list[str]

    @property
    def text(self) -> str:
        return self.response.content.decode()


def visit(client: Client, path: str, **headers: str) -> Visit:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path, headers=headers or None)
    kept = [
        q["sql"] for q in captured if not re.match(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", q["sql"])
    ]
    return Visit(response, kept)


# The policy header ----------------------------------------------------------------------------------

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "font-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "manifest-src": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
}


def policy_of(response: HttpResponse) -> dict[str, set[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


def header_faults(response: HttpResponse, *, framed: bool = False) -> list[str]:
    """Name each header that is not as DESIGN §4 has it."""
    found = []
    wanted = POLICY | ({"frame-ancestors": {"*"}} if framed else {})
    if policy_of(response) != wanted:
        found.append(f"policy: {response['Content-Security-Policy']}")
    fixed = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": None if framed else "DENY",
    }
    for name, value in fixed.items():
        if response.headers.get(name) != value:
            found.append(f"{name}: {response.headers.get(name)}")
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    return found


# What a page of HTML must be ------------------------------------------------------------------------

LABELLED = {"input", "select", "textarea"}
LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "form": "action",
}
NO_LABEL_NEEDED = {"hidden", "submit", "button", "reset", "image"}


def html_faults(text: str) -> list[str]:
    """Parse strictly and name what is wrong: structure, ids, labels, references, foreign loads."""
    try:
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    except html5lib.html5parser.ParseError as error:
        return [f"not valid HTML: {error}"]
    tree = parsed(text)
    return [*_structure(tree), *_references(tree), *_labels(tree), *_loads(tree)]


def parsed(text: str):
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def _structure(tree) -> list[str]:
    found = [
        f"{len(list(tree.iter(name)))} {name}"
        for name in ("h1", "main", "title")
        if len(list(tree.iter(name))) != 1
    ]
    if not tree.get("lang") or not tree.get("dir"):
        found.append("no lang or dir")
    levels = [
        int(node.tag[1])
        for node in tree.iter()
        if isinstance(node.tag, str) and re.fullmatch(r"h[1-6]", node.tag)
    ]
    found += [f"h{before} then h{after}" for before, after in pairwise(levels) if after > before + 1]
    found += ["an image without alt" for node in tree.iter("img") if node.get("alt") is None]
    found += [
        "a link without words"
        for node in tree.iter("a")
        if not ("".join(node.itertext()).strip() or node.get("aria-label") or _pictured(node))
    ]
    return found


def _pictured(node) -> str:
    """The words of the pictures in a link."""
    return "".join(picture.get("alt") or "" for picture in node.iter("img")).strip()


def _references(tree) -> list[str]:
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    found = [f"id {name} twice" for name in set(ids) if ids.count(name) > 1]
    for node in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            found += [
                f"{attribute}={name} leads nowhere"
                for name in (node.get(attribute) or "").split()
                if name not in ids
            ]
        target = node.get("href") or ""
        if target.startswith("#") and target[1:] not in ids:
            found.append(f"{target} leads nowhere")
    return found


def _labels(tree) -> list[str]:
    named = {node.get("for") for node in tree.iter("label")}
    wrapped = {id(inner) for label in tree.iter("label") for inner in label.iter()}
    return [
        f"{node.tag} {node.get('name')} has no label"
        for node in tree.iter()
        if node.tag in LABELLED
        and node.get("type") not in NO_LABEL_NEEDED
        and not (
            node.get("id") in named
            or id(node) in wrapped
            or node.get("aria-label")
            or node.get("aria-labelledby")
        )
    ]


def _loads(tree) -> list[str]:
    """What a browser would fetch or send to by itself stands on this site."""
    found = [
        f"{node.tag} {node.get(attribute)}"
        for node in tree.iter()
        for tag, attribute in LOADING.items()
        if node.tag == tag and re.match(r"\s*(?:\w+:)?//", node.get(attribute) or "")
    ]
    for node in tree.iter("link"):
        address = node.get("href") or ""
        if (
            node.get("rel") != "canonical"
            and re.match(r"(?:\w+:)?//", address)
            and not address.startswith(settings.SITE_URL)
        ):
            found.append(f"link {address}")
    for node in tree.iter():
        found += [f"{node.tag} {name}" for name in node.attrib if name == "style" or name.startswith("on")]
    return found


def weight(response: HttpResponse) -> int:
    """Bytes of the page over the wire, by brotli as the page cache compresses."""
    if response.headers.get("Content-Encoding") == "br":
        return len(response.content)
    return len(brotli.compress(response.content, quality=6))


# Words ------------------------------------------------------------------------------------------------

SPOKEN = ("aria-label", "title", "placeholder", "alt")
SILENT = {"script", "style", "svg"}


def texts(tree, language: str = "") -> Iterator[tuple[str, str]]:
    """(language, words) of each text and each spoken attribute; the nearest `lang` counts."""
    language = tree.get("lang") or language
    if tree.tag in SILENT or not isinstance(tree.tag, str):
        return
    for name in SPOKEN:
        if tree.get(name):
            yield language, _flat(tree.get(name))
    if tree.tag == "meta" and tree.get("name") == "description":
        yield language, _flat(tree.get("content") or "")
    if tree.text and tree.text.strip():
        yield language, _flat(tree.text)
    for child in tree:
        yield from texts(child, language)
        if child.tail and child.tail.strip():
            yield language, _flat(child.tail)


def _flat(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=4)
def foreign_words(language: str) -> tuple[frozenset[str], re.Pattern]:
    """What must not stand on a page in `language`: English msgids (and, in Arabic, the French for them)."""
    plain, moving = set(), []
    own = read_po(BASE_DIR / f"locale/{language}/LC_MESSAGES/django.po")
    french = read_po(BASE_DIR / "locale/fr/LC_MESSAGES/django.po")
    for key, entry in french.items():
        ours = set(own[key].strings.values()) if key in own else set()
        others = {entry.msgid, entry.plural} | (set(entry.strings.values()) if language != "fr" else set())
        for words in (others - ours - set(entry.strings.values() if language == "fr" else ())) - {""}:
            if PLACEHOLDER.search(words):
                pieces = [re.escape(_flat(piece)) for piece in PLACEHOLDER.split(words.strip())]
                if sum(len(piece) for piece in pieces) >= 8:
                    moving.append(r"\s?.+\s?".join(pieces))
            elif len(words) >= 3 and re.search(r"[^\W\d_]{3}", words):
                plain.add(_flat(words))
    return frozenset(plain), re.compile("|".join(moving) or r"(?!)")


def untranslated(text: str, language: str) -> list[str]:
    """Words of the page left in another language than `language`, where nothing says so."""
    plain, moving = foreign_words(language)
    return [
        words
        for spoken, words in texts(parsed(text))
        if spoken == language and (words in plain or moving.fullmatch(words))
    ]
