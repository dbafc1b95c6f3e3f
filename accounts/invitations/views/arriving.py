"""The last screen, the invitation by mail, and who can help."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.invitations import under_way
from accounts.invitations.actions.mailing import digest_of
from accounts.invitations.errors import CodeRefused, Unknown
from accounts.invitations.helping import helpers_of
from accounts.invitations.models import MailToken
from accounts.invitations.views.joining import stopped
from accounts.invitations.ways import Way
from accounts.people.actions import open_past
from accounts.people.policy import opens_past
from accounts.people.requests import SignedInRequest
from accounts.people.shut_past import in_words, shut_since
from accounts.people.words_once import forget_words, kept_words
from accounts.schools.models import School

SCHOOLS_AT_MOST = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: SignedInRequest) -> HttpResponse:
    """Show the user name and the three words until they are noted, and what comes next."""
    state = under_way.arrival(request)
    if state is None:
        return redirect("account_home")
    if request.method == "POST":
        under_way.leave_arrival(request)
        forget_words(request)
        return redirect("library_home") if state["waits"] else redirect("school", state["slug"])
    _second_proof_by_factor(request, state)
    shut = not opens_past(request.user, timezone.now())
    context = {
        "words": kept_words(request),
        "username": request.user.username,
        "waits": state["waits"],
        "has_email": bool(request.user.email),
        "past": in_words(request.user) if shut else "",
    }
    return render(request, "accounts/joining/done.html", context)


def _second_proof_by_factor(request: SignedInRequest, state: dict[str, Any]) -> None:
    """Whoever gave their second factor on the way in has given the second proof."""
    if opens_past(request.user, timezone.now()):
        return
    records = get_authentication_records(request, request.user)
    shown = [row["id"] for row in records if row["method"] == "mfa" and row["at"] >= state["at"]]
    # Of several papers the first counts: between two, whoever holds them could add a factor of their own.
    older = Authenticator.objects.filter(user=request.user, created_at__lt=shut_since(request.user))
    if older.filter(pk__in=shown).exists():
        open_past(request.user)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation by mail: its button alone acts, so that no mail scanner burns it."""
    rows = MailToken.objects.select_related("invitation__school")
    found = rows.filter(digest=digest_of(token)).first()
    if found is None:
        return stopped(request, Unknown(), status=404)
    way = Way(token=found)
    try:
        way.refuse_ended()
    except CodeRefused as refusal:
        return stopped(request, refusal)
    if request.method == "POST":
        under_way.begin(request, way)
        return redirect("join_who")
    return render(request, "accounts/joining/invitation.html", {"school": way.school})


@login_not_required
@never_cache
@require_safe
def cannot(request: HttpRequest) -> HttpResponse:
    """Who can help: the telephones of open schools; helpers by name for whoever has shown a good code."""
    schools = School.objects.open().exclude(telephone="")
    try:
        mine = under_way.current(request).way.school
    except CodeRefused:
        mine = None
    context = {
        "school": mine,
        "helpers": helpers_of(mine) if mine else [],
        "schools": schools[:SCHOOLS_AT_MOST],
        "more": schools.count() > SCHOOLS_AT_MOST,
    }
    return render(request, "accounts/joining/cannot.html", context)
