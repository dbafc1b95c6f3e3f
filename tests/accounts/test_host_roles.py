"""Roles of the host are asked only of those who ever had one; whoever gives one tells it of the person."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from accounts.people.actions import appoint
from accounts.people.models import HostRole, User
from accounts.people.roles import store_role
from tests.factories import UserFactory, person_with_role

pytestmark = pytest.mark.django_db


def roles_of(user) -> frozenset[str]:
    """As the next request finds them."""
    return User.objects.get(pk=user.pk).host_roles


def test_of_whoever_never_had_one_nothing_is_asked(django_assert_num_queries):
    amina, odile = UserFactory(), person_with_role("odile", "operator")
    amina, odile = User.objects.get(pk=amina.pk), User.objects.get(pk=odile.pk)
    with django_assert_num_queries(0):
        assert amina.host_roles == frozenset() and amina.host_since is None
    with django_assert_num_queries(1):
        assert odile.host_roles == {"operator"} and odile.host_since


@pytest.mark.parametrize(
    "give",
    [
        lambda user: HostRole.objects.create(user=user, role="curator"),
        lambda user: HostRole(user_id=user.pk, role="curator").save(),
        lambda user: HostRole.objects.get_or_create(user=user, role="curator"),
        lambda user: appoint("Amina", "curator", email=user.email),
        lambda user: store_role(HostRole(user=user, role="curator"), by=person_with_role("o", "operator")),
    ],
)
def test_every_way_to_give_a_role_gives_it(give):
    user = UserFactory()
    give(user)
    assert roles_of(user) == {"curator"}


def test_a_role_cannot_be_stored_past_the_one_who_wears_it():
    with pytest.raises(NotImplementedError):
        HostRole.objects.bulk_create([HostRole(user=UserFactory(), role="curator")])
    assert not HostRole.objects.exists()


def test_a_role_moved_from_one_person_to_another_is_of_the_other():
    odile, amina = person_with_role("odile", "operator"), UserFactory()
    role = odile.host_role_rows.get()
    role.user = amina
    role.save(update_fields=["user"])
    assert (roles_of(odile), roles_of(amina)) == (frozenset(), {"operator"})


def test_a_role_taken_away_and_given_again():
    odile = person_with_role("odile", "operator")
    odile.host_role_rows.all().delete()
    assert roles_of(odile) == frozenset()
    HostRole.objects.create(user=odile, role="curator")
    assert roles_of(odile) == {"curator"}


def test_a_person_read_before_a_role_was_given_does_not_take_it_back():
    amina = UserFactory()
    before = User.objects.get(pk=amina.pk)
    HostRole.objects.create(user=amina, role="curator")
    before.display_name = "Amina B."
    before.save()
    assert roles_of(amina) == {"curator"}
    assert User.objects.get(pk=amina.pk).display_name == "Amina B."


def test_a_person_read_before_they_were_erased_does_not_come_back():
    amina = UserFactory()
    User.objects.filter(pk=amina.pk).delete()
    with pytest.raises(DatabaseError):
        amina.save()


def test_a_database_in_use_knows_its_people_after_the_migration():
    odile, amina = person_with_role("odile", "operator"), UserFactory()
    User.objects.update(had_host_role=False)
    assert roles_of(odile) == frozenset()
    migration = importlib.import_module("accounts.migrations.0006_had_host_role")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert roles_of(odile) == {"operator"}
    assert not User.objects.get(pk=amina.pk).had_host_role
