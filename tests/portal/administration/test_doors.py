"""The admin is a door like any other: who opens which of its addresses (DESIGN §9)."""

import pytest
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured

from accounts.outbox.actions import post
from foundation.administration import PolicyAdmin, PolicyRelatedFilter, PolicySimpleFilter
from foundation.calendar.models import HolidayPeriod
from portal.administration.site import PortalAdminSite
from portal.clock.models import ClockRun
from resources.catalogue.models import HelpNumber, Resource
from tests.factories import UserFactory, person_with_role
from tests.portal.administration.addresses import every_address

pytestmark = pytest.mark.django_db
# Pages that answer a POST alone, and those that lead elsewhere.
POST_ONLY = ("/envoyer/", "/reprendre/", "/rouvrir/")
MODERATION_POSTS = ("/masquer/", "/annuler/", "/prevenir/", "/seconde-lecture/")
ELSEWHERE = ("/admin/login/", "/admin/logout/", "/admin/password_change/", "/admin/password_change/done/")
OPERATORS = (
    "/admin/accounts/user/",
    "/admin/accounts/hostrole/",
    "/admin/accounts/delivery/",
    "/admin/portal/",
    "/admin/sante/",
)
# Rows of schools: the host creates a school and reads its sheet, and none of its people.
SHEETS = ("/admin/accounts/school/", "/admin/accounts/school/add/")
SCHOOLS = ("/admin/accounts/", "/admin/exchanges/", "/admin/a-moderer/")
NOTICES = "/admin/contenus-illicites/"


@pytest.fixture
def rows(small_library):
    HelpNumber.objects.create(number="3018", name="Violences en ligne", line="On peut appeler.")
    ClockRun.objects.create(name="publish what is due")
    HolidayPeriod.objects.create(zone="corse", name="Hiver", first="2027-02-13", last="2027-02-28")
    post("security_notice", "password_changed:x", address="amina@famille.example")
    person_with_role("gardien", "operator")
    return small_library


def test_the_addresses_are_found(rows):
    found = every_address()
    assert len(found) > 60
    assert any(one.endswith("/apercu/") for one in found)


def test_a_visitor_is_led_to_the_sign_in_from_every_address(rows, visitor):
    for address in every_address():
        for method in (visitor.get, visitor.post):
            response = method(address)
            assert response.status_code == 302, address
            assert response.url.startswith("/compte/login/") or response.url.startswith("/admin/login/"), (
                address
            )


def test_a_parent_finds_no_door_open(rows, parent):
    for address in every_address():
        if address in ELSEWHERE[:1]:
            continue
        assert parent.get(address).status_code == 403, address
        assert parent.post(address).status_code == 403, address


def test_somebody_whose_role_ended_finds_no_door_open(rows, staff):
    person = person_with_role("ancienne", "curator")
    person.host_role_rows.update(until="2020-01-01")
    client = staff(person)
    assert {client.get(address).status_code for address in every_address() if address != "/admin/login/"} == {
        403
    }


def test_a_closed_account_finds_no_door_open(rows, staff):
    person = person_with_role("fermee", "curator")
    client = staff(person)
    person.is_active = False
    person.save()
    assert {client.get(address).status_code for address in every_address()} == {302}


def expected(address: str, role: str) -> set[int]:
    is_curator, is_operator = role != "operator", role == "operator"
    if address in ELSEWHERE:
        return {302}
    if address == "/admin/nulle-part/":
        return {404}
    if address in {"/admin/", "/admin/jsi18n/"}:
        return {200}
    if address.startswith("/admin/autocomplete/"):
        return {403}
    if address.startswith(OPERATORS):
        if not is_operator:
            return {403, 404}
        if ("/portal/" in address or "/delivery/" in address) and (
            "/add/" in address or "/delete/" in address
        ):
            return {403}
        if "/accounts/user/" in address and "/delete/" in address:
            return {403}
        return {200, 302}
    if address.endswith(MODERATION_POSTS):
        return {405}
    if address.startswith(NOTICES):
        # The notice of the address is of another receipt.
        own = {200} if address == NOTICES else {404}
        return own if role == "host_moderator" else {403}
    if address in SHEETS:
        return {200}
    if address.startswith(SCHOOLS):
        return {403, 404}
    if not is_curator:
        return {403, 404}
    if address.endswith(POST_ONLY):
        return {405}
    if "/collection/" in address and address.endswith("/delete/"):
        # It is published: archived first.
        return {403}
    return {200, 302}


