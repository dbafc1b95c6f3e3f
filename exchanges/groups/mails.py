"""Mails about one's place in a group, composed when they leave; of a discreet group nothing is named."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from accounts.schools.access import member_in
from accounts.schools.member import Member
from exchanges.groups import policy
from exchanges.groups.actions.due import is_alone
from exchanges.groups.models import Group, JoinRequest
from exchanges.notifications.actions import preference_of
from exchanges.notifications.models import Preference

TEMPLATE = "group_notice"
# Subject, lines, and the name of the page; None: there is nothing to tell any more.
Told = tuple[str, list[str], str] | None


def _composer(tell: Callable[[Delivery, Member, Group, str], Told], *, is_answer: bool = False) -> Composer:
    """`is_answer`: the person asked and waits for it, whatever they chose to receive."""

    def compose(delivery: Delivery) -> Mail | Nothing:
        person = delivery.person
        group = Group.objects.unscoped().filter(key=delivery.object).select_related("school").first()
        if group is None or person is None:
            return Nothing("gone")
        if not person.email:
            return Nothing("no address")
        member = member_in(person, group.school)
        seen = Group.objects.visible_to(member).filter(pk=group.pk).first() if member else None
        if member is None or seen is None:
            return Nothing("left")
        seen.school = group.school
        if not is_answer and not _wants(person, seen):
            return Nothing("not wanted")
        language = delivery.language or person.language
        with translation.override(language):
            told = tell(delivery, member, seen, _named(seen))
        if told is None:
            return Nothing("no longer so")
        subject, lines, name = told
        url = settings.SITE_URL + reverse(name, args=[group.school.slug, group.key])
        context = {"school": group.school.name, "subject": subject, "lines": lines, "url": url}
        return Mail(TEMPLATE, person.email, context, language)

    return compose


def _wants(person: object, group: Group) -> bool:
    chosen = preference_of(person)
    paused = chosen.paused_until is not None and chosen.paused_until >= group.school.today()
    silenced = group.seat is not None and group.seat.is_silenced
    return chosen.rhythm != Preference.Rhythm.NONE and not paused and not silenced


def _named(group: Group) -> str:
    return gettext("a discreet group") if group.is_discreet else group.name


def _request(delivery: Delivery, member: Member, group: Group, name: str) -> Told:
    if not policy.can_change(member, group):
        return None
    waiting = JoinRequest.objects.filter(group=group, outcome="").count()
    if not waiting:
        return None
    words = ngettext(
        "%(count)d person asks to join %(group)s.", "%(count)d people ask to join %(group)s.", waiting
    )
    lines = [
        words % {"count": waiting, "group": name},
        gettext("Without an answer within three days, a request is accepted."),
    ]
    return gettext("A request to join your group"), lines, "group_requests"


def _answer(delivery: Delivery, member: Member, group: Group, name: str) -> Told:
    asked = JoinRequest.objects.filter(
        group=group, pk=delivery.revision, membership=member.membership
    ).first()
    if asked is None:
        return None
    if asked.outcome == JoinRequest.Outcome.REFUSED:
        lines = [gettext("The people who run %(group)s did not let you in.") % {"group": name}]
        return gettext("The answer to your request"), lines, "group_card"
    if not policy.can_read(member, group):
        return None
    lines = [gettext("You are a member of %(group)s.") % {"group": name}]
    return gettext("The answer to your request"), lines, "group_card"


def _invitation(delivery: Delivery, member: Member, group: Group, name: str) -> Told:
    if not policy.can_join(member, group) or not group.is_invited:
        return None
    lines = [
        gettext("Somebody you share a group with invites you to %(group)s.") % {"group": name},
        gettext("Read what it is for and its charter. You may say no: nobody is told."),
    ]
    return gettext("You are invited to a group"), lines, "group_card"


def _running(delivery: Delivery, member: Member, group: Group, name: str) -> Told:
    if not policy.can_facilitate(member, group):
        return None
    lines = [
        gettext("You now run %(group)s, together with others.") % {"group": name},
        gettext("You read reports and requests there. You may stop at any time."),
    ]
    return gettext("You run a group"), lines, "group_facilitators"


def _alone(delivery: Delivery, member: Member, group: Group, name: str) -> Told:
    if not policy.can_change(member, group) or not is_alone(group, timezone.now()):
        return None
    lines = [
        gettext("You run %(group)s without a second person beside you.") % {"group": name},
        gettext("Together it is lighter: choose somebody among its members and have them run it too."),
    ]
    return gettext("Run your group together"), lines, "group_facilitators"


COMPOSERS: dict[str, Composer] = {
    "group_request": _composer(_request),
    "group_answer": _composer(_answer, is_answer=True),
    "group_invitation": _composer(_invitation),
    "group_named": _composer(_running),
    "group_alone": _composer(_alone),
}
