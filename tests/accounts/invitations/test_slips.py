"""The pages of slips: who opens them, what is printed, for whom, once."""

import re

import pytest
from django.urls import reverse

from accounts.invitations import printing
from accounts.invitations.models import ClassCode, Invitation, Slip
from tests.accounts.invitations.papers import awaited, slip_for, text
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db

PAGES = ("slips", "invite", "not_joined", "reach")
CODE = re.compile(r'class="code" dir="ltr">([0-9A-Z]{3}) ([0-9A-Z]{3}) ([0-9A-Z]{4})<')


@pytest.fixture
def school():
    return make_school(languages=["ar", "tr", "fr"], telephone="01 99 00 12 34")


@pytest.fixture
def director(school, sign_in):
    return sign_in(make_member(school, "helene", "director").user)


@pytest.fixture
def secretary(school, sign_in):
    return sign_in(make_member(school, "simone", "secretary", rights=["members"]).user)


def page(name, school):
    return reverse(name, args=[school.slug])


def codes_on(response):
    return ["".join(groups) for groups in CODE.findall(response.content.decode())]


def names_on(response):
    return re.findall(r"<dd><bdi>([^<]+)</bdi></dd>", response.content.decode())


def print_piles(client, school, rooms=None, **fields):
    keys = [room.key for room in (rooms or school.rooms[:1])]
    values = {"piles": keys, "which": "new", "paper": "a4"} | fields
    return client.post(page("print_slips", school), values)


