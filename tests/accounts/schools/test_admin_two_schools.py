"""The admin is a door like any other: lists, filters, choices, deletion, history of one's own school only."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.outbox.models import Delivery
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
)
from tests.accounts.schools.admin_rows import MODELS, SECRETS, ids, rows_of, url
from tests.accounts.schools.reading import markup
from tests.factories import make_member, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


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


def test_pages_stay_within_their_budget_whatever_the_school(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    few = {model: _counted(client, model, moulin) for model in MODELS}
    for number in range(100):
        make_member(moulin.school, f"parent{number}", "parent", display_name=f"Parent Numéro {number}")
    assert {model: _counted(client, model, moulin) for model in MODELS} == few
    for model, counts in few.items():
        assert counts["list"] <= 12, model
        assert max(counts.values()) <= 20, model


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
