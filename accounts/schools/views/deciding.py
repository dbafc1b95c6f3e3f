"""What the direction decides of one person, one page an act: what it does, who is told, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.schools import actions, policy
from accounts.schools.access import allow, member_of
from accounts.schools.errors import SchoolError
from accounts.schools.forms import people as forms
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership
from accounts.schools.views.members import member_by_key
from accounts.schools.views.pages import page

Kind = Hat.Kind


@dataclass(frozen=True)
class Act:
    """One decision: its words, its form, and the action that carries it out."""

    label: Any
    title: Any
    lede: Any
    button: Any
    done: Any
    form: type[forms.PersonForm]
    carry_out: Callable[[Membership, Any, Any], Any]
    # "danger" for what takes something away.
    style: str = "primary"


def _title(one: Membership, form: Any, by: Any) -> None:
    values = form.cleaned_data
    actions.give_title(one, values["kind"], by=by, until=values["until"], rights=values["rights"])


def _helper(one: Membership, form: Any, by: Any) -> None:
    actions.give_title(one, form.cleaned_data["kind"], by=by, until=form.cleaned_data["until"])


def _teaching(one: Membership, form: Any, by: Any) -> None:
    actions.set_teachers_classes(one, list(form.cleaned_data["classrooms"]), by=by)


def _mandate(one: Membership, form: Any, by: Any) -> None:
    actions.give_mandate(one, by=by, tell=True, **form.cleaned_data)


def _restriction(one: Membership, form: Any, by: Any) -> None:
    actions.restrict(one, by=by, **form.cleaned_data)


def _lift_restriction(one: Membership, form: Any, by: Any) -> None:
    actions.lift_restriction(form.cleaned_data["restriction"], by=by)


def _suspension(one: Membership, form: Any, by: Any) -> None:
    actions.suspend(one, by=by, until=form.moment(), why=form.cleaned_data["why"])


def _lift_suspension(one: Membership, form: Any, by: Any) -> None:
    actions.lift_suspension(one, by=by)


def _end(one: Membership, form: Any, by: Any) -> None:
    values = form.cleaned_data
    actions.end_hat(values["hat"], by=by, last_day=values["last_day"], tell=True)


def _direction(one: Membership, form: Any, by: Any) -> None:
    actions.give_hat(one, Kind.DIRECTOR, by=by, tell=True)


def _leaving(one: Membership, form: Any, by: Any) -> None:
    actions.leave(one, by=by, tell=True)


TOLD = gettext_lazy("The person is told by mail.")
ACTS = {
    "classes": Act(
        gettext_lazy("Classes taught"),
        gettext_lazy("Classes that %(name)s teaches"),
        TOLD,
        gettext_lazy("Save"),
        gettext_lazy("The classes are saved."),
        forms.TeachingForm,
        _teaching,
    ),
    "titre": Act(
        gettext_lazy("Give a title: deputy, secretary, interim"),
        gettext_lazy("A title for %(name)s"),
        gettext_lazy("A title has rights and a last day. The person is told by mail."),
        gettext_lazy("Give this title"),
        gettext_lazy("The title is given."),
        forms.TitleForm,
        _title,
    ),
    "aide": Act(
        gettext_lazy("Make a helper or a relay"),
        gettext_lazy("%(name)s, helper or relay"),
        gettext_lazy("The role has a last day. The person is told by mail."),
        gettext_lazy("Give this role"),
        gettext_lazy("The role is given."),
        forms.HelperForm,
        _helper,
    ),
    "mandat": Act(
        gettext_lazy("Record a mandate of elected parent"),
        gettext_lazy("A mandate for %(name)s"),
        gettext_lazy(
            "The mandates of an earlier election end when you record a newer one. The person is told by mail."
        ),
        gettext_lazy("Record the mandate"),
        gettext_lazy("The mandate is recorded."),
        forms.MandateForm,
        _mandate,
    ),
    "fin": Act(
        gettext_lazy("End a role"),
        gettext_lazy("End a role of %(name)s"),
        TOLD,
        gettext_lazy("End this role"),
        gettext_lazy("The role ends."),
        forms.EndHatForm,
        _end,
        "danger",
    ),
    "suspension": Act(
        gettext_lazy("Suspend writing"),
        gettext_lazy("%(name)s may not write for some days"),
        gettext_lazy("The person still reads everything. They are told by mail, with your reason."),
        gettext_lazy("Suspend writing"),
        gettext_lazy("Writing is suspended. The person is told why."),
        forms.SuspensionForm,
        _suspension,
        "danger",
    ),
    "reprise": Act(
        gettext_lazy("Let this person write again"),
        gettext_lazy("Let %(name)s write again"),
        TOLD,
        gettext_lazy("Let them write again"),
        gettext_lazy("This person may write again."),
        forms.ConfirmForm,
        _lift_suspension,
    ),
    "decision": Act(
        gettext_lazy("Record a court decision"),
        gettext_lazy("A court decision about %(name)s"),
        gettext_lazy(
            "The class, or the school, is then as if it had never been linked to this person. Nobody is told:"
            " neither they nor the other parent. Only the direction sees it, on this page."
        ),
        gettext_lazy("Record the decision"),
        gettext_lazy("The decision is recorded. Nobody is told."),
        forms.RestrictionForm,
        _restriction,
        "danger",
    ),
    "decision-levee": Act(
        gettext_lazy("A court decision no longer holds"),
        gettext_lazy("A decision about %(name)s no longer holds"),
        gettext_lazy("The class, or the school, is open again to this person. Nobody is told."),
        gettext_lazy("Take it off"),
        gettext_lazy("The decision is taken off. Nobody is told."),
        forms.LiftRestrictionForm,
        _lift_restriction,
    ),
    "direction": Act(
        gettext_lazy("Give the direction"),
        gettext_lazy("Give the direction to %(name)s"),
        gettext_lazy(
            "This person will have every right in the school, as you have. You can then leave the direction."
            " They are told by mail."
        ),
        gettext_lazy("Give the direction"),
        gettext_lazy("This person now directs the school too."),
        forms.ConfirmForm,
        _direction,
    ),
    "depart": Act(
        gettext_lazy("This person leaves the school"),
        gettext_lazy("%(name)s leaves the school"),
        gettext_lazy(
            "All roles here end at once. The account stays, with the library. They are told by mail."
        ),
        gettext_lazy("End all roles here"),
        gettext_lazy("This person has left the school."),
        forms.ConfirmForm,
        _leaving,
        "danger",
    ),
}
AGAINST = ("suspension", "decision")


def offered(member: Member, one: Membership) -> list[tuple[str, Act]]:
    """The acts that make sense for this person now, in the order of the page."""
    refused = set(_refused(member, one))
    return [(name, act) for name, act in ACTS.items() if name not in refused]


def _refused(member: Member, one: Membership) -> list[str]:
    kinds = {hat.kind for hat in one.hats.all()}
    oneself = member.membership is not None and member.membership.pk == one.pk
    suspended = Member(member.school, one, (), member.today).is_suspended()
    refused = ["suspension"] if suspended else ["reprise"]
    if Kind.DIRECTOR in kinds:
        refused += [*AGAINST, "titre", "aide", "mandat", "direction"]
    if Kind.TEACHER in kinds or Kind.INTERIM in kinds or Kind.PARENT not in kinds:
        refused.append("mandat")
    if oneself:
        refused += [*AGAINST, "titre", "aide"]
    if not policy.can_give_direction(member):
        refused.append("direction")
    if Kind.DIRECTOR in kinds and not policy.can_give_direction(member):
        refused += ["depart", "fin"]
    if not kinds:
        refused.append("fin")
    return refused


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, slug: str, key: str, name: str) -> HttpResponse:
    """Show one decision, or carry it out; what cannot be done is said in the form, as it was filled."""
    member = member_of(request, slug)
    allow(policy.can_give_hats(member))
    one = member_by_key(member.school, key)
    act = dict(offered(member, one)).get(name)
    if act is None or one.state == Membership.State.LEFT:
        raise Http404
    form = act.form(request.POST if request.method == "POST" else None, membership=one)
    if request.method == "POST" and form.is_valid():
        try:
            act.carry_out(one, form, request.user)
        except (SchoolError, ValidationError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(act.done))
            return _after(member, slug, key)
    words = {part: str(getattr(act, part)) % {"name": one.name} for part in ("title", "lede", "button")}
    context = {"form": form, "one": one, "is_danger": act.style == "danger", **words}
    back = (gettext("Members and slips"), reverse("members", args=[slug]))
    there = (one.name, reverse("member", args=[slug, key]))
    return page(request, member, "decide", context, back, there, (str(act.label), ""))


def _after(member: Member, slug: str, key: str) -> HttpResponse:
    """Back to the person; whoever has just given up their own direction, to the school."""
    if member.membership is not None and member.membership.key == key:
        return redirect("schools")
    return redirect("member", slug, key)
