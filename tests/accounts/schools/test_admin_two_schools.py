"""The admin is a door like any other: lists, filters, choices, deletion, history of one's own school only."""

import datetime
import re

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.audit.models import AuditEntry
from accounts.outbox.models import Delivery
from accounts.schools.actions import documents, restrict
from accounts.schools.actions.sheet import add_parent_list
from accounts.schools.administration import SchoolScopedAdmin
from accounts.schools.models import (
    Classroom,
    Document,
    Hat,
    Mandate,
    Membership,
    ParentList,
    Restriction,
    School,
    SchoolYear,
)
from tests.accounts.schools.reading import markup
from tests.factories import make_member, member, person_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
MODELS = (
    School,
    SchoolYear,
    Classroom,
    Membership,
    Hat,
    Mandate,
    ParentList,
    Restriction,
    Document,
    AuditEntry,
)
SECRETS = ("Quark", "Neutrino", "Photon", "Étoile", "Comète", "Curie", "curie", "Secret")
DECIDED = datetime.date(2026, 11, 2)


@pytest.fixture
def both(moulin, curie):
    """Rows of every model in both schools."""
    for place, parent in ((moulin, moulin.amina), (curie, curie.parent)):
        secret = "Secret" if place is curie else "Moulin"
        add_parent_list(place.school, f"{secret} liste", is_association=True, by=None)
        restrict(
            parent, by=place.director.user, classroom=None, decided_on=DECIDED, reference=f"{secret} armoire"
        )
        paper = {"title": f"{secret} papier", "kind": "liste", "dated": DECIDED, "readers": "members"}
        taken = documents.Taken(b"%PDF-1.4", "papier.pdf", "application/pdf")
        documents.add_document(place.school, paper, [], taken, by=place.director.user)
    return moulin, curie


def rows_of(model, place):
    path = admin.site._registry[model].school_path
    rows = model._base_manager.filter(**{path or "pk": place.school.pk if not path else place.school})
    return rows.order_by("pk")


def url(model, page: str = "") -> str:
    return f"/admin/accounts/{model._meta.model_name}/{page}"


def ids(client, model, query: str = "") -> set[int]:
    """The rows that a list leads to."""
    found = re.findall(rf'href="{re.escape(url(model))}(\d+)/change/', markup(client.get(url(model) + query)))
    return {int(one) for one in found}


@pytest.mark.parametrize("model", MODELS)
def test_a_list_holds_the_rows_of_ones_school_alone(both, sign_in, model):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    page = markup(client.get(url(model)))
    assert [secret for secret in SECRETS if secret in page] == []
    own = {row.pk for row in rows_of(model, moulin)}
    assert ids(client, model) <= own
    assert len(ids(client, model)) == min(len(own), 25)
    assert ids(sign_in(curie.director.user), model) <= {row.pk for row in rows_of(model, curie)} != set()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_row_of_the_other_answers_as_absent(both, sign_in, model, page):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    theirs = rows_of(model, curie).first().pk
    for method in (client.get, client.post):
        swapped, absent = (method(url(model, f"{pk}/{page}/")) for pk in (theirs, 999_999))
        assert (swapped.status_code, markup(swapped).replace(f"/{theirs}/", "/999999/")) in [
            (absent.status_code, markup(absent)),
            (403, markup(swapped)),
        ] and swapped.status_code in (403, 404)
        assert swapped.status_code == absent.status_code
    # The twin.
    own = rows_of(model, moulin).first().pk
    assert client.get(url(model, f"{own}/history/")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_what_adding_offers_is_of_ones_school(both, sign_in, model):
    moulin, _curie = both
    page = markup(sign_in(moulin.director.user).get(url(model, "add/")))
    assert [secret for secret in SECRETS if secret in page] == []


def test_ids_of_the_other_are_no_choice(both, sign_in):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    before = [model._base_manager.count() for model in MODELS[:-1]]
    one, room = curie.parent.pk, curie.school.rooms[0].pk
    own = moulin.paul.pk
    tries = [
        (Hat, {"membership": one, "kind": "helper", "until": "2027-06-30"}),
        (Hat, {"membership": own, "kind": "parent", "classroom": room}),
        (Restriction, {"membership": one, "decided_on": "2026-11-02", "reference": "x"}),
        (Restriction, {"membership": own, "classroom": room, "decided_on": "2026-11-02", "reference": "x"}),
        (Mandate, {"membership": one, "elected_on": "2026-10-09", "title": "titulaire"}),
        (
            Mandate,
            {
                "membership": own,
                "elected_on": "2026-10-09",
                "title": "titulaire",
                "parent_list": ParentList.objects.of_school(curie.school).get().pk,
            },
        ),
        (Classroom, {"school": curie.school.pk, "name": "CP Z"}),
        (ParentList, {"school": curie.school.pk, "name": "Autre"}),
        (
            Document,
            {
                "school": curie.school.pk,
                "title": "X",
                "kind": "liste",
                "dated": "2026-11-02",
                "readers": "members",
            },
        ),
    ]
    for model, data in tries:
        assert client.post(url(model, "add/"), data).status_code == 200, (model, data)
    assert [model._base_manager.count() for model in MODELS[:-1]] == before


def test_the_same_acts_succeed_at_home(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    own, room = moulin.paul.pk, moulin.school.rooms[1].pk
    tries = [
        (Hat, {"membership": own, "kind": "helper", "until": "2027-06-30"}),
        (Hat, {"membership": own, "kind": "parent", "classroom": room}),
        (Mandate, {"membership": own, "elected_on": "2026-10-09", "title": "titulaire"}),
        (Restriction, {"membership": own, "classroom": room, "decided_on": "2026-11-02", "reference": "x"}),
        (Classroom, {"school": moulin.school.pk, "name": "CP Z"}),
        (ParentList, {"school": moulin.school.pk, "name": "Autre"}),
    ]
    for model, data in tries:
        answer = client.post(url(model, "add/"), data)
        assert answer.status_code == 302, (model, markup(answer))
    worn = member(moulin.paul)
    assert worn.wears("helper", "elected")
    assert room not in worn.classes()
    assert Classroom.objects.of_school(moulin.school).filter(name="CP Z").exists()


def test_two_schools_are_never_tied_by_somebody_who_leads_both(both, sign_in):
    """Choices of both are offered to them; one form may not mix them."""
    moulin, curie = both
    make_member(curie.school, "diane", "director", user=moulin.director.user)
    client = sign_in(moulin.director.user)
    data = {"membership": moulin.paul.pk, "kind": "parent", "classroom": curie.school.rooms[0].pk}
    before = Hat.objects.unscoped().count()
    assert client.post(url(Hat, "add/"), data).status_code == 200
    assert Hat.objects.unscoped().count() == before
    data["classroom"] = moulin.school.rooms[1].pk
    assert client.post(url(Hat, "add/"), data).status_code == 302


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Membership, "?q=Yvan"),
        (Hat, "?q=Yvan"),
        (Mandate, "?q=Xenia"),
        (Document, "?q=Secret"),
        (School, "?q=Curie"),
    ],
)
def test_search_stays_at_home(both, sign_in, model, query):
    moulin, curie = both
    assert ids(sign_in(moulin.director.user), model, query) == set()
    assert ids(sign_in(curie.director.user), model, query)