# Who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_the_direction_and_whoever_has_the_members_open_the_pages(name, school, director, secretary):
    assert director.get(page(name, school)).status_code == 200
    assert secretary.get(page(name, school)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_others_of_the_school_may_not(name, school, sign_in):
    for username, kind in [
        ("paul", "teacher"),
        ("amina", "parent"),
        ("samira", "helper"),
        ("karim", "elected"),
    ]:
        assert sign_in(make_member(school, username, kind).user).get(page(name, school)).status_code == 403
    no_right = make_member(school, "simon", "secretary", rights=["documents"])
    assert sign_in(no_right.user).get(page(name, school)).status_code == 403


@pytest.mark.parametrize("name", [*PAGES, "waiting_list"])
def test_for_whoever_is_elsewhere_the_pages_do_not_exist(name, school, sign_in):
    other = make_school("marie-curie")
    stranger = sign_in(make_member(other, "diego", "director").user)
    nowhere = stranger.get(page(name, school).replace(school.slug, "jamais-vue"))
    answer = stranger.get(page(name, school))
    assert (answer.status_code, nowhere.status_code) == (404, 404)


def test_a_visitor_is_asked_to_sign_in(visitor, school):
    assert visitor.get(page("slips", school)).status_code == 302


def test_people_and_classes_of_another_school_do_not_exist_here(school, director):
    other = make_school("marie-curie")
    foreign = awaited(other)
    here = awaited(school)
    for name in ("print_slips", "stop_awaiting", "await_again"):
        assert director.post(page(name, school), {"who": [foreign.key]}).status_code == 404
        assert director.post(page(name, school), {"who": ["bcdfghjk"]}).status_code == 404
    assert (
        director.post(page("print_class_code", school), {"classroom": other.rooms[0].key}).status_code == 404
    )
    assert not Slip.objects.exists()
    assert not ClassCode.objects.exists()
    assert director.post(page("print_slips", school), {"who": [here.key]}).status_code == 200
    assert (
        director.post(page("print_class_code", school), {"classroom": school.rooms[0].key}).status_code == 200
    )


def test_a_class_of_another_school_is_no_choice(school, director):
    other = make_school("marie-curie")
    awaited(school)
    answer = print_piles(director, school, rooms=other.rooms[:1])
    assert 'role="alert"' in answer.content.decode()
    assert not Slip.objects.exists()


# Printing ----------------------------------------------------------------------------------------------


def test_looking_makes_no_code_and_shows_none(school, director):
    awaited(school)
    slip_for(awaited(school, "Diallo"))
    seen = director.get(page("slips", school)).content + director.get(page("not_joined", school)).content
    assert Slip.objects.count() == 1
    assert Slip.objects.get().selector not in seen.decode()


def test_the_answer_to_the_print_is_the_sheet_itself(school, director):
    awaited(school)
    answer = print_piles(director, school)
    [code] = codes_on(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert Slip.objects.living().get().selector == code[:4]
    assert names_on(answer) == ["Mme Amina Haddad"]


def test_the_code_works_as_it_is_printed(school, director, visitor):
    awaited(school)
    [code] = codes_on(print_piles(director, school))
    assert visitor.post("/rejoindre/", {"code": code.lower()}).status_code == 302


def test_only_those_without_a_slip_get_one_unless_all_are_asked_for(school, director):
    slip_for(awaited(school))
    awaited(school, "Diallo", "Fatou", civility="")
    assert names_on(print_piles(director, school)) == ["Fatou Diallo"]
    again = print_piles(director, school)
    assert codes_on(again) == []
    assert "Everybody there has a slip already." in text(again) or "déjà" in text(again)
    assert names_on(print_piles(director, school, which="all")) == ["Fatou Diallo", "Mme Amina Haddad"]
    assert Slip.objects.living().count() == 2


def test_the_piles_go_by_class_then_by_name_and_each_has_its_cover(school, director):
    for last, room in [("Zola", 0), ("Élie", 0), ("Amar", 1), ("de Luca", 0)]:
        awaited(school, last, "", rooms=[school.rooms[room]], civility="")
    both = awaited(school, "Haddad", "", rooms=school.rooms, civility="")
    answer = print_piles(director, school, rooms=school.rooms, check_list="on", paper="a5")
    assert names_on(answer) == ["de Luca", "Élie", "Haddad", "Zola", "Amar"]
    assert len(re.findall('class="leaf cover"', answer.content.decode())) == 2
    assert both.slips.count() == 1
    assert "CP\xa0A, CE1\xa0A" in answer.content.decode()


def test_cut_in_two_the_sheets_lie_in_order(school):
    slips = [printing.slip_of(f"Nom {n}", ["CP A"], "K7M4TQ9XDR") for n in range(5)]
    sheets = printing.on_sheets(slips, two_a_sheet=True)
    upper, lower = zip(*sheets, strict=True)
    assert [slip.name for slip in (*upper, *lower) if slip] == [slip.name for slip in slips]
    assert len(sheets) == 3


def test_names_stand_on_the_cover_only_where_they_are_asked_for(school, director):
    awaited(school)
    awaited(school, "Diallo", "Fatou")
    assert 'class="ticks"' not in print_piles(director, school).content.decode()
    assert "Diallo Fatou" in text(print_piles(director, school, which="all", check_list="on"))


def test_a_teachers_slip_lies_in_the_pile_of_the_team(school, director):
    awaited(school, "Roux", "Paul", "teacher")
    awaited(school)
    assert names_on(print_piles(director, school)) == ["Mme Amina Haddad"]
    assert (
        "Paul Roux"
        in names_on(
            director.post(page("print_slips", school), {"piles": ["equipe"], "which": "new", "paper": "a4"})
        )[0]
    )


def test_the_paper_is_in_french_and_says_whom_to_ask(school, director):
    make_member(school, "samira", "helper", display_name="Samira Belkacem")
    awaited(school)
    director.cookies["langue"] = "ar"
    answer = print_piles(director, school)
    sheet = answer.content.decode()
    assert '<html lang="fr" dir="ltr">' in sheet
    assert "Samira Belkacem" in sheet
    assert "01 99 00 12 34" in sheet
    assert 'lang="ar" dir="rtl">مساعدة بالعربية<' in sheet
    assert "Türkçe yardım" in sheet


def test_a_helper_whose_time_is_over_is_not_named(school, director):
    import datetime

    yesterday = school.today() - datetime.timedelta(days=1)
    old = make_member(school, "samira", "helper", display_name="Samira Belkacem")
    old.hats.all().update(since=yesterday, until=yesterday)
    awaited(school)
    assert "Samira" not in print_piles(director, school).content.decode()


def test_a_class_poster_bears_a_code_that_puts_on_the_waiting_list(school, director, visitor):
    answer = director.post(page("print_class_code", school), {"classroom": school.rooms[0].key})
    [code] = codes_on(answer)
    assert ClassCode.objects.living().get().selector == code[:4]
    assert school.rooms[0].name in text(answer)
    assert visitor.post("/rejoindre/", {"code": code}).status_code == 302


def test_pages_that_act_answer_to_a_post_only(school, director):
    for name in ("print_slips", "print_class_code", "stop_awaiting", "await_again"):
        assert director.get(page(name, school)).status_code == 405


# Typing a person ---------------------------------------------------------------------------------------


def typed(school, **fields):
    values = {"kind": "parent", "first_name": "Amina", "last_name": "Haddad", "civility": "Mme"}
    return values | {"classrooms": [school.rooms[0].key], "add": "1"} | fields


def test_a_person_is_typed_and_their_slip_printed_at_once(school, director):
    answer = director.post(page("invite", school), typed(school, print="1"))
    assert names_on(answer) == ["Mme Amina Haddad"]
    assert len(codes_on(answer)) == 1


def test_a_known_name_is_told_and_nothing_typed_is_lost(school, director):
    awaited(school)
    answer = director.post(page("invite", school), typed(school, email="amina@famille.example"))
    assert answer.status_code == 200
    assert 'value="amina@famille.example"' in answer.content.decode()
    assert Invitation.objects.of_school(school).count() == 1
    director.post(page("invite", school), typed(school, is_another="on"))
    assert Invitation.objects.of_school(school).count() == 2


def test_a_class_hat_needs_a_class_of_this_school(school, director):
    other = make_school("marie-curie")
    for classrooms in ([], [other.rooms[0].key]):
        assert director.post(page("invite", school), typed(school, classrooms=classrooms)).status_code == 200
    assert not Invitation.objects.of_school(school).exists()


def test_titles_and_helpers_are_given_by_the_direction_alone(school, director, secretary):
    until = school.years.get().ends.isoformat()
    title = typed(school, kind="deputy", rights=["members"], until=until)
    address = page("invite", school) + "?titre=1"
    assert secretary.get(address).status_code == 403
    assert secretary.post(address, title).status_code == 403
    assert secretary.post(page("invite", school), title).status_code == 200
    assert not Invitation.objects.of_school(school).exists()
    assert director.post(address, title).status_code == 302
    invitation = Invitation.objects.of_school(school).get()
    assert (invitation.kind, invitation.rights) == ("deputy", ["members"])
    assert invitation.until.isoformat() == until
    assert not invitation.classrooms.exists()


def test_no_form_awaits_a_director_or_an_elected_parent(school, director):
    for kind in ("director", "elected"):
        for address in (page("invite", school), page("invite", school) + "?titre=1"):
            director.post(address, typed(school, kind=kind, until="2027-08-31"))
    assert not Invitation.objects.of_school(school).exists()


def test_a_title_needs_a_day_to_come(school, director):
    address = page("invite", school) + "?titre=1"
    for until in ("", "2020-01-01"):
        assert director.post(address, typed(school, kind="helper", until=until)).status_code == 200
    assert not Invitation.objects.of_school(school).exists()
