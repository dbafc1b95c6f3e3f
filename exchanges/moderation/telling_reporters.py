"""Tell those who reported what became of it: on their page, never who wrote, who else reported, or why.

RULES §4 asks for no more of them; that they hear of the outcome is article 16(5) of the DSA.
"""

import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from accounts.schools.models import Membership
from exchanges.moderation.models import Case, Decision, Report
from exchanges.notifications.actions import notify, withdraw

Verb = Decision.Verb
# Kind of notice; of a case's key.
REPORTED = "reported"
KEPT = gettext_lazy("The message that you reported was read again, and stays")
SENT_BACK = gettext_lazy("The message that you reported is not shown: its author is asked to rewrite it")
GONE = gettext_lazy("The message that you reported is no longer there")
# A warning is for its author alone: to others the message stays.
OUTCOMES: dict[str, Promise] = {
    Verb.KEEP: KEPT,
    Verb.WARN: KEPT,
    Verb.PUBLISH: KEPT,
    Verb.HIDE: gettext_lazy("The message that you reported is hidden"),
    Verb.REWRITE: SENT_BACK,
    Verb.RETURN: SENT_BACK,
    Verb.REMOVE: gettext_lazy("The message that you reported was removed"),
    Verb.REVERSED: gettext_lazy("The message that you reported was read a second time: it is as before"),
}


def outcome_of(case: Case) -> str:
    """What became of a report, in words; "" while somebody has yet to decide."""
    if case.state == Case.State.OPEN:
        return ""
    if case.state == Case.State.VOID:
        return str(GONE)
    rows = Decision.objects.of_school(case.school_id).filter(case=case.key, verb__in=OUTCOMES)
    last = rows.order_by("-number").first()
    return str(OUTCOMES[last.verb] if last is not None else GONE)


def tell_reporters(case: Case, now: datetime.datetime) -> None:
    """Tell each member who reported, inside the caller's transaction, once the case is closed."""
    address = reverse("what_i_reported", args=[case.school.slug, case.key])
    active = Membership.State.ACTIVE
    rows = Report.objects.filter(case=case, reporter__state=active).select_related("reporter__user")
    for row in rows:
        if row.reporter is not None:
            notify(
                row.reporter.user,
                REPORTED,
                case.key,
                address=address,
                title=lambda: outcome_of(case) or gettext("Your report"),
                school=case.school,
                now=now,
            )


def take_back_from_reporters(case: Case) -> None:
    """The decision was taken back: somebody decides anew, and they are told then."""
    withdraw(REPORTED, case.key)