def test_filters_offer_and_find_ones_own(both, sign_in):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    for model, name in ((Hat, "classroom"), (Membership, "hats__classroom"), (Classroom, "year")):
        page = markup(client.get(url(model)))
        theirs = curie.school.rooms[0].pk if name != "year" else curie.school.years.get().pk
        assert f"{name}__id__exact={theirs}&" not in page.replace('"', "&")
        foreign, absent = (ids(client, model, f"?{name}__id__exact={pk}") for pk in (theirs, 999_999))
        assert foreign == absent
        own = moulin.school.rooms[0].pk if name != "year" else moulin.school.years.get().pk
        assert ids(client, model, f"?{name}__id__exact={own}")
    assert client.get(url(Membership, "?user__email__startswith=y")).status_code == 400
    assert client.get(url(Hat, "?membership__school__slug=marie-curie")).status_code == 400


def test_autocomplete_offers_nothing_of_the_other(both, sign_in):
    moulin, curie = both

    def found(client, term):
        data = {"app_label": "accounts", "model_name": "hat", "field_name": "membership", "term": term}
        answer = client.get("/admin/autocomplete/", data)
        return [row["text"] for row in answer.json()["results"]] if answer.status_code == 200 else None

    director = sign_in(moulin.director.user)
    assert found(director, "Yvan") == []
    assert found(director, "") and not set(found(director, "")) & set(found(sign_in(curie.director.user), ""))
    # The twins: at home, and without the right.
    assert found(sign_in(curie.director.user), "Yvan") == ["Yvan Neutrino"]
    assert found(sign_in(moulin.amina.user), "Paul") is None


def test_popups_and_view_on_site(both, sign_in):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    assert client.get(url(Membership, "?_popup=1")).status_code == 404
    assert client.get(url(Hat, "add/?_popup=1")).status_code == 404
    kind = ContentType.objects.get_for_model(School).pk
    assert client.get(f"/admin/r/{kind}/{curie.school.pk}/").status_code == 404
    assert client.get(f"/admin/r/{kind}/{moulin.school.pk}/").status_code == 302


