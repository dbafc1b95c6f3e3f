"""Come into a school: the code, who one is, an e-mail or nothing (JOURNEYS §3, four screens)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.invitations import under_way
from accounts.invitations.actions.joining import accept, say_not_me
from accounts.invitations.actions.trying import try_code
from accounts.invitations.errors import CodeRefused, TooLate
from accounts.invitations.forms import CodeForm, NameForm, OwnNameForm
from accounts.invitations.under_way import Joining
from accounts.invitations.views.returning import give_back_page
from accounts.invitations.ways import full_name, short_name
from accounts.schools.access import member_in, members_of
from accounts.schools.errors import NameTaken
from accounts.schools.models import Hat, School
from foundation.limits.actions import TooManyTries
from foundation.limits.address import client_address

JoiningView = Callable[[Any, Joining], HttpResponse]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code of a paper, by POST alone."""
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "step": 1}
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "accounts/joining/code.html", context)
    try:
        row = try_code(form.cleaned_data["code"], address=client_address(request))
    except CodeRefused as refusal:
        if under_way.is_in_by(refusal, request.user):
            return _in_already(request, refusal.school)
        form.add_error("code", str(refusal))
        context |= {"school": refusal.school}
        return render(request, "accounts/joining/code.html", context)
    except TooManyTries as refusal:
        return _wait(request, context, refusal)
    under_way.begin(request, under_way.way_of(row))
    return redirect("join_who")


def _wait(request: HttpRequest, context: dict[str, Any], refusal: TooManyTries) -> HttpResponse:
    """Say how long to wait on the page itself: what was typed stays in its field."""
    page = context | {"wait": refusal.wait}
    response = render(request, "accounts/joining/code.html", page, status=429)
    response["Retry-After"] = str(refusal.seconds)
    return response


def with_way(view: JoiningView) -> Callable[[HttpRequest], HttpResponse]:
    """Open `view`, for anybody, to whoever has shown a good code within 30 minutes."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        try:
            return view(request, under_way.current(request))
        except TooLate as refusal:
            messages.info(request, str(refusal))
            return redirect("join")
        except CodeRefused as refusal:
            if under_way.is_in_by(refusal, request.user):
                return _in_already(request, refusal.school)
            return stopped(request, refusal)

    return wrapped


def _in_already(request: HttpRequest, school: School) -> HttpResponse:
    """Lead whoever this paper has let in, in another tab or before, to where they are."""
    messages.info(request, gettext("You are in: this sheet has served for your account."))
    if under_way.arrival(request) is not None:
        return redirect("join_done")
    if member_in(request.user, school) is None:
        return redirect("account_home")
    return redirect("school", school.slug)


def stopped(request: HttpRequest, refusal: Exception, *, status: int = 200) -> HttpResponse:
    """Say why this way leads no further, and which does."""
    context = {"why": str(refusal), "school": getattr(refusal, "school", None)}
    return render(request, "accounts/joining/stopped.html", context, status=status)


@with_way
def who(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Ask whether this is the person awaited, under which name, in which language."""
    if joining.way.gives_back:
        return give_back_page(request, joining)
    act = request.POST.get("action", "") if request.method == "POST" else ""
    return _ACTS.get(act, _show)(request, joining)


def _show(request: HttpRequest, joining: Joining, form: OwnNameForm | None = None) -> HttpResponse:
    way = joining.way
    page = "add" if request.user.is_authenticated else "who"
    context = {
        "form": form or _name_form(request, joining),
        "step": 2,
        "school": way.school,
        "waits": way.class_code is not None,
        "rows": label_rows(joining),
        "paper": joining.mark,
    }
    return render(request, f"accounts/joining/{page}.html", context)


def label_rows(joining: Joining) -> list[dict[str, str]]:
    """What the label says of the person awaited: name, as whom, in which classes."""
    way = joining.way
    rows = []
    if way.invitation is not None:
        rows.append({"term": gettext("For"), "text": _apart(full_name(way.invitation))})
    rows.append({"term": gettext("As"), "text": str(Hat.Kind(way.kind).label)})
    rooms = ", ".join(room.name for room in way.classrooms)
    if rooms:
        rows.append({"term": gettext("Class"), "text": _apart(rooms)})
    return rows


def _apart(text: str) -> str:
    """A name between words of another direction keeps its own."""
    return format_html("<bdi>{}</bdi>", text)


def _name_form(request: HttpRequest, joining: Joining, data: Any = None) -> OwnNameForm | None:
    """The name and the language; for somebody signed in the name alone, or nothing if it is known."""
    way = joining.way
    name = joining.name or (short_name(way.invitation) if way.invitation else "")
    if not request.user.is_authenticated:
        language = joining.language or get_language() or settings.LANGUAGE_CODE
        return NameForm(data, school=way.school, initial={"name": name, "language": language})
    # As they are told: one whom a decision keeps out is asked like anybody new, and once, like anybody.
    if any(member.school.pk == way.school.pk for member in members_of(request.user)):
        return None
    initial = {"name": name or str(request.user)}
    return OwnNameForm(data, school=way.school, person=request.user, initial=initial)


def _me(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Keep the name and go on; somebody signed in is let in at once."""
    form = _name_form(request, joining, request.POST)
    if form is not None and not form.is_valid():
        return _show(request, joining, form)
    told = form.cleaned_data if form is not None else {"name": ""}
    if request.user.is_authenticated:
        return _add(request, joining, told["name"], form)
    under_way.note(request, joining, **told)
    page = reverse("join_email")
    return redirect(page if told["language"] == get_language() else f"{page}?langue={told['language']}")


def _add(request: Any, joining: Joining, name: str, form: OwnNameForm | None) -> HttpResponse:
    """Add what the paper brings to the account of the person signed in."""
    try:
        membership = accept(joining.way, request.user, name)
    except NameTaken as error:
        if form is not None:
            form.add_error("name", str(error))
        return _show(request, joining, form)
    under_way.forget(request)
    if joining.way.class_code is not None:
        under_way.arrive(request, request.user, slug=membership.school.slug, waits=True)
        return redirect("join_done")
    messages.success(request, gettext("Done: this is now in your account."))
    if member_in(request.user, membership.school) is None:
        return redirect("account_home")
    return redirect("school", membership.school.slug)


def _not_me(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Ask once more: the paper then serves nobody."""
    context = {"school": joining.way.school, "paper": joining.mark}
    return render(request, "accounts/joining/not_me.html", context)


def _really_not_me(request: HttpRequest, joining: Joining) -> HttpResponse:
    if joining.way.invitation is not None:
        say_not_me(joining.way)
    under_way.forget(request)
    return render(request, "accounts/joining/not_me_done.html", {"school": joining.way.school})


def _account(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Sign in first; the code waits in the session."""
    return redirect_to_login(reverse("join_who"), settings.LOGIN_URL)


def _other_account(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Sign out, without losing the code."""
    sign_out_keeping(request)
    return redirect("join_who")


def sign_out_keeping(request: HttpRequest) -> None:
    state = under_way.keep(request)
    logout(request)
    under_way.restore(request, state)


_ACTS: dict[str, JoiningView] = {
    "me": _me,
    "not_me": _not_me,
    "not_me_sure": _really_not_me,
    "account": _account,
    "other": _other_account,
}
