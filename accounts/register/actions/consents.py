"""Agree that an association holds my name and address, take it back, and hand the list over (D. 111-8)."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.audit.actions import record
from accounts.register.models import Consent
from accounts.schools.models import Hat, Membership, ParentList


@transaction.atomic
def give(membership: Membership, parent_list: ParentList) -> Consent:
    """Store an express consent, dated now; the one that runs is returned as it is."""
    consent, made = Consent.objects.filter(membership=membership).get_or_create(
        membership=membership, parent_list=parent_list, revoked=None
    )
    if made:
        _record("consent_given", membership, parent_list)
    return consent


@transaction.atomic
def take_back(membership: Membership, parent_list: ParentList) -> bool:
    """End the consent from now on; whether there was one."""
    running = Consent.objects.filter(membership=membership, parent_list=parent_list, revoked__isnull=True)
    ended = bool(running.update(revoked=timezone.now()))
    if ended:
        _record("consent_taken_back", membership, parent_list)
    return ended


def names_given(parent_list: ParentList) -> list[Consent]:
    """The running consents of adults who are parents in the school today, by name; person loaded."""
    today = parent_list.school.today()
    parents = Hat.objects.filter(membership=OuterRef("membership"), kind=Hat.Kind.PARENT)
    running = Consent.objects.filter(
        Exists(parents.worn_on(today).unbarred(today)),
        parent_list=parent_list,
        revoked__isnull=True,
        membership__state=Membership.State.ACTIVE,
    )
    return list(running.select_related("membership__user").order_by("membership__name", "pk"))


@transaction.atomic
def record_export(parent_list: ParentList, *, by: Any, count: int) -> None:
    """Put on record that the list was taken out; each person on it reads so on their own page."""
    record("consents_exported", by=by, school=parent_list.school, list=parent_list.key, count=count)


def _record(verb: str, membership: Membership, parent_list: ParentList) -> None:
    person = membership.user
    record(verb, by=person, about=person, school=membership.school, list=parent_list.key)
