"""A school with its people, and another beside it."""

from types import SimpleNamespace

import pytest


@pytest.fixture
def no_second_factor(settings):
    """The factor asked of staff has its own tests."""
    settings.IS_DEMO = True


@pytest.fixture
def moulin(db):
    """Jean Moulin: director, secretary with *members*, teacher, two parents of CP A, an elected parent."""
    from tests.factories import make_member, make_school

    school = make_school("jean-moulin")
    return SimpleNamespace(
        school=school,
        slug=school.slug,
        url=f"/ecoles/{school.slug}/",
        director=make_member(school, "diane", "director"),
        secretary=make_member(school, "sonia", "secretary", rights=["members"]),
        teacher=make_member(school, "tom", "teacher"),
        amina=make_member(school, "amina", "parent"),
        paul=make_member(school, "paul", "parent"),
        elected=make_member(school, "elsa", "parent", "elected"),
    )


@pytest.fixture
def curie(db):
    """Marie Curie, of which nobody of Jean Moulin may learn anything."""
    from tests.factories import make_member, make_school

    school = make_school("marie-curie", classes=("Sixième Étoile", "Cinquième Comète"), level="college")
    return SimpleNamespace(
        school=school,
        slug=school.slug,
        url=f"/ecoles/{school.slug}/",
        director=make_member(school, "zelda", "director", display_name="Zelda Quark"),
        parent=make_member(school, "yvan", "parent", display_name="Yvan Neutrino"),
        elected=make_member(school, "xenia", "parent", "elected", display_name="Xenia Photon"),
    )


@pytest.fixture
def both(moulin, curie):
    """Rows of every model in both schools."""
    import datetime

    from accounts.schools.actions import documents, restrict
    from accounts.schools.actions.sheet import add_parent_list

    decided = datetime.date(2026, 11, 2)
    for place, parent in ((moulin, moulin.amina), (curie, curie.parent)):
        secret = "Secret" if place is curie else "Moulin"
        add_parent_list(place.school, f"{secret} liste", is_association=True, by=None)
        restrict(
            parent, by=place.director.user, classroom=None, decided_on=decided, reference=f"{secret} armoire"
        )
        paper = {"title": f"{secret} papier", "kind": "liste", "dated": decided, "readers": "members"}
        taken = documents.Taken(b"%PDF-1.4", "papier.pdf", "application/pdf")
        documents.add_document(place.school, paper, [], taken, by=place.director.user)
    return moulin, curie
