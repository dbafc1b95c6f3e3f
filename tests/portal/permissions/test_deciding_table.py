"""Under which hat each person decides on a case, as it stands: by circle, escalated or not, party or not."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Membership, User
from exchanges.moderation import targets
from exchanges.moderation.errors import IsParty, NotTheirs
from exchanges.moderation.models import Case, Decision
from exchanges.moderation.standing import Decider, hat_of
from tests.exchanges.moderation.world import NOW, World
from tests.factories import make_member, member, person_with_role

pytestmark = pytest.mark.django_db
PARTY = "party"
# Those who decide on nothing there: members, and titles without *moderation*.
NOBODY = dict.fromkeys(("bilal", "denis", "elected", "adele", "secretary", "curator", "operator"), "")
RUN = {"nora": "facilitator", "karim": "facilitator"}
SCHOOL = {"helene": "director", "omar": "deputy", "ines": "interim"}
NOT_SCHOOL = dict.fromkeys(SCHOOL, "")
HOST = {"host_moderator": "host_moderator"}
OTHERS = NOBODY | HOST | {"amina": "", "chloe": ""}
# How the case stands → who decides as what; `amina` wrote, `bilal` reported.
TABLE = {
    "reported among parents": OTHERS | RUN | NOT_SCHOOL,
    "escalated": OTHERS | RUN | SCHOOL,
    "danger": OTHERS | RUN | SCHOOL,
    "48 hours of school later": OTHERS | RUN | SCHOOL,
    "no facilitator active": OTHERS | RUN | SCHOOL,
    "karim reported": OTHERS | RUN | SCHOOL | {"karim": PARTY},
    "karim wrote": OTHERS | RUN | SCHOOL | {"karim": PARTY},
    "karim is named": OTHERS | RUN | SCHOOL | {"karim": PARTY},
    # Escalated for it, the case would say who wrote (RULES §2): the others wait as for anybody's.
    "karim wrote without a name": OTHERS | RUN | NOT_SCHOOL | {"karim": PARTY},
    "karim is suspended": OTHERS | RUN | NOT_SCHOOL | {"karim": ""},
    "helene reported, escalated": OTHERS | RUN | SCHOOL | {"helene": PARTY},
}
OF_KARIM = ("karim wrote", "karim is named", "karim wrote without a name")
# Among parents and teachers the direction decides from the start; here Hélène opened the group and runs it.
BOTH = OTHERS | RUN | SCHOOL | {"helene": "facilitator"}


@pytest.fixture
def everybody():
    """Make a world of a circle, and ask as each of its people."""

    def make(circle):
        world = World(circle)
        school = world.school
        made = (
            ("omar", "deputy", ["moderation"]),
            ("adele", "deputy", []),
            ("ines", "interim", []),
            ("secretary", "secretary", ["members"]),
        )
        for name, kind, rights in made:
            shown = f"Mona {name[::-1]}"
            world.people[name] = make_member(school, name, kind, rights=rights, display_name=shown)
        world.people["elected"] = make_member(
            school, "elected", "parent", "elected", display_name="Mona Detcele"
        )
        world.people["helene"] = world.helene
        roles = ("host_moderator", "curator", "operator")
        world.hosts = {role: person_with_role(f"siege{number}", role) for number, role in enumerate(roles)}
        return world

    return make


def hats(world, case, now=NOW):
    """{name: the hat, "" for none, or "party"}."""
    target = targets.find("case", case.key, None)
    deciders = {name: Decider(member(membership)) for name, membership in world.people.items()}
    deciders |= {name: Decider(None, user) for name, user in world.hosts.items()}
    found = {}
    for name, decider in deciders.items():
        try:
            found[name] = hat_of(decider, target, Decision.Verb.HIDE, now)
        except NotTheirs:
            found[name] = ""
        except IsParty:
            found[name] = PARTY
    return found


def test_who_decides_on_a_case_of_parents(everybody):
    world = everybody("parents")
    now, people = NOW, world.people
    cases = {label: world.post_of(world.amina) for label in TABLE if label not in OF_KARIM}
    cases |= {
        "karim wrote": world.post_of(world.karim),
        "karim is named": world.post_of(world.amina, "Demandez à Karim Benali Quatorze."),
        "karim wrote without a name": unnamed(world),
    }
    Membership.objects.of_school(world.school).filter(pk=world.karim.pk).update(name="Karim Benali Quatorze")
    people["karim"].refresh_from_db()
    found = {}
    for label, post in cases.items():
        by = {"karim reported": "karim", "helene reported, escalated": "helene"}.get(label, "bilal")
        case = world.report(people[by], post, ground="danger" if label == "danger" else "rude")
        if "escalated" in label:
            Case.objects.of_school(world.school).filter(pk=case.pk).update(escalated=now)
        if label == "48 hours of school later":
            found[label] = hats(world, case, NOW + datetime.timedelta(days=4))
        elif label == "no facilitator active":
            runs = User.objects.filter(memberships__in=[world.nora, world.karim])
            runs.update(last_login=NOW - datetime.timedelta(days=15))
            found[label] = hats(world, case)
            runs.update(last_login=NOW)
        elif label == "karim is suspended":
            suspend(world, timezone.now() + datetime.timedelta(days=3))
            found[label] = hats(world, case)
            suspend(world, None)
        else:
            found[label] = hats(world, case)
    assert {label: row for label, row in found.items() if row != TABLE[label]} == {}
    assert set(found) == set(TABLE)


def test_among_parents_and_teachers_the_direction_decides_at_once(everybody):
    world = everybody("parents-enseignants")
    assert hats(world, world.report(world.bilal)) == BOTH


def suspend(world, until):
    Membership.objects.of_school(world.school).filter(pk=world.karim.pk).update(suspended_until=until)
    world.karim.refresh_from_db()


def unnamed(world):
    """A message of Karim's without his name, as if the group had been large enough."""
    from exchanges.discussions.actions.names import keep_name

    post = world.post_of(world.karim)
    type(post).objects.filter(topic=world.topic, pk=post.pk).update(author=None, is_anonymous=True)
    keep_name(post, world.karim)
    return post
