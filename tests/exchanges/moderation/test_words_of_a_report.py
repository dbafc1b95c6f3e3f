"""The words of a report's form, and what whoever runs the group is shown of a text that names somebody."""

import re

import pytest
from django.utils import timezone

from exchanges.moderation.models import Ground
from tests.exchanges.moderation.desk_pages import ADMIN, press
from tests.factories import make_group, make_member, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "no_second_factor")]
SEEMS = "It seems to name a child or somebody of the school."


def test_each_reason_begins_its_line_and_the_way_out_says_that_nothing_is_reported(here, sign_in):
    world = here()
    where = f"/ecoles/{world.school.slug}/groupes/{world.group.key}/{world.topic.key}/message/1/"
    client = sign_in(world.bilal.user)
    page = client.get(f"{where}signaler/").content.decode()
    labels = [" ".join(text.split()) for text in re.findall(r"<label[^>]*id_ground_[^>]*>([^<]*)<", page)]
    assert len(labels) == len(Ground) and all(label[0].isupper() for label in labels), labels
    assert re.search(r'href="[^"]*message/1/"[^>]*>Do not report<', page)
    # Twin: within a sentence they stay small.
    world.report(world.bilal, ground="rude", now=timezone.now())
    queue = sign_in(world.nora.user).get(f"/ecoles/{world.school.slug}/a-moderer/").content.decode()
    assert "Reasons: hurtful words." in queue


@pytest.mark.parametrize(
    ("title", "text", "hinted"),
    [
        ("Une question", "Mon fils Léo a peur.", True),
        ("Mme Durand", "Qui la connaît ?", True),
        ("Une question", "Qui apporte le gâteau ?", False),
    ],
)
def test_who_runs_the_group_sees_that_a_text_seems_to_name_somebody_and_may_decide_as_ever(
    here, sign_in, title, text, hinted
):
    world = here()
    topic = make_topic(world.group, world.amina, title, text)
    case = world.report(world.bilal, topic.posts.get(), "private", timezone.now())
    nora, base = sign_in(world.nora.user), f"/ecoles/{world.school.slug}/a-moderer/"
    for page in (nora.get(base), press(nora, base, "keep", f"case:{case.key}")):
        assert (SEEMS in page.content.decode()) is hinted
    # The direction has a line without a text, and nothing of what is in it.
    assert SEEMS not in sign_in(world.helene.user).get(ADMIN).content.decode()


def test_in_a_team_its_own_names_are_no_matter(here, sign_in):
    world = here()
    prof, other, third = (make_member(world.school, name, "teacher") for name in ("paul", "rose", "ines"))
    group = make_group(prof, circle="equipe", members=[other, third])
    topic = make_topic(group, other, "Réunion", "Mme Durand sera là.")
    world.report(third, topic.posts.get(), "rude", timezone.now())
    page = sign_in(prof.user).get(f"/ecoles/{world.school.slug}/a-moderer/").content.decode()
    assert "sera là." in page and SEEMS not in page
