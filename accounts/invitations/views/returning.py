"""A paper that gives an account back: whose it is, said by first name and school only (DESIGN §6)."""

from typing import Any, cast

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.invitations import under_way
from accounts.invitations.actions.joining import say_not_me
from accounts.invitations.actions.returning import open_again
from accounts.invitations.errors import NotGivenBack
from accounts.invitations.models import Slip
from accounts.invitations.under_way import Joining
from accounts.people.entrance import sign_in
from accounts.people.words import new_seed, words_of
from accounts.people.words_once import keep_words


def give_back_page(request: Any, joining: Joining) -> HttpResponse:
    """Ask whether this is their account, then open it."""
    act = request.POST.get("action", "") if request.method == "POST" else ""
    if act == "me":
        return _open(request, joining)
    school = joining.way.school
    if act == "not_me":
        return render(request, "accounts/joining/not_me.html", {"school": school, "paper": joining.mark})
    if act == "not_me_sure":
        say_not_me(joining.way)
        under_way.forget(request)
        return render(request, "accounts/joining/not_me_done.html", {"school": school})
    membership = joining.way.invitation.membership if joining.way.invitation else None
    first = next(iter(membership.name.split()), "") if membership else ""
    context = {"first_name": first, "school": school, "paper": joining.mark}
    return render(request, "accounts/joining/give_back.html", context)


def _open(request: Any, joining: Joining) -> HttpResponse:
    """Give new words, end all sessions, and sign in: allauth asks the second factor if there is one."""
    seed = new_seed()
    try:
        user = open_again(cast(Slip, joining.way.slip), words_of(seed))
    except NotGivenBack as refusal:
        return render(request, "accounts/joining/stopped.html", {"why": str(refusal), "host": True})
    if request.user.is_authenticated:
        logout(request)
    under_way.forget(request)
    under_way.arrive(request, user, slug=joining.way.school.slug)
    keep_words(request, user, seed)
    return sign_in(request, user, reverse("join_done"))
