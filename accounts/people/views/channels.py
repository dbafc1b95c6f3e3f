"""How one is reached, and how one comes back: paper or mail, without an e-mail, and the past after a slip."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.people import actions, codes
from accounts.people.forms import ChannelForm, CodeForm
from accounts.people.mails import post_notice
from accounts.people.policy import opens_past
from accounts.people.requests import SignedInRequest
from accounts.people.shut_past import in_words
from accounts.people.words import new_seed, words_of
from accounts.people.words_once import forget_words, keep_words, kept_words

PAST = "past"
ACTS = ["GET", "HEAD", "POST"]


@require_http_methods(ACTS)
def channel(request: SignedInRequest) -> HttpResponse:
    """Choose paper or mail; without an e-mail it is paper."""
    user = request.user
    form = ChannelForm(request.POST or None, initial={"paper": "paper" if user.prefers_paper else "mail"})
    if request.method == "POST" and user.email and form.is_valid():
        actions.choose_channel(user, paper=form.cleaned_data["paper"] == "paper")
        messages.success(request, gettext("Your choice is saved."))
        return redirect("account_home")
    return render(request, "account/channel.html", {"form": form, "email": user.email or ""})


@require_http_methods(ACTS)
def remove_email(request: SignedInRequest) -> HttpResponse:
    """Do without an e-mail: three words are given instead, to be noted."""
    user = request.user
    if not user.email:
        return redirect("account_home")
    if request.method != "POST":
        return render(request, "account/remove_email.html", {"email": user.email})
    seed, before = new_seed(), user.email
    actions.remove_email(user, words_of(seed))
    update_session_auth_hash(request, user)
    post_notice(before, "email_changed", user.language)
    keep_words(request, user, seed)
    return redirect("account_words")


@never_cache
@require_http_methods(ACTS)
def three_words(request: SignedInRequest) -> HttpResponse:
    """Show the user name and the three words until they are noted."""
    words = kept_words(request)
    if request.method == "POST" or not words:
        forget_words(request)
        return redirect("account_home")
    return render(request, "account/words.html", {"words": words, "username": request.user.username})


@never_cache
@require_http_methods(ACTS)
def past(request: SignedInRequest) -> HttpResponse:
    """Say when the past comes back, and open it at once for whoever gives a second proof."""
    user = request.user
    if opens_past(user, timezone.now()):
        messages.info(request, gettext("Your older messages are open."))
        return redirect("account_home")
    to = actions.verified_email(user) if user.past_by_email else ""
    if to and request.method == "POST" and request.POST.get("action") == "send":
        codes.send_code(request, PAST, "proof_code", to)
        return redirect("account_past")
    asked = bool(to) and codes.awaited(request, PAST) == to
    form = CodeForm(request.POST or None) if asked else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            if codes.check_code(request, PAST, form.cleaned_data["code"]):
                return _opened(request)
            form.add_error("code", gettext("This is not the code. Look at it again, sign by sign."))
        except codes.CodeEnded:
            form = None
            messages.error(request, gettext("This code is no longer good. Ask for a new one."))
    context = {"form": form, "email": to, "past": in_words(user)}
    return render(request, "account/past.html", context)


def _opened(request: SignedInRequest) -> HttpResponse:
    actions.open_past(request.user)
    messages.success(request, gettext("Your older messages are open."))
    return redirect("account_home")
