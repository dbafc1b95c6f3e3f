"""What a stranger tries: keys of elsewhere, groups told nowhere, shut pasts, court decisions."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.schools.models import Restriction
from exchanges.groups import actions, policy
from exchanges.groups.errors import GroupNameTaken
from exchanges.groups.models import Group, GroupMember
from tests.factories import make_group, make_member, make_school, member

pytestmark = pytest.mark.django_db

READ = ("group_members", "group_lines", "group_facilitators", "silence_group", "leave_group")
RUN = ("group_settings", "invite_to_group", "group_requests")
ACT = ("join_group", "pause_group")


def every_address(group, slug=""):
    args = [slug or group.school.slug, group.key]
    return {name: reverse(name, args=args) for name in ("group_card", *READ, *RUN, *ACT)}


def answers(client, group, slug=""):
    """The status of each address of a group: by GET where there is a page, else by POST."""
    found = {}
    for name, url in every_address(group, slug).items():
        page = client.post(url, {"act": "join", "edition": 1}) if name in ACT else client.get(url)
        found[name] = page.status_code
    return found


def index_of(client, school):
    return client.get(reverse("groups", args=[school.slug])).content.decode()


def test_a_group_by_invitation_does_not_exist_for_the_others_of_its_circle(school, sign_in):
    group = make_group(school.amina, name="Secret", joining="invitation")
    for stranger in (school.karim, school.lea, school.prof):
        client = sign_in(stranger.user)
        assert set(answers(client, group).values()) == {404}
        assert "Secret" not in index_of(client, school)
    # The twin: its own member, and the direction for the card alone.
    assert set(answers(sign_in(school.amina.user), group).values()) == {200, 302}
    anne = answers(sign_in(school.director.user), group)
    assert anne.pop("group_card") == 200 and anne.pop("join_group") == 403 and set(anne.values()) == {404}


def test_a_name_refused_tells_of_no_group_that_one_may_not_know_of(school):
    make_group(school.amina, name="Secret", joining="invitation")
    make_group(school.prof, circle="equipe", name="Conseil")
    make_group(school.amina, name="Sorties", classroom=school.rooms[1])
    for name in ("Secret", "Conseil", "Sorties"):
        make_group(school.lea, name=name)
    with pytest.raises(GroupNameTaken):
        make_group(school.karim, name="Ｓorties".replace("Ｓ", "S"))


def test_nothing_of_a_group_answers_in_another_school(school, sign_in):
    group = make_group(school.amina)
    other = make_school("victor-hugo")
    stranger = sign_in(make_member(other, "zoe", "parent", "elected").user)
    assert set(answers(stranger, group).values()) == {404}
    assert set(answers(stranger, group, slug=other.slug).values()) == {404}
    assert group.name not in index_of(stranger, other)


def test_a_court_decision_shuts_the_group_of_that_class_as_if_it_were_not(school, sign_in):
    group = make_group(school.karim, members=[school.amina], classroom=school.rooms[1])
    amina, lea = sign_in(school.amina.user), sign_in(school.lea.user)
    assert answers(amina, group)["group_members"] == 200
    values = {"decided_on": school.today(), "reference": "Coffre"}
    Restriction.objects.create(membership=school.amina, classroom=school.rooms[1], **values)
    assert answers(amina, group) == answers(lea, group)
    assert GroupMember.objects.readers(group).count() == 1


def test_a_director_who_is_a_parent_reads_no_group_of_parents(school, sign_in):
    from accounts.schools.actions import give_hat

    group = make_group(school.amina, members=[school.karim])
    assert policy.can_read(member(school.karim), Group.objects.readable_by(member(school.karim)).get())
    end = school.years.get(is_current=True).ends
    give_hat(school.karim, "deputy", until=end, rights=["moderation"])
    karim = sign_in(school.karim.user)
    found = answers(karim, group)
    assert found.pop("group_card") == 200 and found.pop("join_group") == 403 and set(found.values()) == {404}
    assert GroupMember.objects.readers(group).count() == 1
    assert not policy.can_open(member(school.karim), "parents")


def test_a_paper_printed_again_shows_no_group_one_joined(school, sign_in):
    group = make_group(school.amina, name="Secret", joining="invitation")
    amina = sign_in(school.amina.user)
    assert "Secret" in index_of(amina, school)
    school.amina.user.past_opens = timezone.now() + datetime.timedelta(hours=72)
    school.amina.user.save()
    page = index_of(amina, school)
    assert "Secret" not in page and set(answers(amina, group).values()) == {404}


def test_whoever_was_removed_comes_back_by_a_facilitator_only(school, sign_in):
    group = make_group(school.amina, members=[school.karim])
    Group.objects.of_school(school).filter(pk=group.pk).update(invite_key="b" * 24)
    actions.remove_member(group, school.karim)
    karim = sign_in(school.karim.user)
    join = reverse("join_group", args=[school.slug, group.key])
    assert karim.post(join, {"act": "join", "edition": 1}).status_code == 403
    assert karim.get(reverse("group_invitation", args=[school.slug, "b" * 24])).status_code == 404
    karim.post(join, {"act": "ask", "edition": 1})
    # Silence does not let them in.
    assert actions.accept_waiting(timezone.now() + datetime.timedelta(days=30)) == 0
    asked = group.requests.get(outcome="")
    actions.answer_request(asked, True, by=member(school.amina))
    assert GroupMember.objects.readers(group).filter(membership=school.karim).exists()


def test_whoever_is_suspended_reads_but_runs_and_opens_nothing(school, sign_in):
    group = make_group(school.amina)
    school.amina.suspended_until = timezone.now() + datetime.timedelta(days=3)
    school.amina.save()
    amina = sign_in(school.amina.user)
    assert answers(amina, group)["group_members"] == 200
    assert {answers(amina, group)[name] for name in RUN} == {403}
    assert amina.get(reverse("open_group", args=[school.slug])).status_code == 403


def test_looking_as_a_parent_the_direction_sees_cards_and_joins_nothing(school, sign_in):
    make_group(school.amina, name="Secret", joining="invitation")
    group = make_group(school.amina, name="De la classe", classroom=school.rooms[1])
    anne = sign_in(school.director.user)
    anne.post(reverse("see_as_parent", args=[school.slug]), {"classe": school.rooms[1].key})
    page = index_of(anne, school)
    assert "De la classe" in page and "Secret" not in page
    found = answers(anne, group)
    assert (found["group_card"], found["group_members"], found["join_group"]) == (200, 404, 403)


def test_a_proche_and_a_pending_person_have_no_groups(school, sign_in):
    group = make_group(school.amina)
    for kind in ("proche", "helper", "secretary"):
        client = sign_in(make_member(school, f"une{kind}", kind).user)
        assert client.get(reverse("groups", args=[school.slug])).status_code == 403
        assert set(answers(client, group).values()) == {404}


def test_an_elected_parent_reads_parents_groups_as_one_of_them_only(school, sign_in):
    group = make_group(school.amina, members=[])
    elected = make_member(school, "nadia", "parent", "elected")
    actions.join(member(elected), group)
    client = sign_in(elected.user)
    assert client.get(reverse("group_members", args=[school.slug, group.key])).status_code == 200
    assert {answers(client, group)[name] for name in RUN} == {403}


HOSTILE = [
    "‮Les mercredis",
    "Les merc\u0440edis",
    "Les\u200bmercredis",
    "Z\u0335\u0336\u0337\u0338algo",
    "𝐋es mercredis",
]


@pytest.mark.parametrize("name", [*HOSTILE, "   ", "!!!", "a" * 61])
def test_a_name_that_shows_something_else_is_refused(name, school, sign_in):
    form = {"circle": "parents", "name": name, "purpose": "x", "joining": "open", "charter": "y"}
    page = sign_in(school.amina.user).post(reverse("open_group", args=[school.slug]), form)
    assert page.status_code == 200 and page.context["form"].errors["name"]


@pytest.mark.parametrize("name", ["Les mercredis", "LES MERCREDlS", "Lés Mercredis", "Les mercredis !"])
def test_an_impostor_of_a_group_one_sees_is_refused(name, school):
    make_group(school.amina, name="Les mercredis")
    with pytest.raises(GroupNameTaken):
        make_group(school.karim, name=name)
