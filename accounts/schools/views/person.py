"""One person of the school: what they are here, and what the direction may decide of them."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import suspended_until
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership, Restriction
from accounts.schools.readers import count_keepers
from accounts.schools.views.deciding import offered
from accounts.schools.views.members import keeper, member_by_key
from accounts.schools.views.pages import page
from accounts.schools.words import day_in_words, days_in_words, hat_in_words, rights_in_words


@require_safe
def person(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Show one person; court decisions to the direction alone."""
    member = keeper(request, slug)
    one = member_by_key(member.school, key)
    has_left = one.state == Membership.State.LEFT
    decisions = _decisions(one) if policy.can_see_restrictions(member) else []
    context = {
        "one": one,
        "readers": count_keepers(member.school),
        "hats": [_hat_row(hat) for hat in one.hats.all()],
        "acts": _acts(member, one, bool(decisions)) if policy.can_give_hats(member) and not has_left else [],
        "ways_in": [] if has_left or one.user_id == request.user.pk else _ways_in(member, one),
        "decisions": decisions,
        "suspended_until": suspended_until(member.school, one),
        "has_left": has_left,
    }
    back = (gettext("Members and slips"), reverse("members", args=[slug]))
    return page(request, member, "person", context, back, (one.name, ""))


def _hat_row(hat: Hat) -> dict[str, Any]:
    notes = [days_in_words(hat)] if hat.until else []
    return {"title": capfirst(hat_in_words(hat)), "notes": notes, "meta": rights_in_words(hat)}


def _acts(member: Member, one: Membership, has_decision: bool) -> list[dict[str, str]]:
    return [
        {"label": str(act.label), "url": reverse("member_act", args=[member.school.slug, one.key, name])}
        for name, act in offered(member, one)
        if name != "decision-levee" or has_decision
    ]


def _ways_in(member: Member, one: Membership) -> list[dict[str, str]]:
    """What helps somebody who cannot get in any more."""
    # Worn today, and loaded by `member_by_key`.
    target = Member(member.school, one, tuple(one.hats.all()), member.today)
    doors = []
    if target.hats and policy.can_reissue(member, target):
        doors.append(("reissue_slip", gettext("Make a new slip")))
    if target.hats and policy.can_repair_factor(member, target):
        doors.append(("repair_second_factor", gettext("They have lost their second step")))
    return [
        {"label": label, "url": reverse(name, args=[member.school.slug, one.key])} for name, label in doors
    ]


def _decisions(one: Membership) -> list[dict[str, Any]]:
    rows = Restriction.objects.filter(membership=one).select_related("classroom")
    return [
        {
            "title": row.classroom.name if row.classroom else gettext("the whole school"),
            "notes": [gettext("decided on %(day)s") % {"day": day_in_words(row.decided_on)}],
            "summary": row.reference,
            "meta": gettext("until %(day)s included") % {"day": day_in_words(row.until)} if row.until else "",
        }
        for row in rows
    ]
