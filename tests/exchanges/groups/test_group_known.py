"""What pages ask of many groups by SQL written once says what the rules say of each one."""

import datetime
from itertools import product

import pytest
from django.utils import timezone

from accounts.schools.access import member_in
from accounts.schools.models import Hat, Membership, Restriction
from exchanges.groups import policy
from exchanges.groups.models import (
    Circle,
    Group,
    GroupInvitation,
    GroupMember,
    group_uncounted,
    group_with_seat,
    groups_known,
    groups_read,
    readers_by_group,
    readers_page,
)
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(school):
    """People of every hat, some with two, one waiting, one gone, one who leads elsewhere."""
    cp, ce1 = school.rooms
    people = [school.director, school.amina, school.karim, school.lea, school.prof]
    people += [
        make_member(school, "luc", "deputy", rights=["moderation"]),
        make_member(school, "mona", "deputy", rights=["members"]),
        make_member(school, "elise", "elected"),
        make_member(school, "omar", "proche", rooms=[cp]),
        make_member(school, "nina", "parent", rooms=[cp, ce1]),
        make_member(school, "hugo", "parent", "teacher", rooms=[ce1]),
        make_member(school, "ines", "teacher", rooms=[cp, ce1]),
        make_member(school, "dora", "interim", "parent", rooms=[cp]),
    ]
    past = make_member(school, "yann", "parent", rooms=[ce1])
    ended = timezone.now().date() - datetime.timedelta(days=3)
    Hat.objects.filter(membership=past).update(since=ended, until=ended)
    waiting = make_member(school, "rita", "parent", rooms=[cp])
    Membership.objects.of_school(school).filter(pk=waiting.pk).update(state=Membership.State.PENDING)
    paper = make_member(school, "sami", "parent", rooms=[ce1])
    type(paper.user).objects.filter(pk=paper.user_id).update(
        past_opens=timezone.now() + datetime.timedelta(hours=72)
    )
    barred = [make_member(school, name, "parent", rooms=[cp, ce1]) for name in ("axel", "boris", "carl")]
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    for person, room, until in zip(barred, (None, cp, None), (None, None, yesterday), strict=True):
        Restriction.objects.create(membership=person, classroom=room, until=until, decided_on=yesterday)
    return [*people, past, waiting, paper, *barred]


@pytest.fixture
def groups(school, everybody):
    """A group of each circle, class, state and way in; everybody sits, is asked or was removed somewhere."""
    kinds = product(Circle.values, [None, *school.rooms], Group.State.values, Group.Joining.values)
    made = Group.objects.bulk_create(
        Group(
            school=school,
            circle=circle,
            classroom=room,
            state=state,
            joining=joining,
            name=f"Groupe {number}",
            skeleton=f"groupe{number}",
        )
        for number, (circle, room, state, joining) in enumerate(kinds)
    )
    seats, asked = [], []
    for number, one in enumerate(made):
        for place, person in enumerate(everybody):
            turn = (number * 7 + place * 3) % 5
            values = {"group": one, "membership": person}
            if turn in (0, 1):
                gone = {"left": timezone.now(), "was_removed": place % 2 == 0} if turn == 1 else {}
                seats.append(GroupMember(**values, is_facilitator=number % 2 == 0, **gone))
            elif turn == 2:
                asked.append(GroupInvitation(**values))
    GroupMember.objects.bulk_create(seats)
    GroupInvitation.objects.bulk_create(asked)
    elsewhere = make_school("victor-hugo")
    Group.objects.create(school=elsewhere, circle=Circle.PARENTS, name="Ailleurs", skeleton="ailleurs")
    return made


def _as_now(school, person):
    return member_in(type(person.user).objects.get(pk=person.user_id), school)


def test_lists_and_rules_agree_of_every_member_and_group(school, everybody, groups):
    known_to_some = read_by_some = 0
    for person in everybody:
        member = _as_now(school, person)
        if member is None:
            continue
        known = [group.pk for group in Group.objects.visible_to(member)]
        read = [group.pk for group in Group.objects.readable_by(member)]
        assert [group.pk for group in groups_known(member)] == known
        assert [group.pk for group in groups_read(member)] == read
        one_by_one = [group_with_seat(member, group.key) for group in groups]
        assert {group.pk for group in one_by_one if policy.can_know(member, group)} == set(known)
        assert {group.pk for group in one_by_one if policy.can_read(member, group)} == set(read)
        known_to_some += len(known)
        read_by_some += len(read)
    assert 0 < read_by_some < known_to_some < len(everybody) * len(groups)


def test_no_group_of_another_school_is_found_by_its_key(school, everybody, groups):
    elsewhere = Group.objects.unscoped().get(name="Ailleurs")
    member = _as_now(school, school.director)
    assert group_with_seat(member, elsewhere.key) is None
    assert group_with_seat(member, groups[0].key) == groups[0]
    assert group_uncounted(member, elsewhere.key) is None
    assert group_uncounted(member, groups[0].key).seat == group_with_seat(member, groups[0].key).seat


def test_readers_are_counted_alike_for_one_and_for_all(school, everybody, groups):
    member = _as_now(school, school.director)
    by_group = readers_by_group(member)
    counts = {group.pk: GroupMember.objects.readers(group).count() for group in groups}
    assert {group.pk: by_group.get(group.pk, 0) for group in groups} == counts
    assert {group.pk: group_with_seat(member, group.key).readers for group in groups} == counts
    for group in groups:
        # Whatever the page, each of its rows says how many they are in all.
        pages = [
            readers_page(group, member.today, start, start + 2) for start in range(0, counts[group.pk], 2)
        ]
        assert [reader.readers for page in pages for reader in page] == [counts[group.pk]] * counts[group.pk]
    assert len(set(counts.values())) > 2
