"""The page of the fresh proof."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.people import codes
from accounts.people.actions import verified_email
from accounts.people.forms import AuthenticateForm, CodeForm, PasswordForm
from accounts.people.proof import means_of, record_proof
from accounts.people.requests import SignedInRequest, next_address

PURPOSE = "proof"


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
