"""The page of the fresh proof, and the page that asks staff for a second factor."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts.people import codes
from accounts.people.actions import verified_email
from accounts.people.forms import AuthenticateForm, CodeForm, PasswordForm
from accounts.people.proof import means_of, record_proof
from accounts.people.requests import SignedInRequest
from accounts.people.staff import PUT_OFF, factor_deadline, may_put_off

PURPOSE = "proof"


def next_address(request: SignedInRequest) -> str:
    """Return where to go on to, on this site only; else the account."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("account_home")


@never_cache
def proof(request: SignedInRequest) -> HttpResponse:
    """Ask for the one proof this person can give."""
    means = means_of(request.user)
    return {"email": _by_email, "password": _by_password, "factor": _by_factor, "none": _by_nothing}[means](
        request
    )


def _proved(request: SignedInRequest) -> HttpResponse:
    record_proof(request)
    return HttpResponseRedirect(next_address(request))


def _page(
    request: SignedInRequest, means: str, form: forms.Form | None = None, **context: object
) -> HttpResponse:
    context |= {"form": form, "means": means, "next": next_address(request)}
    return render(request, "account/proof.html", context)


def _by_email(request: SignedInRequest) -> HttpResponse:
    """Mail a code when the button is pressed, then take it."""
    to = verified_email(request.user)
    if request.method == "POST" and request.POST.get("action") == "send":
        codes.send_code(request, PURPOSE, "proof_code", to)
        return HttpResponseRedirect(request.get_full_path())
    if codes.awaited(request, PURPOSE) != to:
        return _page(request, "email", email=to)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if codes.check_code(request, PURPOSE, form.cleaned_data["code"]):
                return _proved(request)
            form.add_error("code", get_adapter().error_messages["incorrect_code"])
        except codes.CodeEnded:
            return _page(request, "email", email=to, ended=True)
    return _page(request, "email", form, email=to)


def _by_password(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if get_adapter().reauthenticate(request.user, form.cleaned_data["password"]):
            return _proved(request)
        form.add_error("password", get_adapter().error_messages["incorrect_password"])
    return _page(request, "password", form)


def _by_factor(request: SignedInRequest) -> HttpResponse:
    """A passkey, by the browser, or a code of the application or of the paper."""
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context: dict[str, object] = {}
    code_form = passkey_form = None
    if types - {Authenticator.Type.WEBAUTHN}:
        code_form = AuthenticateForm(request.POST if "code" in request.POST else None, user=request.user)
    if Authenticator.Type.WEBAUTHN in types:
        data = request.POST if "credential" in request.POST else None
        passkey_form = ReauthenticateWebAuthnForm(data, user=request.user)
    for form in (code_form, passkey_form):
        if form is not None and form.is_bound and form.is_valid():
            return _proved(request)
    if passkey_form is not None:
        context = {"js_data": {"request_options": webauthn.begin_authentication(request.user)}}
    return _page(request, "factor", code_form, passkey_form=passkey_form, **context)


def _by_nothing(request: SignedInRequest) -> HttpResponse:
    return _page(request, "none")


@never_cache
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Ask staff for a second factor; until day 7 of the role it may wait for another day."""
    later = may_put_off(request.user, timezone.localdate())
    if request.method == "POST" and later:
        request.session[PUT_OFF] = True
        return HttpResponseRedirect(next_address(request))
    context = {"later": later, "deadline": factor_deadline(request.user), "next": next_address(request)}
    return render(request, "account/second_factor.html", context)
