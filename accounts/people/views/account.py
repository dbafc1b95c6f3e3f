"""One's own name, e-mail, channel and devices. The page that lists them asks about schools: invitations."""

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.people import actions, codes
from accounts.people.devices import device_in_words
from accounts.people.forms import CodeForm, EmailForm, NameForm
from accounts.people.mails import post_notice
from accounts.people.models import KeptText
from accounts.people.requests import SignedInRequest
from accounts.people.views.signing import clear_site

NEW_EMAIL = "new_email"


def name(request: SignedInRequest) -> HttpResponse:
    """Change the name shown, and the language, at once for the pages too."""
    form = NameForm(request.POST or None, instance=request.user)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "account/name.html", {"form": form})
    actions.rename(request.user, **form.cleaned_data)
    messages.success(request, gettext("Your name and language are saved."))
    return redirect(f"{request.path_info.removesuffix('nom/')}?langue={form.cleaned_data['language']}")


def email(request: SignedInRequest) -> HttpResponse:
    """Ask for the new address, and mail it a code, whoever has it."""
    form = EmailForm(request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "account/email.html", {"form": form, "email": request.user.email})
    codes.send_code(request, NEW_EMAIL, "email_code", form.cleaned_data["email"])
    return redirect("account_email_code")


def email_code(request: SignedInRequest) -> HttpResponse:
    """Take the code that proves the new address."""
    to = codes.awaited(request, NEW_EMAIL)
    form = CodeForm(request.POST or None)
    if to and request.method == "POST" and form.is_valid():
        try:
            if codes.check_code(request, NEW_EMAIL, form.cleaned_data["code"]):
                return _take_email(request, to)
            form.add_error("code", gettext("This is not the code. Look at it again, sign by sign."))
        except codes.CodeEnded:
            to = ""
    if not to:
        messages.error(request, gettext("This code is no longer good. Ask for a new one."))
        return redirect("account_email")
    return render(request, "account/email_code.html", {"form": form, "email": to})


def _take_email(request: SignedInRequest, to: str) -> HttpResponse:
    """Change the address and tell the old one; who reads a mailbox may learn that it has another account."""
    before = request.user.email
    try:
        actions.set_email(request.user, to)
    except actions.EmailTaken:
        messages.error(request, gettext("This address already opens another account. Sign in with it there."))
        return redirect("account_email")
    if before and before != to:
        post_notice(before, "email_changed", request.user.language)
    messages.success(request, gettext("Your new address is %(email)s.") % {"email": to})
    return redirect("account_home")


class SessionsView(ListUserSessionsView):
    """Where I am signed in; the others can be signed out."""

    def get_context_data(self, **kwargs: object) -> dict:
        context = super().get_context_data(**kwargs)
        context["rows"] = [
            {
                "device": device_in_words(session.user_agent),
                "current": session.is_current(),
                "begun": session.created_at,
                "seen": session.last_seen_at,
            }
            for session in reversed(context["sessions"])
        ]
        return context


@require_POST
def end_everywhere(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    actions.forget_kept_texts(request.user)
    actions.end_sessions(request.user)
    logout(request)
    messages.success(request, gettext("You are signed out everywhere."))
    response = redirect("account_login")
    clear_site(response)
    return response


def kept_text(request: SignedInRequest, key: int) -> HttpResponse:
    """Give back a form that could not be sent: its author may read it, and send it now."""
    kept = get_object_or_404(KeptText.objects.alive(), pk=key, user=request.user)
    texts = [value for _name, value in kept.fields if len(value) > 20 or " " in value.strip()]
    return render(request, "account/kept_text.html", {"kept": kept, "texts": texts})
