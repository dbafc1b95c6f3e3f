"""What must be done by me in my schools; one function a subject."""

import datetime
from collections.abc import Sequence
from typing import cast

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, ngettext

from accounts.people import proof
from accounts.rollover.models import NextClass
from accounts.rollover.policy import can_tell_next_class
from accounts.schools import policy
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat
from accounts.schools.staff import DAYS_TO_ADD_A_FACTOR, factor_deadline, staff_since
from portal.home.addresses import address
from portal.home.asking import COUNTED_AT_MOST, SLIPS, TYPED, WAITING, Asker
from portal.home.concern import Concern, Found
from portal.home.moments import day_in_words

# Months in which a school writes the classes of its next year.
ASKED_IN = range(3, 10)


def closed(members: Sequence[Member], asker: Asker) -> Found:
    """Minute one of the direction (JOURNEYS §3.1)."""
    for member in members:
        if policy.can_edit_school(member) and not member.school.is_open:
            yield (
                member,
                Concern(
                    title=gettext("Your school is closed to the public"),
                    text=gettext(
                        "Nothing leaves before you open it."
                        " Three things: the classes, the families, the slips."
                    ),
                    when=gettext("To begin"),
                    url=address("school_settings", member),
                    label=gettext("Prepare the opening"),
                ),
            )


def waiting(members: Sequence[Member], asker: Asker) -> Found:
    """Those who came with a class code, for whoever may let them in."""
    for member in members:
        if policy.can_manage_members(member) or member.classes(Hat.Kind.TEACHER):
            row = asker.counted(WAITING, member)
            if row.first and row.moment:
                yield member, _waiting_row(member, row.first, row.moment)


def _waiting_row(member: Member, count: int, first: datetime.datetime) -> Concern:
    return Concern(
        title=ngettext("%(count)d person waits to come in", "%(count)d people wait to come in", count)
        % {"count": count},
        text=gettext("They typed a class code. Nothing is shown before you say yes."),
        when=gettext("Waiting since %(day)s") % {"day": day_in_words(first.date())},
        url=address("waiting_list", member),
        label=gettext("See who waits"),
    )


def invitations(members: Sequence[Member], asker: Asker) -> Found:
    """Slips that reached the wrong person, and papers still to print, of those one may hand out."""
    for member in members:
        if not policy.can_hand_out(member, Hat.Kind.PARENT):
            continue
        row = asker.counted(SLIPS, member)
        if row.first:
            yield member, _refused_row(member, row.first)
        if row.locked:
            yield member, _locked_row(member, row.locked)
        if row.unprinted and member.school.is_open:
            yield member, _unprinted_row(member, row.unprinted)


def _refused_row(member: Member, count: int) -> Concern:
    return Concern(
        title=ngettext("%(count)d slip reached somebody else", "%(count)d slips reached somebody else", count)
        % {"count": count},
        text=gettext("The person who had it said: this is not for me. It opens nothing any more."),
        state="alert",
        state_word=gettext("To look at"),
        url=address("not_joined", member),
        label=gettext("See which"),
    )


def _locked_row(member: Member, count: int) -> Concern:
    return Concern(
        title=ngettext("%(count)d slip is locked", "%(count)d slips are locked", count) % {"count": count},
        text=gettext("Five wrong tries. It opens again within a day; a new paper opens at once."),
        state="alert",
        state_word=gettext("To look at"),
        url=address("not_joined", member),
        label=gettext("See which"),
    )


def _unprinted_row(member: Member, count: int) -> Concern:
    title = ngettext("%(count)d slip to print", "%(count)d slips to print", count) % {"count": count}
    if count > COUNTED_AT_MOST:
        title = gettext("More than %(count)d slips to print") % {"count": COUNTED_AT_MOST}
    return Concern(
        title=title,
        text=gettext("These adults have no e-mail address here, or did not answer. Paper is their way in."),
        when=gettext("Before the next school bag"),
        url=address("slips", member),
        label=gettext("Print the slips"),
    )


def typed_for_me(members: Sequence[Member], asker: Asker) -> Found:
    """What a helper recorded for the person, which they may undo; staff find it in their account."""
    for member in members:
        if member.is_staff or not member.classes("parent", "proche"):
            continue
        row = asker.counted(TYPED, member)
        if row.moment:
            yield (
                member,
                Concern(
                    title=gettext("Somebody typed something for you"),
                    text=gettext("With you, or from your paper. Is it right? You may undo it."),
                    when=day_in_words(row.moment.date()),
                    url=address("assisted_for_me"),
                    label=gettext("Check what was typed"),
                ),
            )


def next_class(members: Sequence[Member], asker: Asker) -> Found:
    """Where I go next year, once the school has written its classes; staff find it in their account."""
    asked = [member for member in members if member.today.month in ASKED_IN and can_tell_next_class(member)]
    family = [member for member in asked if not member.is_staff]
    own = [member.membership for member in family if member.membership]
    if not own:
        return
    coming = Classroom.objects.filter(
        school=OuterRef("classroom__school"), year__starts__gt=OuterRef("classroom__year__starts")
    )
    said = NextClass.objects.filter(
        membership=OuterRef("membership"), kind=Hat.Kind.PARENT, old=OuterRef("classroom")
    )
    rows = Hat.objects.filter(Exists(coming), ~Exists(said), kind=Hat.Kind.PARENT, membership__in=own)
    rows = rows.filter(classroom__year__is_current=True).order_by()
    unsaid = set(rows.values_list("membership", "classroom"))
    for member in family:
        # A class under a restriction is not among the hats: nothing is asked of it.
        key = member.membership.pk if member.membership else 0
        mine = {(key, room) for room in member.classes(Hat.Kind.PARENT)}
        if mine & unsaid:
            yield (
                member,
                Concern(
                    title=gettext("Which class next year?"),
                    text=gettext("The school prepares its classes. You tell yours, or that you leave."),
                    when=gettext("Before the summer"),
                    url=address("next_year"),
                    label=gettext("Answer"),
                ),
            )


def second_factor(members: Sequence[Member], asker: Asker) -> Found:
    """For staff without a second factor, in the week before the admin asks for it by itself."""
    staff = next((member for member in members if member.is_staff), None)
    since = staff_since(asker.user) if staff else None
    if staff is None or since is None or settings.IS_DEMO:
        return
    if staff.today - since > datetime.timedelta(days=DAYS_TO_ADD_A_FACTOR) or proof.has_factor(asker.user):
        return
    deadline = cast(datetime.date, factor_deadline(asker.user))
    yield (
        staff,
        Concern(
            title=gettext("Add a second proof that it is you"),
            text=gettext("Your part opens people’s names. A telephone or a key, once, is enough."),
            when=gettext("Before %(day)s") % {"day": day_in_words(deadline)},
            url=address("account_second_factor"),
            label=gettext("Add it now"),
        ),
    )