def test_the_page_of_deletion_and_history_name_nobody_of_the_other(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    for model in MODELS:
        pk = rows_of(model, moulin).first().pk
        for page in ("delete", "history", "change"):
            text = markup(client.get(url(model, f"{pk}/{page}/")))
            assert [secret for secret in SECRETS if secret in text] == [], (model, page)


def test_a_class_with_people_stays_and_an_empty_one_goes(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    full, empty = moulin.school.rooms
    client.post(url(Classroom, f"{full.pk}/delete/"), {"post": "yes"})
    client.post(url(Classroom, f"{empty.pk}/delete/"), {"post": "yes"})
    assert {room.pk for room in Classroom.objects.of_school(moulin.school)} == {full.pk}


def test_nobody_adds_or_deletes_people_and_acts(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    for model in (Membership, AuditEntry, School, SchoolYear):
        pk = rows_of(model, moulin).first().pk
        assert client.post(url(model, f"{pk}/delete/"), {"post": "yes"}).status_code == 403
        assert client.post(url(model, "add/"), {}).status_code == 403
    entry = rows_of(AuditEntry, moulin).first()
    assert client.post(url(AuditEntry, f"{entry.pk}/change/"), {"verb": "left"}).status_code == 403


def test_a_secretary_opens_what_her_rights_open(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.secretary.user)
    assert client.get(url(Membership)).status_code == 200
    for model in (Restriction, AuditEntry, Hat, Mandate, Document, ParentList):
        assert client.get(url(model)).status_code == 403, model
        pk = rows_of(model, moulin).first().pk
        assert client.get(url(model, f"{pk}/change/")).status_code in (403, 404)
    history = markup(client.get(url(Membership, f"{moulin.amina.pk}/history/")))
    assert "armoire" not in history
    told = markup(sign_in(moulin.director.user).get(url(Restriction)))
    assert "armoire" in told


def test_curators_create_schools_and_see_none_of_their_people(both, sign_in):
    curator = sign_in(person_with_role("claire", "curator"))
    values = {"name": "École des Lilas", "level": "primaire", "time_zone": "Europe/Paris"}
    assert curator.post(url(School, "add/"), values).status_code == 302
    made = School.objects.get(name="École des Lilas")
    assert (made.slug, made.opened, made.years.count()) == ("ecole-des-lilas", None, 1)
    assert ids(curator, School) == set(School.objects.values_list("pk", flat=True))
    page = curator.get(url(School, f"{made.pk}/change/"))
    assert page.status_code == 200
    assert curator.post(url(School, f"{made.pk}/change/"), {**values, "name": "X"}).status_code == 403
    for model in MODELS[2:]:
        assert curator.get(url(model)).status_code == 403, model


def test_a_director_changes_the_sheet_of_one_school(both, sign_in):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    values = {"name": "Jean Moulin", "level": "elementaire", "time_zone": "Indian/Reunion", "town": "Le Port"}
    assert client.post(url(School, f"{moulin.school.pk}/change/"), values).status_code == 302
    assert client.post(url(School, f"{curie.school.pk}/change/"), values).status_code == 404
    moulin.school.refresh_from_db()
    assert (moulin.school.town, moulin.school.time_zone) == ("Le Port", "Indian/Reunion")


def test_the_last_director_cannot_go_by_the_admin_either(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    hat = Hat.objects.get(membership=moulin.director, kind="director")
    client.post(url(Hat, f"{hat.pk}/delete/"), {"post": "yes"})
    assert member(moulin.director).is_director
    make_member(moulin.school, "denis", "director")
    client.post(url(Hat, f"{hat.pk}/delete/"), {"post": "yes"})
    assert member(moulin.director) is None


def test_an_interim_neither_makes_nor_unmakes_a_director(both, sign_in):
    moulin, _curie = both
    interim = make_member(moulin.school, "ines", "interim", rights=["members"])
    client = sign_in(interim.user)
    make_member(moulin.school, "denis", "director")
    hat = Hat.objects.get(membership=moulin.director, kind="director")
    assert client.post(url(Hat, f"{hat.pk}/delete/"), {"post": "yes"}).status_code == 403
    data = {"membership": moulin.paul.pk, "kind": "director"}
    assert client.post(url(Hat, "add/"), data).status_code == 403
    assert member(moulin.director).is_director
    assert not member(moulin.paul).is_director


@pytest.mark.parametrize("model", MODELS)
def test_pages_stay_within_their_budget_whatever_the_school(both, sign_in, model):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    few = _counted(client, model, moulin)
    for number in range(100):
        make_member(moulin.school, f"parent{number}", "parent", display_name=f"Parent Numéro {number}")
    assert _counted(client, model, moulin) == few
    assert few["list"] <= 12
    assert max(few.values()) <= 20


def _counted(client, model, place) -> dict[str, int]:
    pk = rows_of(model, place).first().pk
    pages = {"list": "", "add": "add/", "change": f"{pk}/change/", "history": f"{pk}/history/"}
    counts = {}
    client.get("/admin/")
    for name, page in pages.items():
        with CaptureQueriesContext(connection) as seen:
            client.get(url(model, page))
        kept = [one for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
        counts[name] = len(kept)
    return counts


def test_every_admin_of_a_schools_rows_stands_on_this_ground():
    """A model that leads to a school has an admin of this base, or none; mails are the operator's alone."""
    for model, model_admin in admin.site._registry.items():
        if model is Delivery:
            continue
        fields = {field.name for field in model._meta.get_fields() if field.many_to_one}
        if {"school", "membership", "classroom", "hat", "invitation"} & fields or model is School:
            assert isinstance(model_admin, SchoolScopedAdmin), model
