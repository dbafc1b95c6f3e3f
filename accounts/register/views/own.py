"""My agreements: which associations may hold my name and address."""

import datetime
from collections import defaultdict
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.audit.models import AuditEntry
from accounts.people.requests import SignedInRequest
from accounts.register import actions, policy
from accounts.register.forms import ConsentForm
from accounts.register.models import Consent
from accounts.schools.access import members_of
from accounts.schools.member import Member
from accounts.schools.models import Membership, ParentList

# Times a list was taken out, shown of each.
TOLD = 10


@require_http_methods(["GET", "HEAD", "POST"])
def my_consents(request: SignedInRequest) -> HttpResponse:
    """Show each association of my schools, what I decided of it, and who took the list out."""
    if request.method == "POST":
        return _decide(request)
    members = [member for member in members_of(request.user) if policy.can_consent(member)]
    schools = _schools(members)
    has_email = bool(request.user.email)
    return render(request, "accounts/register/my_consents.html", {"schools": schools, "has_email": has_email})


def _decide(request: SignedInRequest) -> HttpResponse:
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise Http404
    member, association = _wanted(request, form.cleaned_data["association"])
    membership = cast(Membership, member.membership)
    if form.cleaned_data["answer"] == "yes":
        actions.give(membership, association)
        said = gettext("%(association)s may now hold your name and your e-mail.")
    else:
        actions.take_back(membership, association)
        said = gettext("Your agreement is taken back: %(association)s gets your name no more.")
    messages.success(request, said % {"association": association.name})
    return redirect("my_consents")


def _wanted(request: SignedInRequest, key: str) -> tuple[Member, ParentList]:
    """The association of one of my own schools; 404 for any other."""
    for member in members_of(request.user):
        found = ParentList.objects.of_school(member.school).filter(key=key, is_association=True).first()
        if found is not None and policy.can_consent(member):
            return member, found
    raise Http404


def _schools(members: list[Member]) -> list[dict[str, Any]]:
    """Each school with its associations; as many queries for three schools as for one."""
    here = [member.school.pk for member in members]
    given = {
        consent.parent_list_id: consent
        for consent in Consent.objects.filter(
            membership__in=[member.membership for member in members], revoked__isnull=True
        )
    }
    lists = ParentList.objects.filter(school__in=here, is_association=True)
    exports = AuditEntry.objects.filter(school__in=here, verb="consents_exported") if given else []
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for found in lists:
        rows[found.school_id].append(_row(found, given.get(found.pk), list(exports)))
    return [{"name": member.school.name, "rows": rows[member.school.pk]} for member in members]


def _row(parent_list: ParentList, consent: Consent | None, exports: list[AuditEntry]) -> dict[str, Any]:
    since = gettext("agreed on %(day)s") % {"day": _day(consent.given)} if consent else ""
    return {
        "key": parent_list.key,
        "name": parent_list.name,
        "given": consent is not None,
        "since": since,
        "told": _told(parent_list, consent, exports) if consent else [],
    }


def _told(parent_list: ParentList, consent: Consent, exports: list[AuditEntry]) -> list[str]:
    """When the list went out while I was on it, the last times first."""
    words = gettext("List taken out on %(day)s, with your name and your e-mail.")
    mine = [
        line for line in exports if line.facts.get("list") == parent_list.key and line.at >= consent.given
    ]
    return [words % {"day": _day(line.at)} for line in mine[:TOLD]]


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
