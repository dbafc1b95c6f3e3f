"""What is held of me: read in plain words, taken along whole, nothing of others."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.utils.html import escape

from accounts.audit.actions import record
from accounts.audit.words import in_words
from accounts.schools.models import Restriction
from foundation.spreadsheets import as_csv, file_stem
from portal.privacy.parts import PARTS
from tests.factories import make_member, make_school
from tests.portal.privacy.people import ADDRESS, NAME, make_zenobie, prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def zenobie(sign_in):
    return sign_in(make_zenobie())


@pytest.fixture
def package(zenobie):
    """The ZIP, as {name: text}."""
    prove(zenobie)
    answer = zenobie.post("/compte/mes-donnees/emporter/")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def all_pages(client):
    """The page, and each part it leads to."""
    first = client.get("/compte/mes-donnees/").content.decode()
    found = dict.fromkeys(re.findall(r'"(/compte/mes-donnees/[a-z-]+/)"', first))
    own = [url for url in found if url.split("/")[3] not in {"emporter", "effacer"}]
    assert len(own) == len(PARTS)
    return first + "".join(client.get(url).content.decode() for url in own)


def test_the_pages_show_all_of_me_and_who_sees_it(zenobie):
    page = all_pages(zenobie)
    for word in (NAME, ADDRESS, "Jean Moulin", "FCPE Jean-Moulin", "CE1 A"):
        assert word in page


def test_a_part_that_is_none_does_not_exist(zenobie):
    assert zenobie.get("/compte/mes-donnees/autre/").status_code == 404


def test_each_page_keeps_to_its_budget_of_queries(zenobie, django_assert_max_num_queries):
    # The first page of a session also notes the visit.
    zenobie.get("/compte/")
    for part in PARTS:
        with django_assert_max_num_queries(8):
            zenobie.get(f"/compte/mes-donnees/{part.slug}/")
    for url in ("/compte/mes-donnees/", "/compte/accords-associations/"):
        with django_assert_max_num_queries(8):
            zenobie.get(url)


def test_a_visitor_is_asked_to_sign_in(visitor):
    assert visitor.get("/compte/mes-donnees/").status_code == 302


def test_taking_along_wants_a_fresh_proof_and_a_post(zenobie):
    assert "/compte/preuve/" in zenobie.get("/compte/mes-donnees/emporter/")["Location"]
    assert "/compte/preuve/" in zenobie.post("/compte/mes-donnees/emporter/")["Location"]
    prove(zenobie)
    assert zenobie.get("/compte/mes-donnees/emporter/")["Content-Type"].startswith("text/html")


def test_the_package_holds_each_list_in_both_forms(package):
    lists = {name.rpartition(".")[0] for name in package if not name.endswith(".txt")}
    assert len(lists) >= 9
    for name in lists:
        rows = json.loads(package[f"{name}.json"])
        table = list(csv.DictReader(io.StringIO(package[f"{name}.csv"]), delimiter=";"))
        assert len(rows) == len(table) > 0
    whole = "".join(package.values())
    for word in (NAME, ADDRESS, "FCPE Jean-Moulin", "CE1 A", "Bonjour"):
        assert word in whole


def test_no_secret_and_nothing_of_others_is_in_the_package(package):
    whole = "".join(package.values())
    assert "Solange-jean-moulin" not in whole and "solange-jean-moulin@" not in whole
    assert "ABCDEF" not in whole and "scrypt" not in whole and "md5$" not in whole
    assert "1234-5678" not in whole and "jeton" not in whole


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_quoted(sign_in, start):
    client = sign_in(make_member(make_school(), "leo", "parent").user)
    type(client.user).objects.filter(pk=client.user.pk).update(display_name=f"{start}2+5")
    prove(client)
    answer = client.post("/compte/mes-donnees/emporter/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        text = "".join(archive.read(n).decode("utf-8-sig") for n in archive.namelist() if n.endswith("csv"))
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell.endswith("2+5") for cell in cells)


def test_without_the_quote_it_would_be_a_formula():
    """Twin: a plain writer lets it through; numbers stay numbers; names of files are safe."""
    assert '"=1"' not in as_csv([{"a": "=1"}]) and '"\'=1"' in as_csv([{"a": "=1"}])
    assert '"-5"' in as_csv([{"a": -5}])
    assert file_stem("../=Élèves/\x00?.csv") == "elevescsv" and file_stem("…") == "liste"


def test_a_restriction_leaves_no_trace_on_the_page_nor_in_the_package(sign_in):
    school = make_school(classes=("CP A", "CE1 B"))
    membership = make_member(school, "nadia", "parent", rooms=school.rooms)
    client = sign_in(membership.user)
    prove(client)
    assert "CE1\xa0B" in all_pages(client)
    restriction = Restriction.objects.create(
        membership=membership, classroom=school.rooms[1], decided_on="2026-10-01", reference="coffre"
    )
    record("restricted", by=None, about=membership.user, school=school)
    page = all_pages(client)
    package = client.post("/compte/mes-donnees/emporter/").content
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        whole = page + "".join(archive.read(name).decode() for name in archive.namelist())
    assert "CE1 B" not in whole.replace("\xa0", " ") and "coffre" not in whole
    assert escape(in_words("restricted")) not in whole and in_words("restricted") not in whole
    assert escape(in_words("hat_given")) in page
    restriction.delete()
    assert "CE1\xa0B" in all_pages(client)
