"""« Qui peut lire ici » begins with a number: those whom the page answers, no more and no fewer."""

import datetime
import re

import pytest
from django.utils import timezone

from accounts.schools.actions import restrict, suspend
from accounts.schools.models import Hat, Membership, ParentList
from tests.factories import make_member, make_school
from tests.portal.privacy.people import prove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
WEEK = datetime.timedelta(days=7)
PAGES = (
    "membres/",
    "membres/{key}/",
    "membres/fiches/",
    "membres/pas-encore/",
    "membres/portee/",
    "membres/attente/",
    "equipe/",
)


def said(answer) -> int:
    """The bold number of the sentence under the title."""
    found = re.search(r'class="notice who">.*?<b>(\d+)\s', answer.content.decode(), re.DOTALL)
    assert found is not None
    return int(found[1])


@pytest.fixture
def people(moulin):
    """Somebody for each reason to read or not: past, waiting, gone, suspended, without the right."""
    make_member(moulin.school, "nadia", "deputy", rights=["members", "agenda"])
    make_member(moulin.school, "dora", "deputy", rights=["documents"])
    shut = make_member(moulin.school, "sacha", "secretary", rights=["members"])
    suspend(shut, by=moulin.director.user, until=timezone.now() + WEEK, why="Une semaine.")
    ended = make_member(moulin.school, "emile", "secretary", "parent", rights=["members"])
    ended.hats.filter(kind="secretary").update(until=moulin.school.today() - WEEK, since="2026-09-01")
    for name, state in (("attente", "pending"), ("parti", "left")):
        one = make_member(moulin.school, name, "teacher", "parent")
        Membership.objects.of_school(moulin.school).filter(pk=one.pk).update(state=state)
    make_member(make_school("ailleurs"), "autre", "director", "teacher")
    return [one.user for one in Membership.objects.of_school(moulin.school).select_related("user")]


@pytest.mark.parametrize("path", PAGES)
def test_the_number_is_that_of_the_people_whom_the_page_answers(moulin, people, sign_in, path):
    page = moulin.url + path.format(key=moulin.paul.key)
    read = [one for one in people if sign_in(one).get(page).status_code == 200]
    assert said(sign_in(moulin.director.user).get(page)) == len(read) < len(people)


def test_the_elected_parents_of_an_association_are_counted_with_the_direction(moulin, people, sign_in):
    fcpe = ParentList.objects.create(school=moulin.school, name="Les Tilleuls", is_association=True)
    elected = Hat.objects.get(membership=moulin.elected, kind="elected")
    elected.mandate.parent_list = fcpe
    elected.mandate.save()
    make_member(moulin.school, "lea", "elected")
    client = sign_in(moulin.director.user)
    prove(client)
    assert said(client.get(f"{moulin.url}membres/accords/")) == 2


def test_a_court_decision_changes_no_number_that_parents_read(moulin, sign_in):
    amina = sign_in(moulin.amina.user)
    before = said(amina.get(f"{moulin.url}equipe/"))
    day = datetime.date(2026, 11, 2)
    restrict(moulin.paul, by=moulin.director.user, classroom=None, decided_on=day, reference="armoire")
    assert said(amina.get(f"{moulin.url}equipe/")) == before
