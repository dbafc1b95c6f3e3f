"""The home of each role: what concerns me first, then the library, then only what I may open."""

import datetime
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.assisted.models import AssistedEntry
from accounts.invitations.actions.inviting import invite, make_slips
from accounts.invitations.models import Invitation, Slip
from accounts.rollover.models import NextClass
from accounts.schools.actions import add_classroom, give_hat, join, start_year
from accounts.schools.models import Membership
from tests.factories import UserFactory, make_member, make_resource, make_school, make_small_library

pytestmark = pytest.mark.django_db
HOME = "/ecoles/jean-moulin/"


@pytest.fixture
def school():
    return make_school(classes=("CP A", "CE1 A"))


def home_of(sign_in, membership, path=HOME):
    answer = sign_in(membership.user).get(path)
    assert answer.status_code == 200
    return answer


def with_factor(membership):
    """Somebody who added a second factor: their home does not ask for it."""
    Authenticator.objects.create(user=membership.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return membership


def titles(answer):
    return [concern.title for concern in answer.context["concerns"]]


def links_of_doors(answer):
    """[(address, label)] of « Dans cette école »."""
    _before, found, section = answer.content.decode().partition('aria-labelledby="dans-cette-ecole"')
    return (
        re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', section.partition("</section>")[0]) if found else []
    )


def doors(answer):
    return [label for _url, label in links_of_doors(answer)]


def await_somebody(school, name="Durand", **fields):
    values = {"first_name": "Zoé", "kind": "parent", "classrooms": school.rooms[:1]} | fields
    return invite(school, by=None, last_name=name, **values)


def let_wait(school, username, room):
    user = UserFactory(username=username, display_name=username.title())
    membership = join(user, school, user.display_name, state=Membership.State.PENDING)
    give_hat(membership, "parent", classroom=room)
    return membership


def test_papers_of_titles_are_counted_for_the_direction_alone(school, sign_in):
    secretary = with_factor(make_member(school, "simone", "secretary", rights=["members"]))
    director = with_factor(make_member(school, "helene", "director"))
    until = school.today() + datetime.timedelta(days=60)
    await_somebody(school)
    await_somebody(school, "Diop", kind="deputy", classrooms=[], until=until)
    away = await_somebody(school, "Petit", kind="interim", classrooms=[], until=until)
    Invitation.objects.of_school(school).filter(pk=away.pk).update(state="not_me")
    seen = [title for title in titles(home_of(sign_in, secretary)) if "fiche" in title]
    assert seen == ["1 fiche à imprimer"]
    seen = [title for title in titles(home_of(sign_in, director)) if "fiche" in title]
    assert len(seen) == 2 and "2 fiches à imprimer" in seen


# A parent -------------------------------------------------------------------------------------------------


def test_a_parent_reads_who_they_are_here_and_that_the_page_is_theirs_alone(sign_in, school):
    answer = home_of(
        sign_in, make_member(school, "amina", "parent", rooms=school.rooms, display_name="Amina")
    )
    rows = [(row["term"], row["text"]) for row in answer.context["label"]["rows"]]
    assert rows == [
        ("Vous êtes", "Amina, parent"),
        ("Classes", "CP\u00a0A, CE1\u00a0A"),
        ("Cette page", "rien que pour vous"),
    ]
    assert answer.context["label"]["line"] == "Parent · CP\u00a0A, CE1\u00a0A"


def test_nothing_to_answer_is_said_and_three_readings_wait(sign_in, school):
    school.rooms[0].levels = ["CP"]
    school.rooms[0].save()
    for number in range(4):
        make_resource(f"lecture-{number}", f"Lecture {number} ?")
    answer = home_of(sign_in, make_member(school, "amina", "parent"))
    page = answer.content.decode()
    assert titles(answer) == []
    assert "Rien à répondre pour l’instant." in page
    assert "Vous êtes parmi les premiers" in page
    assert answer.context["shelf"]["title"] == "Trois lectures pour le CP"
    assert len(answer.context["shelf"]["entries"]) == 3


def test_readings_for_the_class_come_before_those_for_every_age(sign_in, school):
    school.rooms[0].levels = ["CP"]
    school.rooms[0].save()
    make_resource("pour-tous", levels=["maternelle", "elementaire", "college", "lycee"])
    make_resource("lycee", levels=["lycee"])
    make_resource("ecole", levels=["elementaire"])
    make_resource("equipe", levels=["elementaire"], audiences=["enseignants"])
    answer = home_of(sign_in, make_member(school, "amina", "parent"))
    urls = [row["url"] for row in answer.context["shelf"]["entries"]]
    assert urls == ["/ressources/ecole/", "/ressources/pour-tous/", "/ressources/lycee/"]


def test_the_librarys_selections_follow(sign_in, school):
    make_small_library()
    answer = home_of(sign_in, make_member(school, "amina", "parent"))
    assert [row["url"] for row in answer.context["shelf"]["selections"]] == ["/selections/soirees-calmes/"]


def test_what_a_helper_typed_for_me_is_to_check_until_undone(sign_in, school):
    amina = make_member(school, "amina", "parent")
    aide = make_member(school, "aide", "helper")
    entry = AssistedEntry.objects.create(school=school, helper=aide, person=amina, kind="x", basis="present")
    assert titles(home_of(sign_in, amina)) == ["Quelqu’un a saisi quelque chose pour vous"]
    assert titles(home_of(sign_in, make_member(school, "boris", "parent"))) == []
    AssistedEntry.objects.of_school(school).filter(pk=entry.pk).update(undone=timezone.now())
    assert titles(home_of(sign_in, amina)) == []


@time_machine.travel("2027-05-20 10:00")
def test_the_class_of_next_year_is_asked_once_the_school_wrote_it_until_said(sign_in):
    school = make_school()
    amina = make_member(school, "amina", "parent")
    assert titles(home_of(sign_in, amina)) == []
    after = start_year(school, datetime.date(school.today().year + 2, 9, 2), current=False)
    coming = add_classroom(school, "CE1 Z", year=after)
    assert titles(home_of(sign_in, amina)) == ["Quelle classe l’an prochain\u202f?"]
    assert titles(home_of(sign_in, make_member(school, "tomasz", "teacher"))) == []
    NextClass.objects.create(membership=amina, old=school.rooms[0], classroom=coming)
    assert titles(home_of(sign_in, amina)) == []


def test_two_members_share_the_shelf_of_their_class_and_work(sign_in, school):
    make_small_library()
    amina, boris = (sign_in(make_member(school, name, "parent").user) for name in ("amina", "boris"))
    teacher = sign_in(make_member(school, "tomasz", "teacher").user)
    first = amina.get(HOME).context["shelf"]
    assert boris.get(HOME).context["shelf"] is first
    assert teacher.get(HOME).context["shelf"] is not first
    make_resource("nouvelle", "Une nouvelle page ?", levels=["elementaire"])
    assert "/ressources/nouvelle/" in amina.get(HOME).content.decode()


def test_a_past_closed_by_a_new_slip_says_when_it_opens(sign_in, school):
    amina = make_member(school, "amina", "parent")
    amina.user.past_opens = datetime.datetime(2099, 11, 27, 9, 0, tzinfo=datetime.UTC)
    amina.user.save()
    (title,) = titles(home_of(sign_in, amina))
    assert title.replace("\u00a0", " ") == "Vos anciens messages reviennent le vendredi 27 novembre à 10 h"
    amina.user.past_opens = timezone.now() - datetime.timedelta(minutes=1)
    amina.user.save()
    assert titles(home_of(sign_in, amina)) == []


def test_the_suspended_are_told_until_when_and_why_and_can_read(sign_in, school):
    amina = make_member(school, "amina", "parent")
    amina.suspended_until = timezone.now() + datetime.timedelta(days=3)
    amina.suspended_why = "Deux messages blessants."
    amina.save()
    answer = home_of(sign_in, amina)
    assert titles(answer)[0].startswith("Vous ne pouvez pas écrire ici jusqu’au")
    assert "Deux messages blessants." in answer.content.decode()
    assert "Documents" in doors(answer)
    amina.suspended_until = timezone.now() - datetime.timedelta(seconds=1)
    amina.save()
    assert titles(home_of(sign_in, amina)) == []


def test_a_mandate_that_ends_within_the_month_is_told_a_longer_one_is_not(sign_in, school):
    today = school.today()
    soon = make_member(school, "soon", "parent", "elected", until=today + datetime.timedelta(days=10))
    assert [title.partition(" finit")[0] for title in titles(home_of(sign_in, soon))] == ["Votre mandat"]
    later = make_member(school, "later", "parent", "elected", until=today + datetime.timedelta(days=60))
    assert titles(home_of(sign_in, later)) == []


def test_a_parent_finds_the_doors_of_a_parent(sign_in, school):
    for kind in ("parent", "proche"):
        assert doors(home_of(sign_in, make_member(school, kind, kind))) == ["Documents", "Qui fait quoi"]


def test_whoever_waits_is_told_so_and_finds_no_door(sign_in, school):
    answer = home_of(sign_in, let_wait(school, "mehdi", school.rooms[0]))
    assert titles(answer) == ["L’école n’a pas encore dit oui"]
    assert doors(answer) == []
    assert answer.context["label"]["rows"][0]["text"] == "Mehdi, en attente"


# The school’s people -------------------------------------------------------------------------------------


def test_a_teacher_is_told_of_those_who_wait_for_their_class_alone(sign_in, school):
    teacher = make_member(school, "tomasz", "teacher", rooms=school.rooms[:1])
    let_wait(school, "autre", school.rooms[1])
    assert titles(home_of(sign_in, teacher)) == []
    let_wait(school, "mehdi", school.rooms[0])
    answer = home_of(sign_in, teacher)
    assert titles(answer) == ["1 personne attend d’entrer"]
    assert f'href="{HOME}membres/attente/"' in answer.content.decode()


def test_the_direction_reads_who_waits_which_papers_went_wrong_and_what_to_print(sign_in, school):
    director = with_factor(make_member(school, "claire", "director"))
    let_wait(school, "mehdi", school.rooms[0])
    await_somebody(school, "Durand")
    wrong = await_somebody(school, "Petit")
    Invitation.objects.of_school(school).filter(pk=wrong.pk).update(state=Invitation.State.NOT_ME)
    locked = await_somebody(school, "Roche")
    make_slips([locked], by=director.user)
    Slip.objects.filter(invitation=locked).update(locked_until=timezone.now() + datetime.timedelta(hours=3))
    assert titles(home_of(sign_in, director)) == [
        "1 personne attend d’entrer",
        "1 fiche est allée à une autre personne",
        "1 fiche est bloquée",
        "1 fiche à imprimer",
    ]


def test_a_paper_printed_or_an_address_not_asked_enough_is_nothing_to_print(sign_in, school):
    director = with_factor(make_member(school, "claire", "director"))
    make_slips([await_somebody(school, "Durand")], by=director.user)
    await_somebody(school, "Petit", email="petit@famille.example")
    assert titles(home_of(sign_in, director)) == []
    Invitation.objects.of_school(school).filter(last_name="Petit").update(mails=3)
    assert titles(home_of(sign_in, director)) == ["1 fiche à imprimer"]


def test_slips_to_print_are_counted_up_to_a_hundred(sign_in, school):
    director = with_factor(make_member(school, "claire", "director"))
    awaited = [Invitation(school=school, last_name=f"Durand {n}", match=f"durand {n}") for n in range(100)]
    Invitation.objects.bulk_create(awaited)
    assert titles(home_of(sign_in, director)) == ["100 fiches à imprimer"]
    await_somebody(school, "Petit")
    assert titles(home_of(sign_in, director)) == ["Plus de 100 fiches à imprimer"]


def test_nothing_of_another_school_is_counted(sign_in, school):
    other = make_school("marie-curie")
    let_wait(other, "mehdi", other.rooms[0])
    await_somebody(other, "Durand")
    assert titles(home_of(sign_in, with_factor(make_member(school, "claire", "director")))) == []
    twin = with_factor(make_member(other, "philippe", "director"))
    assert len(titles(home_of(sign_in, twin, "/ecoles/marie-curie/"))) == 2


def test_minute_one_of_a_closed_school(sign_in):
    school = make_school(is_open=False)
    answer = home_of(sign_in, with_factor(make_member(school, "claire", "director")))
    assert titles(answer) == ["Votre école est fermée au public"]
    assert "Rien ne part avant que vous l’ouvriez." in answer.content.decode()
    assert titles(home_of(sign_in, make_member(school, "amina", "parent"))) == []


def test_the_second_factor_is_asked_in_the_first_week_of_staff(sign_in, school, settings):
    director = make_member(school, "claire", "director")
    assert titles(home_of(sign_in, director)) == ["Ajoutez une deuxième preuve que c’est vous"]
    settings.IS_DEMO = True
    assert titles(home_of(sign_in, director)) == []


def test_each_title_finds_its_doors_and_no_other(sign_in, school):
    of_director = doors(home_of(sign_in, make_member(school, "claire", "director")))
    assert of_director[:2] == ["Membres et fiches", "Pas encore joints"]
    assert {"Réglages", "Voir comme un parent", "Documents", "Qui fait quoi"} <= set(of_director)
    of_secretary = doors(home_of(sign_in, make_member(school, "patricia", "secretary", rights=["members"])))
    assert "Fiches" in of_secretary
    assert not {"Réglages", "Voir comme un parent", "Année scolaire"} & set(of_secretary)
    of_teacher = doors(home_of(sign_in, make_member(school, "tomasz", "teacher")))
    assert of_teacher == ["Documents", "Qui fait quoi"]
    of_helper = doors(home_of(sign_in, make_member(school, "aide", "helper")))
    assert of_helper == ["Saisir pour quelqu’un", "Documents", "Qui fait quoi"]


def test_every_door_opens(sign_in, school):
    for kind, rights in (("director", ()), ("secretary", ("members",)), ("helper", ()), ("parent", ())):
        membership = make_member(school, f"zoe-{kind[:3]}", kind, rights=rights)
        client = sign_in(membership.user)
        found = links_of_doors(client.get(HOME))
        assert found
        for url, _label in found:
            assert client.get(url).status_code == 200, (kind, url)


def test_what_a_school_tells_of_itself_changes_at_once_and_stays_its_own(sign_in, school):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    boris = make_member(make_school("curie"), "boris", "parent")
    school.hours = "Portail ouvert à 8 h 20"
    school.save()
    assert "8 h 20" in home_of(sign_in, amina).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    school.hours = "Fermé lundi"
    school.save()
    answer = home_of(sign_in, amina).content.decode()
    assert "Fermé lundi" in answer and "Portail ouvert" not in answer
    assert "Fermé lundi" not in home_of(sign_in, boris, "/ecoles/curie/").content.decode()
    assert "/ecoles/jean-moulin/documents/" not in home_of(sign_in, boris, "/ecoles/curie/").content.decode()


def test_the_same_home_in_another_language_keeps_nothing_of_the_first(sign_in, school):
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:1])
    client = sign_in(amina.user)
    french = client.get(HOME).content.decode()
    client.cookies["langue"] = "ar"
    arabic = client.get(HOME).content.decode()
    assert "Qui fait quoi" in french and "Besoin d’aide" in french and 'dir="ltr"' in french
    assert "Qui fait quoi" not in arabic and "Besoin d’aide" not in arabic and 'dir="rtl"' in arabic
    client.cookies["langue"] = "fr"
    assert "Qui fait quoi" in client.get(HOME).content.decode()


