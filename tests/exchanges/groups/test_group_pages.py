"""Open a group, join it, run it, leave it: by its pages, as parents and the direction do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exchanges.groups import actions
from exchanges.groups.models import Fold, Group, GroupLine, GroupMember, JoinRequest
from tests.factories import make_group, member

pytestmark = pytest.mark.django_db

FORM = {"circle": "parents", "name": "Les mercredis", "purpose": "S’entraider.", "joining": "open"}
FORM |= {"charter": "- On reste aimable."}


def at(name, group):
    return reverse(name, args=[group.school.slug, group.key])


def seats(group):
    return GroupMember.objects.filter(group=group).present()


def runs(group, membership):
    return GroupMember.objects.facilitators(group).filter(membership=membership).exists()


def test_a_parent_opens_a_group_of_their_class_and_another_joins_by_accepting(school, sign_in):
    amina, karim = sign_in(school.amina.user), sign_in(school.karim.user)
    opening = reverse("open_group", args=[school.slug])
    ready = amina.get(opening).context["form"].initial["charter"]
    form = {**FORM, "classroom": school.rooms[1].key, "charter": ready}
    amina.post(opening, form)
    group = Group.objects.of_school(school).get()
    assert (group.moderation, group.classroom) == ("after", school.rooms[1])
    card = karim.get(at("group_card", group)).content.decode()
    assert "Les mercredis" in card and "Amina" in card and "<b>1 " in card
    assert karim.get(at("group_members", group)).status_code == 404
    karim.post(at("join_group", group), {"act": "join", "edition": 1})
    assert seats(group).count() == 2
    assert "Karim" in amina.get(at("group_members", group)).content.decode()


def test_nothing_typed_is_lost_when_the_name_is_taken(school, sign_in):
    make_group(school.amina, name="Les mercredis")
    page = sign_in(school.karim.user).post(
        reverse("open_group", args=[school.slug]), {**FORM, "purpose": "Ma phrase."}
    )
    assert page.status_code == 200 and "Ma phrase." in page.content.decode()
    assert page.context["form"].errors["name"]


def test_a_group_of_no_class_reads_the_first_message_of_somebody_new(school, sign_in):
    sign_in(school.amina.user).post(reverse("open_group", args=[school.slug]), FORM)
    assert Group.objects.of_school(school).get().moderation == Group.Moderation.FIRST


def test_a_class_that_is_not_mine_and_a_circle_that_is_not_mine_are_no_choice(school, sign_in):
    amina = sign_in(school.amina.user)
    opening = reverse("open_group", args=[school.slug])
    for wrong in (
        {"classroom": school.rooms[0].key},
        {"circle": "equipe"},
        {"circle": "parents-enseignants"},
    ):
        assert amina.post(opening, {**FORM, **wrong}).status_code == 200
    assert not Group.objects.of_school(school).exists()


def test_a_charter_that_changed_meanwhile_is_read_again_before_it_is_accepted(school, sign_in):
    group = make_group(school.amina)
    karim = sign_in(school.karim.user)
    karim.get(at("group_card", group))
    actions.change_group(group, {"charter": "Autre chose."}, by=member(school.amina))
    karim.post(at("join_group", group), {"act": "join", "edition": 1})
    assert seats(group).count() == 1
    karim.post(at("join_group", group), {"act": "join", "edition": 2})
    assert seats(group).count() == 2


def test_a_request_is_answered_once_whoever_answers(school, sign_in):
    group = make_group(school.amina, members=[school.karim], joining="request")
    actions.name_facilitator(group, school.karim, by=None)
    amina, karim, lea = (sign_in(one.user) for one in (school.amina, school.karim, school.lea))
    lea.post(at("join_group", group), {"act": "ask", "edition": 1})
    lea.post(at("join_group", group), {"act": "ask", "edition": 1})
    assert JoinRequest.objects.filter(group=group).count() == 1
    assert "Lea" in karim.get(at("group_requests", group)).content.decode()
    answer = {"person": school.lea.key, "answer": "yes"}
    amina.post(at("group_requests", group), answer)
    # The other tab still shows it.
    assert karim.post(at("group_requests", group), {**answer, "answer": "no"}).status_code == 404
    assert seats(group).filter(membership=school.lea).exists()


def test_a_request_is_taken_back_and_asked_again(school, sign_in):
    group = make_group(school.amina, joining="request")
    lea = sign_in(school.lea.user)
    for act in ("ask", "back", "ask"):
        lea.post(at("join_group", group), {"act": act, "edition": 1})
    assert [row.outcome for row in JoinRequest.objects.filter(group=group)] == ["withdrawn", ""]


def test_the_direction_suggests_and_the_first_parent_who_takes_it_on_runs_it(school, sign_in):
    anne, amina, karim = (sign_in(one.user) for one in (school.director, school.amina, school.karim))
    anne.post(reverse("suggest_group", args=[school.slug]), FORM | {"name": "Devoirs du soir"})
    group = Group.objects.of_school(school).get()
    assert group.state == "suggested" and not seats(group).exists()
    assert anne.post(at("join_group", group), {"act": "take_on"}).status_code == 403
    amina.post(at("join_group", group), {"act": "take_on"})
    karim.post(at("join_group", group), {"act": "take_on"})
    assert runs(group, school.amina) and seats(group).count() == 1
    assert anne.get(at("group_card", group)).status_code == 200


def test_running_it_together_handing_over_and_waking_what_fell_asleep(school, sign_in):
    group = make_group(school.amina, members=[school.karim])
    amina, karim = sign_in(school.amina.user), sign_in(school.karim.user)
    running = at("group_facilitators", group)
    assert karim.post(running, {"name": "1", "person": school.karim.key}).status_code == 403
    amina.post(running, {"name": "1", "person": school.karim.key})
    amina.post(running, {"down": ""})
    assert runs(group, school.karim) and not runs(group, school.amina)
    karim.post(running, {"down": ""})
    group.refresh_from_db()
    assert group.state == "sleeping"
    amina.post(running, {"wake": ""})
    karim.post(running, {"wake": ""})
    group.refresh_from_db()
    assert group.state == "open" and runs(group, school.amina) and not runs(group, school.karim)
    told = list(GroupLine.objects.filter(group=group).values_list("verb", flat=True))
    assert told.count("woken") == 1 and told.count("slept") == 1
    assert karim.get(at("group_lines", group)).content.decode().count("<article") == 0


def test_a_pause_says_until_when_and_ends(school, sign_in):
    group = make_group(school.amina)
    amina = sign_in(school.amina.user)
    for wrong in ("2020-01-01", "2099-01-01", "demain"):
        assert amina.post(at("pause_group", group), {"until": wrong}).status_code == 200
    amina.post(at("pause_group", group), {"until": str(school.today())})
    group.refresh_from_db()
    assert group.is_paused()
    amina.post(at("pause_group", group), {"end": ""})
    group.refresh_from_db()
    assert not group.is_paused()


def test_the_address_lets_in_the_circle_until_another_is_made(school, sign_in):
    group = make_group(school.amina, joining="invitation")
    amina, karim, prof = (sign_in(one.user) for one in (school.amina, school.karim, school.prof))
    amina.post(at("invite_to_group", group), {"renew": ""})
    group.refresh_from_db()
    link = reverse("group_invitation", args=[school.slug, group.invite_key])
    assert "Parents du matin" in karim.get(link).content.decode()
    assert prof.get(link).status_code == 404
    amina.post(at("invite_to_group", group), {"renew": ""})
    assert karim.get(link).status_code == 404
    group.refresh_from_db()
    link = reverse("group_invitation", args=[school.slug, group.invite_key])
    karim.post(link, {"act": "join", "edition": 1})
    assert seats(group).filter(membership=school.karim).exists()
    amina.post(at("invite_to_group", group), {"close": ""})
    assert sign_in(school.lea.user).get(link).status_code == 404


def test_by_name_one_invites_only_whom_one_reads_with_already(school, sign_in):
    make_group(school.amina, members=[school.karim], name="Ensemble")
    make_group(school.lea, name="Ailleurs")
    group = make_group(school.amina, name="À part", joining="invitation")
    amina, karim = sign_in(school.amina.user), sign_in(school.karim.user)
    offered = amina.get(at("invite_to_group", group)).content.decode()
    assert "Karim" in offered and "Lea" not in offered
    amina.post(at("invite_to_group", group), {"name": "1", "person": school.lea.key})
    amina.post(at("invite_to_group", group), {"name": "1", "person": school.karim.key})
    assert [row.membership for row in group.invitations.all()] == [school.karim]
    assert "À part" in karim.get(reverse("groups", args=[school.slug])).content.decode()
    karim.post(at("join_group", group), {"act": "decline"})
    assert karim.get(at("group_card", group)).status_code == 404
    # Said once: nobody insists.
    amina.get(at("invite_to_group", group))
    assert "Karim" not in amina.get(at("invite_to_group", group)).content.decode()


def test_leaving_ends_reading_at_once(school, sign_in):
    group = make_group(school.amina, members=[school.karim])
    karim = sign_in(school.karim.user)
    assert karim.get(at("group_members", group)).status_code == 200
    karim.post(at("leave_group", group))
    assert karim.get(at("group_members", group)).status_code == 404
    assert karim.get(at("group_card", group)).status_code == 200


def test_one_no_longer_sees_somebody_and_sees_them_again(school, sign_in):
    group = make_group(school.amina, members=[school.karim])
    karim = sign_in(school.karim.user)
    fold = reverse("fold_person", args=[school.slug, group.key, school.amina.key])
    assert "Amina" in karim.post(fold, follow=True).content.decode()
    stranger = reverse("fold_person", args=[school.slug, group.key, school.lea.key])
    assert karim.post(stranger).status_code == 404
    assert Fold.objects.filter(person=school.karim).count() == 1
    # Not another's to undo.
    sign_in(school.lea.user).post(reverse("folded_people"), {"person": school.amina.key})
    assert Fold.objects.filter(person=school.karim).exists()
    karim.post(reverse("folded_people"), {"person": school.amina.key})
    assert not Fold.objects.filter(person=school.karim).exists()


def test_what_is_mailed_of_a_group_is_ones_own_choice(school, sign_in):
    group = make_group(school.amina, members=[school.karim])
    karim = sign_in(school.karim.user)
    karim.post(at("silence_group", group), {"what": "group", "on": "yes"})
    karim.post(at("silence_group", group), {"what": "reports", "on": "yes"})
    seat = seats(group).get(membership=school.karim)
    assert seat.is_silenced and seat.declines_reports
    karim.post(at("silence_group", group), {"what": "group", "on": "no"})
    assert not seats(group).get(membership=school.karim).is_silenced


def test_settings_change_the_card_and_the_group_is_told(school, sign_in):
    group = make_group(school.amina, members=[school.karim])
    amina, karim = sign_in(school.amina.user), sign_in(school.karim.user)
    form = {**FORM, "name": "Nouveau nom", "moderation": "before", "joining": "request"}
    assert karim.post(at("group_settings", group), form).status_code == 403
    amina.post(at("group_settings", group), form)
    group.refresh_from_db()
    assert (group.name, group.moderation, group.charter_edition) == ("Nouveau nom", "before", 2)
    told = set(GroupLine.objects.filter(group=group).values_list("verb", flat=True))
    assert {"charter_changed", "settings_changed"} <= told


@pytest.mark.parametrize("name", ["group_card", "group_members", "group_facilitators", "group_lines"])
def test_a_page_of_a_group_asks_the_database_little(name, school, sign_in, django_assert_max_num_queries):
    group = make_group(school.amina, members=[school.karim, school.lea])
    karim = sign_in(school.karim.user)
    karim.get(at(name, group))
    with django_assert_max_num_queries(8):
        assert karim.get(at(name, group)).status_code == 200


def test_the_list_asks_as_little_for_thirty_groups_as_for_one(school, sign_in, django_assert_max_num_queries):
    for number in range(30):
        make_group(school.amina, name=f"Groupe {number + 1}")
    karim = sign_in(school.karim.user)
    karim.get(reverse("groups", args=[school.slug]))
    with django_assert_max_num_queries(8):
        assert karim.get(reverse("groups", args=[school.slug])).content.decode().count("<article") == 30


def test_the_list_says_which_groups_hold_something_unread(school, sign_in):
    from exchanges.notifications.actions import mark_read
    from tests.factories import make_topic

    group = make_group(school.amina, members=[school.karim])
    make_group(school.amina, members=[school.karim], name="Sans rien")
    topic = make_topic(group, school.amina, "Cantine ?", "Qui a le menu ?")
    clients = {who: sign_in(getattr(school, who).user) for who in ("karim", "amina", "lea")}

    def new(who):
        sections = clients[who].get(reverse("groups", args=[school.slug])).context["sections"]
        return [row["title"] for part in sections for row in part["rows"] if row["is_new"]]

    assert (new("karim"), new("amina"), new("lea")) == ([group.name], [], [])
    mark_read(school.karim.user, "topic", topic.pk, 1, timezone.now())
    assert new("karim") == []
