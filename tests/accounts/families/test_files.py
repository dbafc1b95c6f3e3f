"""The files that schools really have: each is read as its author meant it, or refused in plain words."""

import io
import zipfile

import pytest

from accounts.audit.models import AuditEntry
from accounts.families.models import ImportPlan
from accounts.invitations.models import Invitation
from tests.accounts.families.lists import as_bytes, ent, onde, parent, teacher, teachers

FAMILIES = onde(
    parent("ÉTIENNE", "Zoë", "CLASSE  CE2", email="zoe@famille.example"),
    parent("LE GOFF", "Œdipe", "CP A", "CE2", civility="M."),
)
READ = {"Zoë ÉTIENNE": ["CE2"], "Œdipe LE GOFF": ["CE2", "CP A"]}


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8-sig", b""),
        ("utf-8", b""),
        ("cp1252", b""),
        ("iso-8859-15", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_a_list_is_read_whatever_wrote_it(send, confirm, awaited, encoding, mark, quoted, ends):
    send(mark + as_bytes(FAMILIES, encoding=encoding, quoted=quoted, ends=ends))
    confirm()
    assert awaited() == READ


@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
def test_the_separator_is_found(send, confirm, awaited, separator):
    send(as_bytes(FAMILIES, separator=separator))
    confirm()
    assert awaited() == READ


def test_a_spreadsheet_s_own_line_about_the_separator_is_no_person(send, confirm, awaited):
    send(b"sep=;\r\n" + as_bytes(FAMILIES))
    confirm()
    assert awaited() == READ


def test_the_second_variant_of_onde_is_read(send, confirm, awaited):
    send(onde(parent("ROUX", "Anna", "CE2", variant=2), variant=2))
    confirm()
    assert awaited() == {"Anna ROUX": ["CE2"]}


def test_no_child_is_lost_to_headers_that_repeat_and_lines_of_any_length(send, confirm, awaited):
    short = parent("COURT", "Ada", "CP A")
    longer = parent("LONGUE", "Bea", "CP A", "CP A", "CE2")
    send(onde(short, longer, parent("NULLE", "Cleo")[:10], children=2))
    confirm()
    assert awaited() == {"Ada COURT": ["CP A"], "Bea LONGUE": ["CE2", "CP A"]}


def test_the_model_of_the_ent_is_read(send, confirm, awaited):
    row = ["DIOP", "Awa", "1 rue du Lac", "01999", "Vaulx", "FRANCE", "awa@famille.example", "0199887766"]
    send(ent([*row, "ZÉPHYRIN", "Wilhelmine", "CP-A", "ZÉPHYRIN", "Capucine-Xenia", "CE2"]))
    confirm()
    assert awaited() == {"Awa DIOP": ["CE2", "CP A"]}
    assert Invitation.objects.unscoped().get().email == "awa@famille.example"


def test_the_name_in_use_is_the_name_of_an_adult(send, confirm, awaited):
    send(onde(parent("ROUX", "Anna", "CE2", usage="PETIT")))
    confirm()
    assert awaited() == {"Anna PETIT": ["CE2"]}


def test_teachers_come_with_their_class_and_the_director_s_column_is_read_past(send, confirm, awaited):
    page = send(
        teachers(teacher("NOIR", "Paul", "CP A", directs="Oui"), teacher("BLANC", "Rose")), who="parent"
    )
    assert "Enseignant" in page.content.decode() or "Teachers" in page.content.decode()
    confirm()
    assert awaited("teacher") == {"Paul NOIR": ["CP A"], "Rose BLANC": []}
    assert awaited() == {}


def test_our_own_model_comes_back_as_it_was_given(send, confirm, awaited, director, school):
    given = director.get(f"/ecoles/{school.slug}/membres/importer/modele.csv").content
    send(given + b"Mme;BAH;Fanta;fanta@famille.example;CP A, CE2\r\n")
    confirm()
    assert awaited() == {"Fanta BAH": ["CE2", "CP A"]}


def test_utf8_read_as_windows_is_put_right_after_one_damaged_byte(send, confirm, awaited):
    damaged = as_bytes(FAMILIES).replace("ZÉPHYRIN".encode(), b"Z\xc9PHYRIN", 1)
    send(damaged)
    confirm()
    assert awaited()["Zoë ÉTIENNE"] == ["CE2"]


@pytest.mark.parametrize("separator", [";", ","])
def test_lines_that_cannot_be_read_are_told_by_number_and_the_others_come(
    send, confirm, awaited, told, separator
):
    good = parent("BON", "Ida", "CE2")
    rows = onde(
        good,
        parent("", "Sans-Nom", "CE2"),
        parent("SANS-CLASSE", "Max"),
        parent("NU\0L", "Lea", "CE2"),
        parent("LONG", "Lou", "CE2", street="x" * 1_000_000),
        parent("12 rue", "Lou", "CE2"),
        parent("GLISSE", "Lou", "CE2", email="pas-une-adresse"),
        parent("HIBOU", "Lou", "Wilhelmine"),
        parent("DERNIER", "Guy", "CE2"),
    )
    send(as_bytes(rows, separator=separator))
    faults = {code: fault["lines"] for code, fault in told()["faults"].items()}
    assert faults == {
        "name": [3],
        "no_class": [4],
        "nul": [5],
        "long": [6],
        "signs": [7],
        "email": [8],
        "class": [9],
    }
    confirm()
    assert list(awaited()) == ["Ida BON", "Lou GLISSE", "Guy DERNIER"]


def test_a_quotation_mark_left_open_costs_its_own_line_only(send, confirm, awaited, told):
    lines = as_bytes(
        onde(parent("UN", "Ida", "CE2"), parent("DEUX", "Jo", "CE2"), parent("TROIS", "Kim", "CE2"))
    )
    send(lines.replace(b";DEUX;", b';"DEUX;'))
    assert told()["faults"]["quote"]["lines"] == [3]
    confirm()
    assert list(awaited()) == ["Ida UN", "Kim TROIS"]


def test_an_address_on_two_lines_between_quotation_marks_is_one_line(send, confirm, awaited, told):
    send(onde(parent("UN", "Ida", "CE2", street="Bâtiment B\n17 venelle"), parent("", "Jo", "CE2")))
    assert told()["faults"]["name"]["lines"] == [4]
    confirm()
    assert list(awaited()) == ["Ida UN"]


def test_cells_that_slipped_are_never_taken_for_names_or_classes(send, awaited, told, confirm):
    too_few = parent("SMET", "Ida", "CE2")
    del too_few[1]
    too_many = parent("ROOS", "Jo", "CE2")
    too_many.insert(4, "")
    send(onde(too_few, too_many, parent("BON", "Lou", "CE2")))
    assert sum(fault["count"] for fault in told()["faults"].values()) >= 2
    confirm()
    assert list(awaited()) == ["Lou BON"]


def _archive(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "ZÉPHYRIN")
    return made.getvalue()


PUPILS = [
    ["Nom élève", "Prénom élève", "Date naissance", "Libellé classe"],
    ["ZÉPHYRIN", "Wilhelmine", "", "CP"],
]


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (_archive("xl/workbook.xml"), "excel", "tableur"),
        (_archive("responsables.csv"), "zip", "zip"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "excel", "tableur"),
        (b"<?xml version='1.0'?><ELEVES/>", "xml", "XML"),
        (b"\x89PNG\r\n\x1a\n", "binary", "liste"),
        (b"  \r\n", "empty", "vide"),
        (b"", "empty", "vide"),
        (b"Nom\r\nDupont\r\n", "column", "colonne"),
        (as_bytes(onde()), "nobody", "adulte"),
        (as_bytes(PUPILS), "pupils", "responsables"),
        (
            as_bytes(onde(*[parent("A", "B", "CE2")] * 50_000, children=1)[:1]) + b"x;y\r\n" * 50_000,
            "lines",
            "30",
        ),
        (
            as_bytes(onde(*[parent("A", "B", f"CE{n % 5}{chr(97 + n // 5)}") for n in range(120)])),
            "classes",
            "cl",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_other_file_is_refused_in_plain_words_and_on_record_without_them(send, content, reason, words):
    page = send(content)
    assert page.status_code == 200
    assert page.context["form"].errors["list"]
    entry = AuditEntry.objects.get(verb="import_failed")
    assert entry.facts == {"reason": reason}
    assert not ImportPlan.objects.unscoped().exists()


def test_no_file_at_all_is_told(director, school):
    page = director.post(f"/ecoles/{school.slug}/membres/importer/", {"who": "teacher"})
    assert page.status_code == 200
    assert page.context["form"].errors["list"]
    # What was chosen is still chosen.
    assert page.context["form"]["who"].value() == "teacher"


def test_a_file_beyond_ten_megabytes_is_told_its_limit(send):
    page = send(as_bytes(FAMILIES) + b"x" * 10_200_000)
    assert "10" in str(page.context["form"].errors["list"])
    assert AuditEntry.objects.get(verb="import_failed").facts == {"reason": "large"}


def test_an_address_that_slipped_is_no_first_name_even_without_a_digit(send, told):
    slipped = teacher("NOIR", "Paul")
    slipped[4] = "Le Bourg"
    send(teachers(slipped[1:], teacher("BLANC", "Rose")))
    assert told()["faults"] == {"columns": {"count": 1, "lines": [2]}}
    assert told()["first"] == ["Rose BLANC"]