def test_the_directors_page_holds_seven_items_at_most(sign_in, school):
    director = make_member(school, "claire", "director", "parent", rooms=school.rooms)
    for hat in director.hats.filter(kind="director"):
        hat.until = school.today() + datetime.timedelta(days=3)
        hat.save()
    assert len(titles(home_of(sign_in, director))) <= 7


# Cost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kinds",
    [("parent",), ("teacher",), ("director",), ("director", "parent"), ("deputy", "parent"), ("secretary",)],
)
def test_a_home_costs_eight_queries_at_most_whatever_the_number_of_people(
    sign_in, school, kinds, django_assert_max_num_queries
):
    make_small_library()
    client = sign_in(make_member(school, "claire", *kinds, rights=["members"]).user)
    client.get(HOME)
    with django_assert_max_num_queries(8):
        client.get(HOME)
    for number in range(12):
        let_wait(school, f"attend-{number}", school.rooms[0])
        await_somebody(school, f"Nom{number}")
    with django_assert_max_num_queries(8):
        client.get(HOME)


def test_the_page_of_several_schools_costs_as_one(sign_in, school, django_assert_max_num_queries):
    director = make_member(school, "claire", "director")
    for number in range(3):
        make_member(make_school(f"ecole-{number}"), "claire", "director", "parent", user=director.user)
    client = sign_in(director.user)
    client.get("/quoi-de-neuf/")
    with django_assert_max_num_queries(8):
        assert client.get("/quoi-de-neuf/").status_code == 200


def test_what_is_new_tells_each_school_apart(sign_in, school):
    other = make_school("marie-curie")
    lea = make_member(school, "lea", "teacher")
    make_member(other, "lea", "parent", user=lea.user)
    let_wait(school, "mehdi", school.rooms[0])
    let_wait(other, "zoe", other.rooms[0])
    rows = sign_in(lea.user).get("/quoi-de-neuf/").context["rows"]
    assert [(row["url"], len(row["concerns"])) for row in rows] == [
        ("/ecoles/jean-moulin/", 1),
        ("/ecoles/marie-curie/", 0),
    ]
