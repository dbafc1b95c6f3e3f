"""Mails about papers and accounts: what became of a slip, what was done to an account. No link."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from accounts.invitations.models import Invitation
from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from accounts.people.shut_past import in_words
from accounts.schools.models import Classroom


def slip_notice(delivery: Delivery) -> Mail | Nothing:
    """Tell whoever looks after the members what happened to one paper, and what to do."""
    to = delivery.person.email if delivery.person else None
    if not to:
        return Nothing("no address")
    key = delivery.object.partition(".")[0]
    invitation = Invitation.objects.unscoped().filter(key=key).select_related("school", "membership").first()
    if invitation is None or (delivery.kind == "title_taken" and invitation.membership is None):
        return Nothing("gone")
    context = {"what": delivery.kind, "name": invitation.name, "school": invitation.school}
    if delivery.kind == "title_taken" and invitation.membership:
        with override(delivery.language):
            hat = invitation.get_kind_display()
        context |= {"name": invitation.membership.name, "hat": hat}
    return Mail("slip_notice", to, context, delivery.language)


def class_code_notice(delivery: Delivery) -> Mail | Nothing:
    to = delivery.person.email if delivery.person else None
    if not to:
        return Nothing("no address")
    key = delivery.object.partition(".")[0]
    classroom = Classroom.objects.unscoped().filter(key=key).select_related("school").first()
    if classroom is None:
        return Nothing("gone")
    context = {"what": "slip_locked", "name": classroom.name, "school": classroom.school}
    return Mail("slip_notice", to, context, delivery.language)


def given_back(delivery: Delivery) -> Mail | Nothing:
    """Tell the owner of an account that a paper opened it: they may be somebody else than who used it."""
    user = delivery.person
    if user is None or not user.email:
        return Nothing("no address")
    with override(delivery.language):
        what = gettext(
            "A sheet of the school opened your account again, with three new words. "
            "Your older messages stay shut until %(when)s."
        ) % {"when": in_words(user)}
        return _security(user.email, what, delivery)


def merged(delivery: Delivery) -> Mail | Nothing:
    """Tell the box of an account that it went into another one of the same person."""
    user = delivery.person
    to = delivery.address or (user.email if user else "")
    if not to:
        return Nothing("no address")
    with override(delivery.language):
        return _security(to, gettext("Two accounts of yours were made one."), delivery)


def _security(to: str, what: str, delivery: Delivery) -> Mail:
    when = date_format(timezone.localtime(delivery.created), "DATETIME_FORMAT")
    return Mail("security_notice", to, {"what": what, "when": when}, delivery.language)


COMPOSERS: dict[str, Composer] = {
    "slip_not_me": slip_notice,
    "slip_locked": slip_notice,
    "title_taken": slip_notice,
    "class_code_locked": class_code_notice,
    "given_back": given_back,
    "merged": merged,
}
