"""Who has not come in yet, by name: for *members* only, so that papers can be handed out again."""

import datetime
import time

import pytest
from django.urls import reverse

from accounts.invitations.actions.inviting import invite, make_slips
from accounts.invitations.models import Invitation, Slip
from accounts.schools.models import Classroom
from tests.accounts.invitations.papers import awaited, slip_for, text
from tests.accounts.invitations.test_slips import codes_on, names_on, page
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def director(school, sign_in):
    return sign_in(make_member(school, "helene", "director").user)


def test_names_stand_class_by_class_with_the_day_of_the_last_print(school, director):
    awaited(school)
    slip_for(awaited(school, "Diallo", "Fatou", rooms=school.rooms[1:]))
    shown = text(director.get(page("not_joined", school)))
    assert (
        shown.index("CP A") < shown.index("Haddad Amina") < shown.index("CE1 A") < shown.index("Diallo Fatou")
    )
    assert Slip.objects.get().selector not in shown


def test_what_is_the_same_of_every_paper_of_a_class_is_said_once(school, director):
    first, _other = awaited(school), awaited(school, "Diallo", "Fatou")
    assert text(director.get(page("not_joined", school))).lower().count("pas encore de fiche") == 1
    # No more once they differ.
    make_slips([first], by=None)
    shown = text(director.get(page("not_joined", school)))
    assert shown.index("pas encore de fiche") > shown.index("Diallo Fatou")
    assert shown.index("fiche imprimée le") > shown.index("Haddad Amina")


def test_whoever_came_in_is_not_on_it(school, director):
    row = awaited(school)
    Invitation.objects.of_school(school).filter(pk=row.pk).update(state="joined")
    assert "Haddad" not in text(director.get(page("not_joined", school)))


def test_those_chosen_get_new_slips_and_the_old_ones_end(school, director):
    first, other = awaited(school), awaited(school, "Diallo", "Fatou")
    make_slips([first, other], by=None)
    answer = director.post(page("print_slips", school), {"who": [first.key]})
    assert names_on(answer) == ["Mme Amina Haddad"]
    assert len(codes_on(answer)) == 1
    assert first.slips.filter(how="cancelled").count() == 1
    assert other.slips.filter(ended__isnull=True).count() == 1


def test_with_nobody_ticked_the_list_says_so(school, director):
    awaited(school)
    for name in ("print_slips", "await_again", "stop_awaiting"):
        answer = director.post(page(name, school), {"one_by_one": "1"}, follow=True)
        assert answer.redirect_chain == [(page("not_joined", school), 302)]
        assert "Choisissez d’abord" in text(answer)
    assert not Slip.objects.exists()


def test_taking_people_off_asks_first(school, director):
    row = awaited(school)
    asked = director.post(page("stop_awaiting", school), {"who": [row.key]})
    assert "Haddad Amina" in text(asked)
    row.refresh_from_db()
    assert row.state == "waiting"
    director.post(page("stop_awaiting", school), {"who": [row.key], "sure": "1"})
    row.refresh_from_db()
    assert row.state == "revoked"


def test_whoever_said_not_for_me_can_get_a_new_slip(school, director):
    row = awaited(school)
    Invitation.objects.of_school(school).update(state="not_me")
    assert "Haddad Amina" in text(director.get(page("not_joined", school)))
    assert director.post(page("print_slips", school), {"who": [row.key]}).status_code == 404
    answer = director.post(page("await_again", school), {"who": [row.key]})
    assert names_on(answer) == ["Mme Amina Haddad"]
    row.refresh_from_db()
    assert row.state == "waiting"


def test_a_class_of_another_school_is_no_page(school, director):
    other = make_school("marie-curie")
    address = page("not_joined", school)
    assert director.get(address, {"classe": school.rooms[0].key}).status_code == 200
    assert director.get(address, {"classe": other.rooms[0].key}).status_code == 404
    assert director.get(address, {"classe": "jamais"}).status_code == 404


def fill(school, adults):
    """Await `adults` people in each class, each printed three times."""
    for room in Classroom.objects.of_school(school):
        rows = [
            Invitation(school=school, last_name=f"Nom {n}", first_name=room.name, match=f"{room.pk} {n}")
            for n in range(adults)
        ]
        Invitation.objects.bulk_create(rows)
        room.invitations.add(*rows)
        Slip.objects.bulk_create(
            Slip(
                invitation=row,
                expires=row.created,
                selector=f"{row.pk % 10000:04}",
                ended=None if printed == 2 else row.created,
            )
            for row in rows
            for printed in range(3)
        )