@pytest.mark.parametrize("role", ["curator", "host_moderator", "operator"])
def test_each_role_opens_its_own_addresses_and_no_other(rows, staff, role):
    client = staff(person_with_role("quelquun", role))
    opened = 0
    for address in every_address():
        status = client.get(address).status_code
        assert status in expected(address, role), (address, status)
        opened += status == 200
    assert opened > (8 if role == "operator" else 20)


def test_every_admin_and_filter_asks_the_policy():
    """A class that escapes the base would be a door without a keeper."""
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, PolicyAdmin), model
        assert not model_admin.inlines, "an inline needs a base that asks the policy first"
        for item in model_admin.list_filter:
            kind = item[1] if isinstance(item, tuple) else item
            if isinstance(kind, str):
                field = model._meta.get_field(kind)
                assert not field.is_relation, (model, kind)
            else:
                assert issubclass(kind, PolicyRelatedFilter | PolicySimpleFilter), (model, kind)
        assert not model_admin.list_editable
        assert not model_admin.filter_horizontal
        assert not model_admin.raw_id_fields
        assert not model_admin.date_hierarchy


def test_the_site_refuses_an_admin_that_asks_no_policy():
    site = PortalAdminSite(name="essai")
    with pytest.raises(ImproperlyConfigured):
        site.register(Resource, admin.ModelAdmin)
    with pytest.raises(ImproperlyConfigured):
        site.register(Resource)
    site.register(Resource, PolicyAdmin)


def test_an_admin_without_a_policy_shows_nothing(rf, small_library):
    request = rf.get("/")
    request.user = person_with_role("claire", "curator")
    closed = PolicyAdmin(Resource, admin.site)
    assert not closed.get_queryset(request).exists()
    assert not closed.has_view_permission(request)
    twin = admin.site._registry[Resource]
    assert twin.get_queryset(request).exists()


def test_popups_and_endless_lists_are_not_offered(rows, staff):
    client = staff(person_with_role("claire", "curator"))
    for parameter in ("_popup=1", "_to_field=id", "all="):
        assert client.get(f"/admin/resources/theme/?{parameter}").status_code == 404
    assert client.get("/admin/resources/theme/").status_code == 200


def test_a_hidden_column_cannot_be_guessed_through_the_address_of_a_list(rows, staff):
    client = staff(person_with_role("odile", "operator"))
    assert client.get("/admin/accounts/user/?password__startswith=x").status_code == 400
    assert client.get("/admin/accounts/hostrole/?user__password__startswith=x").status_code == 400
    assert client.get("/admin/accounts/user/?is_active__exact=1").status_code == 200


def test_view_on_site_asks_the_policy(rows, staff):
    from django.contrib.contenttypes.models import ContentType

    other = UserFactory()
    kind = ContentType.objects.get_for_model(type(other)).pk
    client = staff(person_with_role("claire", "curator"))
    assert client.get(f"/admin/r/{kind}/{other.pk}/").status_code == 404


def test_the_second_factor_is_asked_before_any_page(rows, sign_in):
    client = sign_in(person_with_role("claire", "curator"))
    response = client.get("/admin/a-relire/")
    assert response.status_code == 302
    assert "/compte/deuxieme-preuve/" in response.url


@pytest.mark.parametrize("key", ["²", "9" * 5000, "-1", "٣"])
def test_a_key_that_is_none_breaks_no_page(rows, staff, key):
    curator = staff(person_with_role("claude", "curator"))
    assert curator.get(f"/admin/r/{key}/1/").status_code == 404
    assert curator.get("/admin/resources/variant/add/", {"resource": key, "key": "simple"}).status_code == 302
    resource = Resource.objects.order_by("pk").first()
    for page, field in (("liens", "link"), ("images", "_remove")):
        address = f"/admin/resources/resource/{resource.pk}/{page}/"
        assert curator.post(address, {field: key}).status_code == 302


@pytest.mark.parametrize("query", ["resource/?status__exact=", "variant/?key=", "source/?grade="])
def test_a_null_character_in_a_list_breaks_none(rows, staff, query):
    """PostgreSQL refuses it in any text."""
    curator = staff(person_with_role("claude", "curator"))
    assert curator.get(f"/admin/resources/{query}%00").status_code == 400
    assert curator.get(f"/admin/resources/{query}x").status_code in {200, 302}
