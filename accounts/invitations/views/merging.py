"""Two accounts of one person, proved both, become one."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.invitations.actions.merging import NotMerged, merge, refuse
from accounts.invitations.forms import OtherAccountForm, OtherCodeForm, OtherPasswordForm
from accounts.people import codes
from accounts.people.models import User
from accounts.people.proof import fresh_proof_required
from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of

KEY = "merging"
PURPOSE = "merging"
LIFE = 15 * 60


@never_cache
@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: SignedInRequest) -> HttpResponse:
    """Prove the other account, by its password or by a code to its e-mail, then bring it here."""
    act = request.POST.get("action", "") if request.method == "POST" else ""
    return _ACTS.get(act, _start)(request)


def _start(request: SignedInRequest, form: Any = None, status: int = 200) -> HttpResponse:
    context = {"form": form or OtherPasswordForm()}
    return render(request, "accounts/joining/merging.html", context, status=status)


def _by_password(request: SignedInRequest) -> HttpResponse:
    form = OtherPasswordForm(request.POST)
    if not form.is_valid():
        return _start(request, form)
    login = form.cleaned_data["login"].strip()
    named = {"email": login.lower()} if "@" in login else {"username": login}
    other = get_adapter(request).authenticate(request, password=form.cleaned_data["password"], **named)
    if other is None:
        form.add_error("password", gettext("This name and this password do not go together. Check both."))
        return _start(request, form)
    return _proved(request, other)


def _send(request: SignedInRequest) -> HttpResponse:
    """Mail a code to the other account's address, whether or not it is known."""
    form = OtherAccountForm(request.POST)
    if not form.is_valid() or "@" not in form.cleaned_data["login"]:
        again = OtherPasswordForm(request.POST)
        again.is_valid()
        again.errors.pop("password", None)
        again.add_error("login", gettext("A code goes to an e-mail address. Write it here."))
        return _start(request, again)
    to = form.cleaned_data["login"].strip().lower()
    codes.send_code(request, PURPOSE, "proof_code", to)
    return _code_page(request, OtherCodeForm())


def _code_page(request: SignedInRequest, form: OtherCodeForm) -> HttpResponse:
    context = {"form": form, "email": codes.awaited(request, PURPOSE)}
    return render(request, "accounts/joining/merging_code.html", context)


def _by_code(request: SignedInRequest) -> HttpResponse:
    to = codes.awaited(request, PURPOSE)
    form = OtherCodeForm(request.POST)
    try:
        if not (to and form.is_valid() and codes.check_code(request, PURPOSE, form.cleaned_data["code"])):
            if not to:
                raise codes.CodeEnded
            if not form.errors:
                form.add_error("code", gettext("This is not the code. Look at it again, sign by sign."))
            return _code_page(request, form)
    except codes.CodeEnded:
        messages.error(request, gettext("This code is no longer good. Ask for a new one."))
        return redirect("account_merge")
    row = EmailAddress.objects.filter(email__iexact=to, verified=True).select_related("user").first()
    if row is None:
        messages.error(request, gettext("No account has this address."))
        return redirect("account_merge")
    return _proved(request, row.user)


def _proved(request: SignedInRequest, other: User) -> HttpResponse:
    """Say what would move; nothing has yet."""
    try:
        refuse(request.user, other)
    except NotMerged as refusal:
        messages.error(request, str(refusal))
        return redirect("account_merge")
    request.session[KEY] = {"user": request.user.pk, "other": other.pk, "at": int(time.time())}
    schools = [{"name": member.school.name} for member in members_of(other)]
    context = {"other": other, "schools": schools}
    return render(request, "accounts/joining/merging_sure.html", context)


def _sure(request: SignedInRequest) -> HttpResponse:
    state = request.session.pop(KEY, None)
    fresh = state and state["user"] == request.user.pk and time.time() - state["at"] < LIFE
    other = User.objects.filter(pk=state["other"]).first() if fresh else None
    if other is None:
        messages.info(request, gettext("Too much time has passed. Prove the other account again."))
        return redirect("account_merge")
    try:
        merge(request.user, other)
    except NotMerged as refusal:
        messages.error(request, str(refusal))
        return redirect("account_merge")
    messages.success(request, gettext("Your two accounts are one now: this one."))
    return redirect("account_home")


_ACTS = {"password": _by_password, "send": _send, "code": _by_code, "sure": _sure}