def test_nine_classes_and_three_hundred_and_forty_adults_cost_eight_queries(
    director, school, django_assert_max_num_queries
):
    from accounts.schools.actions import add_classroom

    for name in ("CP B", "CE1 B", "CE2 A", "CE2 B", "CM1 A", "CM1 B", "CM2 A"):
        add_classroom(school, name)
    fill(school, 38)
    Invitation.objects.of_school(school).filter(last_name="Nom 7").update(state="not_me")
    # The first page of a session notes the visit.
    director.get(page("slips", school))
    with django_assert_max_num_queries(8):
        answer = director.get(page("not_joined", school))
    assert text(answer).count('name="who"') == 342
    with django_assert_max_num_queries(8):
        assert director.get(page("slips", school)).status_code == 200


def test_past_five_hundred_people_a_class_is_chosen_first(director, school):
    fill(school, 260)
    answer = text(director.get(page("not_joined", school)))
    assert 'name="who"' not in answer
    room = school.rooms[0].key
    assert f"?classe={room}" in answer
    assert text(director.get(page("not_joined", school), {"classe": room})).count('name="who"') == 260


# A member who lost their way in ------------------------------------------------------------------------


@pytest.fixture
def proved(school, sign_in):
    """A director who has just shown that it is she."""
    client = sign_in(make_member(school, "helene", "director").user)
    prove(client)
    return client


def prove(client):
    session = client.session
    session["fresh_proof"] = {"at": int(time.time()), "user": client.user.pk}
    session.save()


def reissue(school, membership):
    return reverse("reissue_slip", args=[school.slug, membership.key])


def test_a_member_gets_a_new_paper_after_a_fresh_proof(school, proved):
    membership = make_member(school, "amina", "parent", display_name="Amina H.")
    assert "72" in text(proved.get(reissue(school, membership)))
    assert not Slip.objects.exists()
    answer = proved.post(reissue(school, membership))
    assert names_on(answer) == ["Amina H."]
    slip = Slip.objects.living().get()
    assert slip.gives_back
    assert slip.selector == codes_on(answer)[0][:4]


def test_without_a_fresh_proof_nothing_is_printed(school, director):
    membership = make_member(school, "amina", "parent")
    answer = director.post(reissue(school, membership))
    assert answer.status_code == 302
    assert not Slip.objects.exists()


def test_a_secretary_cannot_print_the_directions_way_in(school, sign_in):
    secretary = sign_in(make_member(school, "simone", "secretary", rights=["members"]).user)
    prove(secretary)
    director, parent = make_member(school, "helene", "director"), make_member(school, "amina", "parent")
    assert secretary.post(reissue(school, director)).status_code == 403
    assert secretary.post(reissue(school, parent)).status_code == 200
    assert Slip.objects.get().invitation.membership == parent


def test_members_elsewhere_waiting_or_gone_do_not_exist_here(school, proved):
    foreign = make_member(make_school("marie-curie"), "diego", "parent")
    gone = make_member(school, "karim", "parent")
    type(gone).objects.of_school(school).filter(pk=gone.pk).update(state="left")
    for membership in (foreign, gone):
        assert proved.post(reissue(school, membership)).status_code == 404
    assert not Slip.objects.exists()


def test_a_typed_person_is_awaited_under_the_kind_given(school):
    row = invite(
        school, by=None, last_name="Petit", first_name="Anne", kind="proche", classrooms=school.rooms[:1]
    )
    assert row.get_kind_display()


def next_years_class(school):
    from accounts.schools.models import SchoolYear

    year = school.years.get(is_current=True)
    later = SchoolYear.objects.create(
        school=school,
        name="2027-2028",
        starts=year.ends + datetime.timedelta(days=1),
        ends=year.ends + datetime.timedelta(days=365),
    )
    return Classroom.objects.create(school=school, year=later, name="CE2 B", position=9)


def test_whoever_is_awaited_next_year_alone_is_not_missing_yet(school, director):
    """They are listed apart, can be taken off, and no paper is printed that would end with this year."""
    later = next_years_class(school)
    both = awaited(school, "Diallo", "Fatou", rooms=[school.rooms[0], later])
    only = awaited(school, "Benali", "Karim", rooms=[later])
    teacher = awaited(school, "Petit", "Louise", "teacher", rooms=[later])
    page_of_list = director.get(page("not_joined", school))
    assert page_of_list.context["total"] == 1
    shown = text(page_of_list)
    assert shown.index("Diallo Fatou") < shown.index("Benali Karim")
    assert "Petit Louise" in shown and "CE2 B" not in text(director.get(page("slips", school)))
    assert director.post(page("print_slips", school), {"who": [only.key]}).status_code == 404
    printed = director.post(page("print_slips", school), {"piles": ["equipe"], "which": "all", "paper": "a4"})
    assert not Slip.objects.filter(invitation=teacher).exists() and printed.status_code == 200
    director.post(page("stop_awaiting", school), {"who": [only.key], "sure": "1"})
    only.refresh_from_db()
    assert only.state == "revoked"
    # With nobody else, everybody is in: that some come next year does not count.
    Invitation.objects.of_school(school).filter(pk=both.pk).update(state="joined")
    assert director.get(page("not_joined", school)).context["total"] == 0
