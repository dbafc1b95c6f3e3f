"""The third screen: an e-mail, proved by a code, or nothing; then the account is made."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from accounts.invitations import under_way
from accounts.invitations.actions.joining import Newcomer, come_in
from accounts.invitations.forms import JoinEmailForm
from accounts.invitations.under_way import Joining
from accounts.invitations.views.joining import with_way
from accounts.people import codes
from accounts.people.actions import EmailTaken
from accounts.people.entrance import note_shared, sign_in
from accounts.people.forms import CodeForm
from accounts.people.words import new_seed, words_of
from accounts.people.words_once import keep_words
from accounts.schools.errors import NameTaken
from accounts.schools.models import Membership

PURPOSE = "joining"


def _off_the_way(request: HttpRequest, joining: Joining) -> bool:
    """Whether the screen before has not been filled, or is not for this person."""
    return request.user.is_authenticated or joining.way.gives_back or not joining.name


@with_way
def email(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Ask for an e-mail; the other button goes on without."""
    if _off_the_way(request, joining):
        return redirect("join_who")
    if request.method == "POST":
        note_shared(request, bool(request.POST.get("shared")))
    if request.method == "POST" and request.POST.get("way") == "none":
        return finish(request, joining)
    form = JoinEmailForm(request.POST or None, initial={"email": joining.way.proved_email})
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "accounts/joining/email.html", _page(joining, form))
    to = form.cleaned_data["email"]
    if to == joining.way.proved_email.lower():
        return finish(request, joining, to)
    codes.send_code(request, _purpose(joining), "email_code", to)
    return redirect("join_email_code")


@with_way
def email_code(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Take the mailed code; or go on without an e-mail."""
    if _off_the_way(request, joining):
        return redirect("join_who")
    purpose = _purpose(joining)
    if request.method == "POST" and request.POST.get("way") == "none":
        codes.forget_code(request, purpose)
        return finish(request, joining)
    to = codes.awaited(request, purpose)
    if to and request.method == "POST" and request.POST.get("way") == "again":
        codes.send_code(request, purpose, "email_code", to)
        messages.success(request, gettext("A new code has just left."))
        return redirect("join_email_code")
    form = CodeForm(request.POST or None)
    if to and request.method == "POST" and form.is_valid():
        try:
            if codes.check_code(request, purpose, form.cleaned_data["code"]):
                return finish(request, joining, to)
            form.add_error("code", gettext("This is not the code. Look at it again, sign by sign."))
        except codes.CodeEnded:
            to = ""
    if not to:
        messages.error(request, gettext("This code is no longer good. Ask for a new one."))
        return redirect("join_email")
    return render(request, "accounts/joining/email_code.html", _page(joining, form) | {"email": to})


def _purpose(joining: Joining) -> str:
    """Each paper has its own code by mail: two tabs do not take one for the other."""
    return f"{PURPOSE} {joining.mark}"


def _page(joining: Joining, form: Form) -> dict[str, Any]:
    """The form, and whose place it is: a telephone may have put the tab of another paper here."""
    return {
        "form": form,
        "step": 3,
        "name": joining.name,
        "school": joining.way.school,
        "paper": joining.mark,
    }


def finish(request: HttpRequest, joining: Joining, proved: str = "") -> HttpResponse:
    """Make the account and go in: with an e-mail to the school, without to the words to note."""
    seed = "" if proved else new_seed()
    told = Newcomer(joining.name, joining.language, proved, words_of(seed) if seed else "")
    try:
        membership = come_in(joining.way, told)
    except NameTaken as error:
        messages.error(request, str(error))
        return redirect("join_who")
    except EmailTaken:
        messages.info(
            request, gettext("This address opens an account already. Sign in: the sheet waits for you there.")
        )
        return redirect_to_login(reverse("join_who"), reverse("account_login"))
    under_way.forget(request)
    return _go_in(request, membership, seed)


def _go_in(request: HttpRequest, membership: Membership, seed: str) -> HttpResponse:
    user, school = membership.user, membership.school
    waits = membership.state == Membership.State.PENDING
    if seed:
        keep_words(request, user, seed)
    if seed or waits:
        under_way.arrive(request, user, slug=school.slug, waits=waits)
        return sign_in(request, user, reverse("join_done"))
    messages.success(request, gettext("Done: you are in. Next time, sign in with your e-mail."))
    return sign_in(request, user, reverse("school", args=[school.slug]))
