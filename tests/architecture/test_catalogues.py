"""The catalogues: French is whole and well set, Arabic is whole where parents read, both are compiled."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override
from django.utils.translation.template import templatize

from accounts.schools.models import Document, Hat, School
from resources.catalogue.models import Addressee, Audience, Kind, Level, VariantKey
from tests.architecture.catalogues import Entry, read_po

ROOT = Path(__file__).resolve().parents[2]
CODE = ("accounts", "exchanges", "foundation", "portal", "resources")
# What only those who work for the host or the school read.
STAFF_TEMPLATES = (
    "templates/admin/",
    "templates/accounts/families/",
    "templates/accounts/reach/",
    "templates/accounts/slips/",
    "templates/accounts/register/consents.html",
    "templates/accounts/register/sheet.html",
    "templates/accounts/rollover/overview.html",
    "templates/accounts/rollover/page.html",
    "templates/accounts/rollover/people.html",
    "templates/accounts/rollover/prepare.html",
    "templates/accounts/rollover/preview.html",
    "templates/accounts/rollover/promotions.html",
    "templates/accounts/rollover/undo.html",
    "templates/accounts/schools/class",
    "templates/accounts/schools/decide.html",
    "templates/accounts/schools/document.html",
    "templates/accounts/schools/members.html",
    "templates/accounts/schools/opening.html",
    "templates/accounts/schools/parent_list",
    "templates/accounts/schools/person.html",
    "templates/accounts/schools/see_as.html",
    "templates/accounts/schools/settings.html",
    "templates/accounts/schools/sheet.html",
    "templates/exchanges/groups/suggest.html",
    "templates/mail/review_reminder",
    "templates/portal/guide_curation.html",
    "templates/portal/guide_direction.html",
    "templates/portal/guide_exploitation.html",
    "templates/portal/guide_moderation.html",
)
PARENTS_MODULES = (
    "accounts/assisted/",
    "accounts/audit/words.py",
    "accounts/invitations/",
    "accounts/people/",
    "accounts/register/forms.py",
    "accounts/register/mails.py",
    "accounts/register/privacy.py",
    "accounts/register/views/own.py",
    "accounts/rollover/forms.py",
    "accounts/rollover/own_links.py",
    "accounts/rollover/privacy.py",
    "accounts/rollover/words.py",
    "accounts/schools/errors.py",
    "accounts/schools/mails.py",
    "accounts/schools/middleware.py",
    "accounts/schools/privacy.py",
    "accounts/schools/views/documents.py",
    "accounts/schools/team.py",
    "accounts/schools/views/team.py",
    "accounts/schools/words.py",
    "exchanges/",
    "foundation/html/",
    "foundation/templatetags/",
    "foundation/uploads/",
    "portal/home/",
    "portal/pages/",
    "portal/privacy/",
    "portal/roof.py",
    "resources/catalogue/pages.py",
    "resources/catalogue/rows.py",
    "resources/catalogue/views.py",
    "resources/catalogue/words.py",
    "resources/collections/views.py",
    "resources/finding/",
    "resources/glossary/views.py",
    "resources/sharing/",
)
STAFF_FOLDERS = ("exchanges/management/", "exchanges/moderation/admin/")
STAFF_MODULES = (
    "models.py",
    "admin.py",
    "people/roles.py",
    "invitations/printing.py",
    "invitations/staff_forms.py",
    "invitations/views/staff_awaited.py",
    "invitations/views/staff_invite.py",
    "invitations/views/staff_slips.py",
    "invitations/views/staff_waiting.py",
)

# (context or "", msgid): how the catalogues know a message.
Key = tuple[str, str]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%\(\w+\)\.\d[a-z]|%[sd]|\{\w*\}")


def po_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES/django.po"


def forms_of(entry: Entry) -> list[str]:
    return [entry.strings[number] for number in sorted(entry.strings)]


@pytest.fixture(scope="module")
def french() -> dict[Key, Entry]:
    return read_po(po_of("fr"))


@pytest.fixture(scope="module")
def arabic() -> dict[Key, Entry]:
    return read_po(po_of("ar"))


# Extract msgids as makemessages does ---------------------------------------------------------------

CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL_CALLS = {"ngettext", "ngettext_lazy"}
CONTEXT_CALLS = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}


def python_keys(source: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in CALLS | PLURAL_CALLS and words:
            yield "", words[0]
        elif name in CONTEXT_CALLS and len(words) > 1:
            yield words[0], words[1]


def template_keys(source: str) -> Iterator[Key]:
    """`templatize` leaves the calls of gettext, and anything else turned to X."""
    quoted = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\"\"\"(?:.|\n)*?\"\"\"|'''(?:.|\n)*?''')"
    call = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\({quoted}(?:\s*,\s*{quoted})?", re.DOTALL)
    for name, first, second in call.findall(templatize(source)):
        words = [ast.literal_eval(text) for text in (first, second) if text]
        yield (words[0], words[1]) if name.endswith("pgettext") else ("", words[0])


def extracted() -> dict[str, set[Key]]:
    """{path under the root: its keys}."""
    found: dict[str, set[Key]] = {}
    for folder in (*CODE, "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "starter" in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            keys = python_keys(source) if path.suffix == ".py" else template_keys(source)
            if kept := set(keys):
                found[str(path.relative_to(ROOT))] = kept
    return found


@pytest.fixture(scope="module")
def sources() -> dict[str, set[Key]]:
    return extracted()


def is_for_parents(path: str) -> bool:
    if path.startswith(STAFF_FOLDERS):
        return False
    if path.startswith("templates/"):
        return not path.startswith(STAFF_TEMPLATES)
    return path.startswith(PARENTS_MODULES) and not path.endswith(STAFF_MODULES)


# The tests -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_msgid_of_ours_is_in_the_catalogue_and_nothing_else(
    sources: dict[str, set[Key]], language: str
) -> None:
    ours = set().union(*sources.values())
    kept = set(read_po(po_of(language)))
    assert sorted(map(str, ours - kept)) == [], "run makemessages"
    assert sorted(map(str, kept - ours)) == [], "no longer in the code"


def test_french_says_everything(french: dict[Key, Entry]) -> None:
    assert [key for key, entry in french.items() if not all(forms_of(entry))] == []
    assert "#, fuzzy" not in po_of("fr").read_text(encoding="utf-8")


def test_arabic_says_everything_a_parent_reads(
    sources: dict[str, set[Key]], arabic: dict[Key, Entry]
) -> None:
    wanted = {key for path, keys in sources.items() if is_for_parents(path) for key in keys}
    with override("en"):
        families = (Kind, Audience, Level, Addressee, VariantKey, Hat.Kind, Document.Kind, School.Level)
        values = [value for family in families for value in family]
        wanted |= {("", str(value.label)) for value in values}
    assert len(wanted) > 200
    assert sorted(map(str, (key for key in wanted if not all(forms_of(arabic[key]))))) == []
    assert "#, fuzzy" not in po_of("ar").read_text(encoding="utf-8")


def test_arabic_has_its_six_forms(arabic: dict[Key, Entry]) -> None:
    plurals = {key: forms_of(entry) for key, entry in arabic.items() if entry.plural}
    assert plurals
    assert [key for key, forms in plurals.items() if len(forms) != 6 or any(forms) != all(forms)] == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_placeholders_are_those_of_the_english(language: str) -> None:
    for (_, msgid), entry in read_po(po_of(language)).items():
        forms = forms_of(entry)
        if not any(forms):
            continue
        allowed = set(PLACEHOLDER.findall(f"{msgid} {entry.plural}"))
        # A form for one or two may say its number in words; the last form says them all.
        assert set(PLACEHOLDER.findall(forms[-1])) == allowed, msgid
        assert all(set(PLACEHOLDER.findall(form)) <= allowed for form in forms), msgid


WRONG_IN_FRENCH = {
    "straight apostrophe": re.compile(r"'"),
    "straight quotation mark": re.compile(r'"'),
    "English quotation marks": re.compile(r"[“”]"),
    "three dots": re.compile(r"\.\.\."),
    "space before : or »": re.compile(r"(?<!\u00a0)[:»]"),
    "space after «": re.compile(r"«(?!\u00a0)"),
    "space before ; ! ?": re.compile(r"(?<!\u202f)[;!?](?![\[/=])"),
    # "A reçu", the verb, has none.
    "capital without its accent": re.compile(r"\b(?:Ecole|Etat|Editer|Etape|A(?! \w+(?:é|i|is|u)\b)) "),
    "officialese": re.compile(r"[Vv]euillez|[Mm]erci de\b|s’il vous plaît"),
    "inclusive dots": re.compile(r"\w[·•]e|\(e\)"),
}
TAG = re.compile(r"<[^>]*>")


def test_french_is_set_as_french(french: dict[Key, Entry]) -> None:
    wrong = []
    for entry in french.values():
        for form in forms_of(entry):
            text = PLACEHOLDER.sub("x", TAG.sub("", form))
            # A bare mark is put after a word by its template.
            text = text if len(text.strip()) > 1 else f"x{text}"
            # Markdown, YAML and addresses are shown as they are typed.
            text = re.sub(r"https?://\S*|!\[|\bclé: |\w+\.\w+:\w+|16:30|\{[^}]*\}|\(!\)", "", text)
            wrong += [(name, form) for name, rule in WRONG_IN_FRENCH.items() if rule.search(text)]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_compiled_catalogue_is_that_of_the_words(language: str) -> None:
    with (ROOT / "locale" / language / "LC_MESSAGES/django.mo").open("rb") as file:
        compiled = dict(vars(gettext.GNUTranslations(file))["_catalog"])
    expected: dict[object, str] = {}
    for (context, msgid), entry in read_po(po_of(language)).items():
        forms = forms_of(entry)
        if not any(forms):
            continue
        known = f"{context}\x04{msgid}" if context else msgid
        if entry.plural:
            expected |= {(known, number): form for number, form in enumerate(forms)}
        else:
            expected[known] = forms[0]
    compiled.pop("", None)
    assert compiled == expected, "run compilemessages"


def test_english_is_begun() -> None:
    assert po_of("en").exists()
