"""For the direction and the holders of a mandate: who agreed; for the controller: the register's sheet."""

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.people.proof import fresh_proof_required
from accounts.people.requests import SignedInRequest
from accounts.register import actions, policy, sheet
from accounts.register.models import Consent
from accounts.schools import access
from accounts.schools.member import Member
from accounts.schools.models import Hat, ParentList, School
from accounts.schools.readers import count_readers
from foundation.spreadsheets import as_csv, file_stem


@require_safe
@fresh_proof_required
def consents(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show, by association, who agreed that it holds their name and address."""
    member = access.member_of(request, slug)
    lists = [found for found in _associations(member) if policy.can_hold_names(member, found)]
    access.allow(bool(lists) or policy.can_read_register(member))
    rows = [{"key": found.key, "name": found.name, "people": _people(found)} for found in lists]
    context = {"school": member.school, "lists": rows, "readers": _count_readers(member.school, lists)}
    return render(request, "accounts/register/consents.html", context)


@require_POST
@fresh_proof_required
def export_consents(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Give the list as a CSV file; the act is on record, and told to everybody on it."""
    member = access.member_of(request, slug)
    found = next((each for each in _associations(member) if each.key == key), None)
    if found is None:
        raise Http404
    access.allow(policy.can_hold_names(member, found))
    given = actions.names_given(found)
    actions.record_export(found, by=request.user, count=len(given))
    rows = [
        {
            gettext("name"): consent.membership.name,
            gettext("e-mail"): consent.membership.user.email or "",
            gettext("agreed on"): timezone.localdate(consent.given).isoformat(),
        }
        for consent in given
    ]
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_stem(found.name)}.csv"'
    return response


@require_safe
def register_sheet(request: SignedInRequest, slug: str) -> HttpResponse:
    """The sheet for the register of processing, ready to print."""
    member = access.member_of(request, slug)
    access.allow(policy.can_read_register(member))
    context = {
        "school": member.school,
        "back": reverse("school", args=[slug]),
        "controller": sheet.controller(member.school),
        "rows": sheet.rows(member.school),
        "day": date_format(member.today, "j F Y"),
    }
    return render(request, "accounts/register/sheet.html", context)


def _associations(member: Member) -> list[ParentList]:
    return list(ParentList.objects.of_school(member.school).filter(is_association=True))


def _count_readers(school: School, lists: list[ParentList]) -> int:
    """Those who read one of these lists at least."""

    def may(one: Member) -> bool:
        return policy.can_read_register(one) or any(policy.can_hold_names(one, found) for found in lists)

    return count_readers(school, may, Hat.Kind.ELECTED)


def _people(parent_list: ParentList) -> list[dict[str, Any]]:
    return [_person(consent) for consent in actions.names_given(parent_list)]


def _person(consent: Consent) -> dict[str, Any]:
    return {
        "name": consent.membership.name,
        "email": consent.membership.user.email or "",
        "since": _day(consent.given),
    }


def _day(moment: datetime.datetime) -> str:
    # On one line of the margin.
    return date_format(timezone.localtime(moment), "j F Y").replace(" ", "\u00a0")
