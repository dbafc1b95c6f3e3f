"""A list of next year, once its classes are written: it fills them, and opens nothing before the change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.families.actions import confirm_import, preview_import
from accounts.families.errors import PlanGone
from accounts.invitations.actions.joining import accept
from accounts.invitations.actions.mailing import remind_due
from accounts.invitations.awaited import awaited as awaited_in
from accounts.invitations.awaited import pile_of
from accounts.invitations.ways import Way
from accounts.models import Hat, ImportPlan, Invitation, Slip
from accounts.rollover.actions import pass_year, prepare_year
from accounts.schools.actions import open_school
from accounts.schools.years import current_year
from tests.accounts.families.conftest import latest_plan
from tests.accounts.families.lists import as_bytes, onde, parent, teacher, teachers
from tests.accounts.rollover.year_of_tests import make_awaited, make_year_end
from tests.factories import UserFactory, make_member, make_school, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db):
    """CP A, CE1 A, CM2 this year; CP A, CE1 A, CE2 A, CM2 are written for next year."""
    return make_year_end()


@pytest.fixture
def director(school, sign_in):
    return sign_in(school.director.user)


def address(school, name="import_families", *args):
    return reverse(name, args=[school.slug, *args])


def upload(rows):
    return SimpleUploadedFile("liste.csv", as_bytes(rows), content_type="text/csv")


@pytest.fixture
def import_next(school, director):
    """Send a list for next year and confirm it, as the pages do; return the page at the end."""

    def act(rows, who="parent", **answers):
        fields = {"list": upload(rows), "who": who, "year": school.year.name}
        director.post(address(school), fields, follow=True)
        plan = latest_plan()
        ticked = list(plan.summary["new_classes"])
        url = address(school, "import_preview", plan.key)
        return director.post(url, {"classes": ticked, **answers}, follow=True)

    return act


def rooms_of(membership, year):
    hats = Hat.objects.filter(membership=membership, classroom__year=year).order_by("classroom__name")
    return list(hats.values_list("classroom__name", "since"))


def test_the_page_asks_which_year_only_once_the_next_is_written(school, director, sign_in):
    other = make_school("voltaire")
    client = sign_in(make_member(other, "paul", "director").user)
    assert "year" not in client.get(address(other)).context["form"].fields
    form = director.get(address(school)).context["form"]
    assert [name for name, _words in form.fields["year"].choices] == [
        current_year(school).name,
        school.year.name,
    ]
    assert form["year"].value() is None


def test_the_way_from_the_change_of_year_has_chosen_it(school, director):
    page = director.get(reverse("rollover", args=[school.slug])).content.decode()
    url = f"{address(school)}?annee={school.year.name}"
    assert f'href="{url}"' in page
    assert director.get(url).context["form"]["year"].value() == school.year.name


@pytest.mark.parametrize("year", ["", "1999-2000"])
def test_without_a_year_of_the_two_nothing_is_read(school, director, year):
    page = director.post(address(school), {"list": upload(onde()), "who": "parent", "year": year})
    assert page.context["form"].errors["year"]
    assert not ImportPlan.objects.of_school(school).exists()


def test_the_columns_of_an_unknown_file_keep_the_year(school, director):
    rows = [["Division", "Nom parent", "Prénom parent"], ["CE2 A", "OR", "Ana"]]
    fields = {"list": upload(rows), "who": "parent", "year": school.year.name}
    page = director.post(address(school), fields)
    form = page.context["form"]
    assert form["year"].value() == school.year.name
    columns = {"last_name": 1, "first_name": 2, "classes": 0, "who": "parent", "columns": 3}
    chosen = columns | {"year": form["year"].value(), "has_titles": "on", "list": upload(rows)}
    director.post(address(school, "import_columns"), chosen)
    assert latest_plan().summary["year"]["name"] == school.year.name
    assert latest_plan().summary["new_classes"] == {}


def test_who_is_in_gets_the_class_of_next_year_from_its_first_day_and_reads_nothing_before(
    school, import_next
):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    row = parent("Amina", "", "CE1 A", email=amina.user.email)
    import_next(onde(row))
    assert rooms_of(amina, school.year) == [("CE1 A", school.year.starts)]
    assert member(amina).classes() == {school.rooms[0].pk}
    pass_year(school, current_year(school), by=school.director.user)
    assert rooms_of(amina, school.year) == [("CE1 A", school.today())]
    assert member(amina).classes("parent") == {school.next[1].pk}


def test_a_name_without_address_in_a_class_one_level_up_is_the_same_person(school, import_next):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    page = import_next(onde(parent("Amina", "", "CE1 A"), parent("NEUF", "Léa", "CP A")))
    assert rooms_of(amina, school.year) == [("CE1 A", school.year.starts)]
    assert page.context["done"]["new"] == 1


def test_a_name_in_another_class_is_asked_and_gives_nothing_by_itself(school, import_next):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    import_next(onde(parent("Amina", "", "CE2 A")))
    assert rooms_of(amina, school.year) == []
    assert Invitation.objects.of_school(school).get().classrooms.get() == school.next[2]


def test_said_the_same_the_class_is_theirs(school, import_next):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    import_next(onde(parent("Amina", "", "CE2 A")), q0="same")
    assert rooms_of(amina, school.year) == [("CE2 A", school.year.starts)]


def test_a_teacher_keeps_the_name_of_the_class(school, import_next):
    lea = make_member(school, "lea", "teacher", rooms=school.rooms[:1])
    import_next(teachers(teacher("Lea", "", "CP A"), teacher("NEUVE", "Ana")), who="teacher")
    assert rooms_of(lea, school.year) == [("CP A", school.year.starts)]
    # Without a class she would come in today.
    assert not Invitation.objects.of_school(school).exists()


def test_who_is_awaited_already_keeps_one_invitation_and_the_paper_of_this_years_pile(school, import_next):
    # Even where next year puts that class first.
    school.next[2].position = 0
    school.next[2].save()
    bois = make_awaited(school, "Bois", school.rooms[1])
    import_next(onde(parent("Bois", "", "CE2 A")))
    assert set(bois.classrooms.all()) == {school.rooms[1], school.next[2]}
    row = awaited_in(school).get(pk=bois.pk)
    assert pile_of(row) == school.rooms[1].key


def test_a_class_ticked_is_made_in_next_year(school, import_next):
    import_next(onde(parent("OR", "Ana", "CM1 B")))
    room = Invitation.objects.of_school(school).get().classrooms.get()
    assert (room.name, room.year) == ("CM1 B", school.year)
    assert not school.classrooms.current().filter(name="CM1 B").exists()


def test_the_same_list_again_changes_nothing(school, director, import_next):
    make_member(school, "amina", "parent", rooms=school.rooms[:1])
    rows = onde(parent("Amina", "", "CE1 A"), parent("NEUF", "Léa", "CP A"))
    import_next(rows)
    page = import_next(rows)
    assert (page.context["done"]["new"], page.context["done"]["more_classes"]) == (0, 0)
    assert page.context["done"]["unchanged"] == 2


def test_no_mail_leaves_for_next_year_before_the_change(school, import_next):
    open_school(school, by=None)
    import_next(onde(parent("NEUF", "Léa", "CP A", email="lea@famille.example")))
    remind_due()
    invitation = Invitation.objects.of_school(school).get()
    assert invitation.mails == 0
    pass_year(school, current_year(school), by=school.director.user)
    remind_due()
    invitation.refresh_from_db()
    assert invitation.mails == 1


def test_who_comes_in_by_paper_meanwhile_is_in_no_class_of_next_year_yet(school, import_next):
    bois = make_awaited(school, "Bois", school.rooms[1])
    import_next(onde(parent("Bois", "", "CE2 A")))
    joined = accept(Way(slip=Slip.objects.get(invitation=bois)), UserFactory(username="bois"), "Bois")
    assert rooms_of(joined, school.year) == [("CE2 A", school.year.starts)]
    assert member(joined).classes() == {school.rooms[1].pk}


def test_a_list_of_this_year_still_fills_this_year(school, director):
    fields = {"list": upload(onde(parent("NEUF", "Léa", "CP A"))), "who": "parent"}
    director.post(address(school), fields | {"year": current_year(school).name}, follow=True)
    plan = latest_plan()
    confirm_import(plan, by=school.director.user, answers={}, classes=[])
    assert Invitation.objects.of_school(school).get().classrooms.get() == school.rooms[0]


def test_a_list_of_a_year_that_ended_meanwhile_is_not_confirmed(school):
    by = school.director.user
    plan = preview_import(school, as_bytes(onde(parent("OR", "Ana", "CP A"))), by=by, hat="parent")
    pass_year(school, current_year(school), by=by)
    with pytest.raises(PlanGone):
        confirm_import(plan, by=by, answers={}, classes=[])
    assert not Invitation.objects.of_school(school).exists()


def test_a_list_of_next_year_confirmed_after_the_change_counts_from_today(school):
    by = school.director.user
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    rows = onde(parent("Amina", "", "CE2 A", email=amina.user.email))
    plan = preview_import(school, as_bytes(rows), by=by, hat="parent", year=school.year)
    pass_year(school, current_year(school), by=by)
    confirm_import(plan, by=by, answers={}, classes=[])
    assert ("CE2 A", school.today()) in rooms_of(amina, school.year)


def test_what_is_prepared_stays_whole_with_its_people(school, import_next):
    import_next(onde(parent("NEUF", "Léa", "CP A")))
    prepare_year(school, ["CP A", "CE1 A", "CE2 A", "CM2"], by=None)
    assert Invitation.objects.of_school(school).get().classrooms.get() == school.next[0]
