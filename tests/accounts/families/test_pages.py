"""The pages of an import: for whom they are, the columns of an unknown file, and nothing chosen is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.families.models import ImportPlan
from tests.accounts.families.lists import as_bytes, onde, parent
from tests.factories import make_member, make_school

UNKNOWN = [
    ["Division", "Nom parent", "Prénom parent", "Mél", "Nom élève", "Nom parent 2", "Prénom parent 2"],
    ["6A", "OR", "Ana", "ana@famille.example", "ZÉPHYRIN", "GRIS", "Tom"],
    ["CP A", "BAS", "Lou", "", "ZÉPHYRIN", "", ""],
]
COLUMNS = {"last_name": 1, "first_name": 2, "classes": 0, "email": 3, "who": "parent", "columns": 7}


def upload(rows):
    content = rows if isinstance(rows, bytes) else as_bytes(rows)
    return SimpleUploadedFile("liste.csv", content, content_type="text/csv")


def address(school, name="import_families", *args):
    return reverse(name, args=[school.slug, *args])


def test_an_unknown_file_asks_which_column_is_which_and_guesses(send):
    page = send(UNKNOWN)
    form = page.context["form"]
    guessed = {name: form[name].value() for name in ("classes", "last_name", "first_name", "email")}
    assert guessed == {"classes": 0, "last_name": 1, "first_name": 2, "email": 3}
    assert (form["last_name_2"].value(), form["first_name_2"].value()) == (5, 6)
    assert not ImportPlan.objects.unscoped().exists()


def test_columns_chosen_are_read_two_adults_a_line(director, school, confirm, awaited):
    fields = COLUMNS | {"last_name_2": 5, "first_name_2": 6, "has_titles": "on", "list": upload(UNKNOWN)}
    director.post(address(school, "import_columns"), fields)
    confirm()
    assert awaited() == {"Ana OR": ["6A"], "Tom GRIS": ["6A"], "Lou BAS": ["CP A"]}


def test_a_file_without_titles_has_a_person_on_its_first_line(director, school, confirm, awaited):
    fields = COLUMNS | {"list": upload(UNKNOWN[1:])}
    director.post(address(school, "import_columns"), fields)
    confirm()
    assert list(awaited()) == ["Ana OR", "Lou BAS"]


def test_a_column_about_a_child_is_never_read_as_a_name(director, school):
    fields = COLUMNS | {"last_name": 4, "has_titles": "on", "list": upload(UNKNOWN)}
    page = director.post(address(school, "import_columns"), fields)
    assert page.context["form"].errors["last_name"]
    assert not ImportPlan.objects.unscoped().exists()
    assert AuditEntry.objects.get(verb="import_failed").facts == {"reason": "child_column"}


@pytest.mark.parametrize(
    "change",
    [
        {"last_name": ""},
        {"last_name": 2},
        {"last_name": 99},
        {"columns": "x"},
        {"classes": "-1"},
        {"who": "x"},
    ],
    ids=str,
)
def test_columns_that_make_no_sense_are_told_and_the_others_stay_chosen(director, school, change):
    page = director.post(address(school, "import_columns"), COLUMNS | change | {"list": upload(b"a")})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert str(page.context["form"]["email"].value()) == "3"


def test_without_the_file_once_more_the_columns_stay_chosen(director, school):
    page = director.post(address(school, "import_columns"), COLUMNS)
    assert list(page.context["form"].errors) == ["list"]
    assert page.context["form"]["classes"].value() == "0"


@pytest.mark.parametrize(
    ("hats", "rights", "answer"),
    [
        (["director"], [], 200),
        (["secretary"], ["members"], 200),
        (["secretary"], ["agenda"], 403),
        (["teacher"], [], 403),
        (["parent"], [], 403),
        ([], [], 404),
    ],
    ids=["director", "secretary with members", "secretary without", "teacher", "parent", "nobody"],
)
def test_the_import_is_for_those_who_keep_the_members(school, sign_in, hats, rights, answer):
    client = sign_in(make_member(school, "qui", *hats, rights=rights).user)
    for name in ("import_families", "import_model"):
        assert client.get(address(school, name)).status_code == answer
    posted = client.post(address(school), {"who": "parent", "list": upload(onde(parent("A", "B", "CP A")))})
    assert posted.status_code == (302 if answer == 200 else answer)
    assert ImportPlan.objects.unscoped().exists() is (answer == 200)


def test_a_visitor_is_sent_to_sign_in(school, visitor):
    assert visitor.get(address(school)).status_code == 302
    assert visitor.post(address(school), {"list": upload(b"a;b")}).status_code == 302


def test_a_preview_is_its_author_s_alone_and_its_school_s(send, school, director, sign_in):
    send(onde(parent("A", "B", "CP A")))
    key = ImportPlan.objects.unscoped().get().key
    assert director.get(address(school, "import_preview", key)).status_code == 200
    colleague = sign_in(make_member(school, "lea", "secretary", rights=["members"]).user)
    other = make_school("autre")
    make_member(other, "x", "director", user=director.user)
    absent = director.get(address(school, "import_preview", "bcdfghjk"))
    assert absent.status_code == 404
    for client, where in ((colleague, school), (director, other)):
        for act in (client.get, client.post):
            assert act(address(where, "import_preview", key)).status_code == 404
    assert ImportPlan.objects.unscoped().exists()


def test_a_preview_confirmed_twice_is_done_once_and_said_to_be_over(send, confirm, director, school):
    send(onde(parent("A", "B", "CP A")))
    key = ImportPlan.objects.unscoped().get().key
    confirm()
    again = director.post(address(school, "import_preview", key), follow=True)
    assert again.status_code == 200
    assert again.redirect_chain[-1][0] == address(school)


def test_the_last_page_leads_to_the_slips_and_the_first_to_the_export(send, confirm, director, school):
    first = director.get(address(school)).content.decode()
    assert "CSVExtraction-responsables.csv" in first
    assert address(school, "import_model") in first
    send(onde(parent("A", "B", "CP A")))
    assert address(school, "slips") in confirm().content.decode()


@pytest.mark.parametrize("field", ["GET", "HEAD", "DELETE", "PUT"])
def test_other_methods_do_nothing(director, school, field):
    answer = director.generic(field, address(school, "give_up_import", "bcdfghjk"))
    assert answer.status_code == 405


def test_seeing_as_a_parent_imports_nothing(director, school):
    session = director.session
    session["seen_as"] = {"school": school.pk, "classroom": school.rooms[0].pk}
    session.save()
    assert director.get(address(school)).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_ask_the_database_little_whatever_the_length_of_the_list(
    send, director, school, count, django_assert_max_num_queries
):
    send(onde(*[parent(f"NOM{chr(65 + n % 26) * (1 + n // 26)}", "Zoé", "CM1") for n in range(count)]))
    key = ImportPlan.objects.unscoped().get().key
    for page in (address(school), address(school, "import_preview", key)):
        with django_assert_max_num_queries(8):
            assert director.get(page).status_code == 200
