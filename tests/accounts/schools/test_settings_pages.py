"""The direction's settings: the sheet, the checklist true at each step, the classes, the lists."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.schools import uai
from accounts.schools.actions import add_classrooms
from accounts.schools.actions.classes import class_names
from accounts.schools.checklist import steps_of
from accounts.schools.models import Classroom, Hat
from tests.accounts.schools.reading import words
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db
SHEET = {"name": "Jean Moulin", "level": "elementaire", "time_zone": "Europe/Paris"}


@pytest.mark.parametrize(("code", "right"), [("0691234U", False), ("0750001D", False), ("069123", False)])
def test_a_uai_with_another_letter_is_refused(code, right):
    assert uai.is_right(code) is right


def test_the_letter_is_the_number_modulo_23():
    for number in ("0690001", "0750652", "9740001", "6200001"):
        letter = "ABCDEFGHJKLMNPRSTUVWXYZ"[int(number) % 23]
        assert uai.is_right(number + letter)
        assert not any(
            uai.is_right(number + other) for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if other != letter
        )
    # A school of the open directory: lycée Louis-le-Grand.
    assert uai.is_right("0750655E")
    assert uai.tidy(" 075 0655 e ") == "0750655E"


def picture(size=(900, 500)) -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, "PNG")
    return SimpleUploadedFile("logo.png", data.getvalue(), "image/png")


def test_the_sheet_is_saved_and_its_logo_made_anew(moulin, sign_in, visitor):
    client = sign_in(moulin.director.user)
    data = {**SHEET, "uai": "0750655 e", "town": "Lyon", "languages": ["tr", "ar"], "logo": picture()}
    assert client.post(f"{moulin.url}reglages/fiche/", data).status_code == 302
    moulin.school.refresh_from_db()
    assert (moulin.school.uai, moulin.school.languages) == ("0750655E", ["tr", "ar"])
    served = visitor.get(f"{moulin.url}logo.webp")
    assert served["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(b"".join(served.streaming_content))).size == (320, 178)
    kept = moulin.school.logo
    with_none = {**SHEET, "no_logo": "on"}
    assert client.post(f"{moulin.url}reglages/fiche/", with_none).status_code == 302
    assert visitor.get(f"{moulin.url}logo.webp").status_code == 404
    assert kept.startswith("schools/")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uai", "0750655A"),
        ("commune_url", "http://commune.example/ecole"),
        ("commune_url", "javascript:alert(1)"),
        ("telephone", "appelez-nous"),
        ("time_zone", "Mars/Olympus"),
        ("languages", "klingon"),
        ("logo", SimpleUploadedFile("logo.svg", b"<svg onload=alert(1)>", "image/svg+xml")),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(moulin, sign_in, field, value):
    client = sign_in(moulin.director.user)
    answer = client.post(f"{moulin.url}reglages/fiche/", {**SHEET, "town": "Lyon-Ville", field: value})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "error-summary" in page
    assert "Lyon-Ville" in page
    moulin.school.refresh_from_db()
    assert moulin.school.town != "Lyon-Ville"


def test_the_checklist_is_true_at_each_step(sign_in):
    school = make_school("neuve", is_open=False, classes=(), town="", telephone="")
    client = sign_in(make_member(school, "diane", "director").user)
    base = f"/ecoles/{school.slug}/"

    def done() -> list[bool]:
        school.refresh_from_db()
        return [step.done for step in steps_of(school)]

    assert done() == [False, False, False, False]
    client.post(f"{base}reglages/fiche/", {**SHEET, "town": "Lyon", "telephone": "01 99 00 12 34"})
    assert done() == [True, False, False, False]
    client.post(f"{base}classes/", {"names": "CP A, CP B; CE1-CE2"})
    assert done() == [True, True, False, False]
    invitation = school.invitations.create(last_name="Haddad", kind="parent", match="haddad")
    assert done() == [True, True, True, False]
    from django.utils import timezone

    invitation.slips.create(selector="ABCD", salt="x", verifier="y", expires=timezone.now())
    assert done() == [True, True, True, True]
    page = words(client.get(f"{base}reglages/"))
    assert page.count("2 classes") == 0
    assert "3 classes" in page


def test_the_school_opens_by_a_press_and_once(sign_in, visitor):
    school = make_school("neuve", is_open=False)
    client = sign_in(make_member(school, "diane", "director").user)
    page = f"/ecoles/{school.slug}/reglages/ouvrir/"
    assert client.get(page).status_code == 200
    assert visitor.get(f"/ecoles/{school.slug}/").status_code == 404
    assert client.post(page).status_code == 302
    school.refresh_from_db()
    opened = school.opened
    assert visitor.get(f"/ecoles/{school.slug}/").status_code == 200
    client.post(page)
    school.refresh_from_db()
    assert school.opened == opened


@pytest.mark.parametrize(
    "path", ["reglages/", "reglages/fiche/", "reglages/ouvrir/", "reglages/listes/", "classes/"]
)
@pytest.mark.parametrize("name", ["secretary", "teacher", "amina", "elected"])
def test_settings_are_the_directions(moulin, sign_in, visitor, path, name):
    client = sign_in(getattr(moulin, name).user)
    assert client.get(moulin.url + path).status_code == 403
    if path != "reglages/":
        assert client.post(moulin.url + path, {"names": "CP Z"}).status_code == 403
    assert visitor.get(moulin.url + path).status_code == 302
    assert sign_in(moulin.director.user).get(moulin.url + path).status_code == 200


def names(school) -> list[str]:
    return list(Classroom.objects.of_school(school).current().values_list("name", flat=True))


def test_classes_are_typed_several_at_once_renamed_and_put_in_order(moulin, sign_in):
    client = sign_in(moulin.director.user)
    page = f"{moulin.url}classes/"
    client.post(page, {"names": "CE2 A, cp a,CM1-CM2 , CE2 A\nCM2"})
    assert names(moulin.school) == ["CP A", "CE1 A", "CE2 A", "CM1-CM2", "CM2"]
    both = Classroom.objects.of_school(moulin.school).get(name="CM1-CM2")
    assert both.levels == ["CM1", "CM2"]
    client.post(f"{page}{both.key}/place/", {"to": "up"})
    assert names(moulin.school) == ["CP A", "CE1 A", "CM1-CM2", "CE2 A", "CM2"]
    client.post(f"{page}{both.key}/", {"name": "CM1"})
    assert "CM1" in names(moulin.school)
    refused = client.post(f"{page}{both.key}/", {"name": "ce2 a"})
    assert refused.status_code == 200
    assert 'value="ce2 a"' in refused.content.decode()
    client.post(f"{page}{both.key}/retirer/")
    assert names(moulin.school) == ["CP A", "CE1 A", "CE2 A", "CM2"]


def test_a_class_with_people_or_slips_stays(moulin, sign_in):
    client = sign_in(moulin.director.user)
    room = moulin.school.rooms[1]
    moulin.school.invitations.create(last_name="Haddad", match="haddad").classrooms.add(room)
    for one in moulin.school.rooms:
        client.post(f"{moulin.url}classes/{one.key}/retirer/")
    assert names(moulin.school) == ["CP A", "CE1 A"]
    assert Hat.objects.filter(classroom=moulin.school.rooms[0]).exists()


def test_moving_the_first_up_or_the_last_down_does_nothing(moulin, sign_in):
    client = sign_in(moulin.director.user)
    first, last = moulin.school.rooms
    client.post(f"{moulin.url}classes/{first.key}/place/", {"to": "up"})
    client.post(f"{moulin.url}classes/{last.key}/place/", {"to": "down"})
    assert names(moulin.school) == ["CP A", "CE1 A"]


@pytest.mark.parametrize("text", ["x" * 41, "CP\u202eA", "---", ",".join(f"C{n}" for n in range(61))])
def test_names_of_classes_that_are_none(text):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        class_names(text)


def test_adding_the_same_classes_again_adds_none(moulin):
    assert add_classrooms(moulin.school, ["CP A", "ce1 a"], by=None) == []


def test_a_list_on_which_somebody_was_elected_stays(moulin, sign_in):
    from accounts.schools.models import Mandate, ParentList

    client = sign_in(moulin.director.user)
    page = f"{moulin.url}reglages/listes/"
    client.post(page, {"name": "FCPE", "is_association": "on"})
    assert client.post(page, {"name": "FCPE"}).status_code == 200
    row = ParentList.objects.of_school(moulin.school).get()
    Mandate.objects.of_school(moulin.school).update(parent_list=row)
    client.post(f"{page}{row.key}/retirer/")
    assert ParentList.objects.of_school(moulin.school).exists()
    Mandate.objects.of_school(moulin.school).update(parent_list=None)
    client.post(f"{page}{row.key}/retirer/")
    assert not ParentList.objects.of_school(moulin.school).exists()


def test_no_file_is_left_of_a_logo_replaced(moulin, sign_in, django_capture_on_commit_callbacks):
    client = sign_in(moulin.director.user)
    kept = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{moulin.url}reglages/fiche/", {**SHEET, "logo": picture()})
        moulin.school.refresh_from_db()
        kept.append(moulin.school.logo)
    assert [default_storage.exists(name) for name in kept] == [False, True]
