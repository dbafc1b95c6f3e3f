"""Type one person who is awaited; give a member who lost their way in a new paper, or their second step."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods

from accounts.invitations import awaited, printing
from accounts.invitations.actions import returning
from accounts.invitations.actions.inviting import AlreadyAwaited, invite
from accounts.invitations.errors import NotGivenBack
from accounts.invitations.models import Invitation
from accounts.invitations.staff_forms import InviteForm
from accounts.invitations.views.staff_slips import PAPER_LANGUAGE, paper_context, sheet
from accounts.people.proof import fresh_proof_required
from accounts.people.requests import SignedInRequest
from accounts.people.second_factor import NoFactor
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.actions.hats import worn_on
from accounts.schools.errors import SchoolError
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership, SchoolYear


@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take one person's name, hat and classes; `print` also shows their slip. `?titre=1`: titles, helpers."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    titles = "titre" in request.GET
    allow(not titles or policy.can_give_hats(member))
    form = _invite_form(request, member, titles)
    invitation = _invite(request, member, form) if request.method == "POST" and form.is_valid() else None
    if invitation is None:
        context = {"school": member.school, "form": form, "titles": titles}
        context["gives_titles"] = policy.can_give_hats(member)
        return render(request, "accounts/slips/invite.html", context)
    if "print" in request.POST:
        return sheet(request, member, [invitation])
    messages.success(request, gettext("%(name)s is on the list.") % {"name": invitation.name})
    return redirect(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def reissue_slip(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Print a paper that opens the account of a member again; what it does is said first."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    membership, target = _present(member, key)
    allow(policy.can_reissue(member, target))
    if request.method != "POST":
        repairs = policy.can_repair_factor(member, target)
        context = {"school": member.school, "membership": membership, "repairs_factor": repairs}
        return render(request, "accounts/slips/reissue.html", context)
    try:
        _invitation, code = returning.give_back_slip(membership, by=request.user)
    except NotGivenBack as error:
        messages.error(request, str(error))
        return redirect("reissue_slip", slug, key)
    return _one_slip(request, member, membership, code)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def repair_second_factor(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Take away the lost second step of a member; what it does is said first."""
    member = member_of(request, slug)
    allow(policy.can_give_hats(member))
    membership, target = _present(member, key)
    allow(policy.can_repair_factor(member, target))
    if request.method != "POST":
        context = {"school": member.school, "membership": membership}
        return render(request, "accounts/slips/second_factor.html", context)
    try:
        returning.repair_second_factor(membership, by=request.user)
    except (SchoolError, NoFactor) as error:
        messages.error(request, str(error))
        return redirect("repair_second_factor", slug, key)
    messages.success(
        request, gettext("The second step is taken away. They can add another once they are in.")
    )
    return redirect("member", slug, key)


def _present(member: Member, key: str) -> tuple[Membership, Member]:
    """One person of the school with a hat today, and what they are to it; else 404."""
    people = Membership.objects.of_school(member.school).present().select_related("user", "school")
    membership = get_object_or_404(people, key=key)
    target = _as_the_school_knows_them(membership)
    if not target.hats:
        raise Http404
    return membership, target


def _as_the_school_knows_them(membership: Membership) -> Member:
    """What the person is here today, whatever a court decided: *members* must learn nothing of it."""
    today = membership.school.today()
    hats = worn_on(membership, today).select_related("classroom__year", "membership")
    return Member(membership.school, membership, tuple(hats), today)


def _invite_form(request: SignedInRequest, member: Member, titles: bool) -> InviteForm:
    year = SchoolYear.objects.of_school(member.school).get(is_current=True)
    return InviteForm(
        request.POST or None,
        member=member,
        classrooms=awaited.classes_of(member.school),
        titles=titles,
        initial={"until": year.ends, "kind": "" if titles else Hat.Kind.PARENT},
    )


def _invite(request: SignedInRequest, member: Member, form: InviteForm) -> Invitation | None:
    try:
        return invite(member.school, by=request.user, **form.cleaned_data)
    except AlreadyAwaited as error:
        form.offer_another()
        form.add_error("last_name", str(error))
        return None


def _one_slip(request: SignedInRequest, member: Member, membership: Membership, code: str) -> HttpResponse:
    """Show the one sheet of a member who is given a way back in."""
    rooms = Hat.objects.filter(membership=membership, kind__in=awaited.FAMILY).running()
    classes = [hat.classroom.name for hat in rooms.select_related("classroom") if hat.classroom]
    with override(PAPER_LANGUAGE):
        slip = printing.slip_of(membership.name, classes, code)
        pile = printing.Pile(membership.key, "", (membership.name,), ((slip,),))
        context = paper_context(member.school) | {
            "piles": [pile],
            "with_covers": False,
            "total": 1,
            "check_list": False,
            "paper": "a5",
            "fold": False,
        }
        return render(request, "accounts/slips/sheet.html", context)
