"""The mails of moderation, composed when they leave, for whom they still concern: titles, never a text."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from accounts.schools.access import member_in
from accounts.schools.member import Member
from accounts.schools.models import School
from exchanges.groups.models import Group
from exchanges.moderation import queue, targets, telling, words
from exchanges.moderation.items import Item
from exchanges.moderation.models import Case, Decision, IllegalNotice, SecondReading

TEMPLATE = "moderation"
Lines = dict[str, Any]


# To whoever decides ---------------------------------------------------------------------------------------


def report_mail(delivery: Delivery) -> Mail | Nothing:
    """One report waits; its mail leads to the page that has *hide meanwhile*."""
    found = _case_of(delivery)
    if isinstance(found, Nothing):
        return found
    case, item, url = found

    def lines() -> Lines:
        subject = gettext("A message was reported in a group that you run")
        more = [_where(item), gettext("Until you decide, you can hide it: one button on its page does it.")]
        return {"subject": subject, "lines": more, "url": url}

    return _mail(delivery, case.school, lines)


def danger_mail(delivery: Delivery) -> Mail | Nothing:
    """Somebody may be in danger."""
    found = _case_of(delivery)
    if isinstance(found, Nothing):
        return found
    case, item, url = found

    def lines() -> Lines:
        more = [
            gettext("Somebody reported a message and says that a person is in danger. Read it now."),
            _where(item),
            gettext("The person who reported it was shown the numbers 119, 3018 and 17."),
        ]
        return {"subject": gettext("Read now: somebody may be in danger"), "lines": more, "url": url}

    return _mail(delivery, case.school, lines)


def digest_mail(delivery: Delivery) -> Mail | Nothing:
    """What waits, in figures: at most once a half-day."""
    school = School.objects.filter(pk=delivery.object.split("-")[0]).first()
    member = _member(delivery, school)
    if school is None or isinstance(member, Nothing):
        return Nothing("left")
    own, for_school = queue.items_for_facilitator(member), queue.items_for_direction([member])
    mine = {(item.kind, item.key): item for item in [*for_school, *own] if not item.is_party}
    waiting = [item for item in mine.values() if item.hat == "facilitator" or item.shows_text]
    if not waiting:
        return Nothing("nothing waits")

    def lines() -> Lines:
        count = len(waiting)
        subject = ngettext(
            "%(count)d thing waits to be read by you", "%(count)d things wait to be read by you", count
        )
        url = telling.queue_address(school) if own else telling.direction_address()
        return {"subject": subject % {"count": count}, "lines": _by_group(waiting), "url": url}

    return _mail(delivery, school, lines)


# To the author --------------------------------------------------------------------------------------------


def decision_mail(delivery: Delivery) -> Mail | Nothing:
    """What was decided, why, how to rewrite, how to ask for a second reading."""
    decision = _decision_of(delivery)
    if decision is None:
        return Nothing("gone")
    undone = Decision.objects.of_school(decision.school).filter(reverses=decision.number)
    if undone.exclude(verb=Decision.Verb.UPHELD).exists():
        return Nothing("undone")

    def lines() -> Lines:
        url = telling.address_of(decision)
        return {"subject": _decision_subject(decision), "lines": words.decision_lines(decision), "url": url}

    return _mail(delivery, decision.school, lines)


def reading_mail(delivery: Delivery) -> Mail | Nothing:
    """What somebody else found."""
    decision = _decision_of(delivery)
    if decision is None:
        return Nothing("gone")
    readings = SecondReading.objects.of_school(decision.school).filter(decision=decision.number)
    reading = readings.exclude(outcome="").first()
    if reading is None:
        return Nothing("not answered")

    def lines() -> Lines:
        verb = Decision.Verb.UPHELD
        if reading.outcome == SecondReading.Outcome.REVERSED:
            verb = Decision.Verb.REVERSED
        subject = gettext("Your second reading is answered")
        return {"subject": subject, "lines": [str(words.WHAT[verb])], "url": telling.address_of(decision)}

    return _mail(delivery, decision.school, lines)


# Notices of illegal content -------------------------------------------------------------------------------


def receipt_mail(delivery: Delivery) -> Mail | Nothing:
    """The same whatever the address: it tells nobody what exists here."""

    def lines(notice: IllegalNotice) -> Lines:
        more = [
            gettext("We received your notice. Its number is %(number)s.") % {"number": notice.receipt},
            gettext("A moderator of the site reads it. You will be told what was decided, and why."),
        ]
        return {"subject": gettext("We received your notice"), "lines": more}

    return _notice_mail(delivery, lines)


def outcome_mail(delivery: Delivery) -> Mail | Nothing:
    """What was decided on a notice, and what one may do against it."""

    def lines(notice: IllegalNotice) -> Lines:
        decided = {
            IllegalNotice.Outcome.REMOVED: gettext("The content was removed."),
            IllegalNotice.Outcome.KEPT: gettext("The content stays."),
            IllegalNotice.Outcome.UNKNOWN: gettext("Nothing was found at that address."),
        }
        more = [
            gettext("Your notice %(number)s was read by a person.") % {"number": notice.receipt},
            decided[IllegalNotice.Outcome(notice.outcome)],
            notice.answer,
            gettext(
                "You do not agree? Send a new notice that says why, or ask a court or a certified body for"
                " the settlement of disputes."
            ),
        ]
        return {"subject": gettext("Your notice was decided"), "lines": [line for line in more if line]}

    return _notice_mail(delivery, lines)


def notice_waits_mail(delivery: Delivery) -> Mail | Nothing:
    """A notice waits for the host moderator."""

    def lines(notice: IllegalNotice) -> Lines:
        more = [gettext("Notice %(number)s waits for you.") % {"number": notice.receipt}]
        subject = gettext("A notice of illegal content waits")
        return {"subject": subject, "lines": more, "url": telling.notices_address()}

    return _notice_mail(delivery, lines)


# How ------------------------------------------------------------------------------------------------------


def _case_of(delivery: Delivery) -> tuple[Case, Item, str] | Nothing:
    """The case, as it stands in the person's own queue: decided, or no longer theirs, there is no mail."""
    case = Case.objects.unscoped().select_related("school").filter(key=delivery.object).first()
    if case is None or case.state != Case.State.OPEN:
        return Nothing("decided")
    member = _member(delivery, case.school)
    if isinstance(member, Nothing):
        return member
    item = queue.item_of(queue.items_for_facilitator(member), targets.CASE, case.key)
    if item is not None:
        return case, item, f"{telling.queue_address(case.school)}#{case.key}"
    item = queue.item_of(queue.items_for_direction([member]), targets.CASE, case.key)
    if item is None:
        return Nothing("not theirs")
    return case, item, telling.direction_address()


def _member(delivery: Delivery, school: School | None) -> Member | Nothing:
    if delivery.person is None or school is None:
        return Nothing("left")
    return member_in(delivery.person, school) or Nothing("left")


def _where(item: Item) -> str:
    """The group and the title of the discussion; of a discreet group, or of what is shut, neither."""
    group = item.group
    if group is None or group.is_discreet or not item.shows_text or item.post is None:
        return gettext("Its group is named on the site only.")
    return gettext("Group: %(group)s. Discussion: %(title)s.") % {
        "group": group.name,
        "title": item.post.topic.shown_title,
    }


def _by_group(items: list[Item]) -> list[str]:
    """One line a group; those that are discreet together, without a name."""
    counts: dict[str, int] = {}
    for item in items:
        name = item.group.name if item.group and not item.group.is_discreet else ""
        counts[name or gettext("on the site")] = counts.get(name or gettext("on the site"), 0) + 1
    return [gettext("%(group)s: %(count)d") % {"group": name, "count": counts[name]} for name in counts]


def _decision_of(delivery: Delivery) -> Decision | None:
    school, _dash, number = delivery.object.partition("-")
    rows = Decision.objects.filter(school=int(school), number=int(number)).select_related("school")
    return rows.first()


def _decision_subject(decision: Decision) -> str:
    """The group's name, if it may be named; never a title, which may be what was judged."""
    rows = Group.objects.of_school(decision.school).filter(key=decision.group, is_discreet=False)
    group = rows.first() if decision.group else None
    if group is None:
        return gettext("A decision concerns you")
    return gettext("A decision concerns you in “%(group)s”") % {"group": group.name}


def _mail(delivery: Delivery, school: School, lines: Callable[[], Lines]) -> Mail | Nothing:
    person = delivery.person
    if person is None or not person.email:
        return Nothing("no address")
    language = delivery.language or person.language
    with translation.override(language):
        said = lines()
    return Mail(TEMPLATE, person.email, {"school": school.name, **_absolute(said)}, language)


def _notice_mail(delivery: Delivery, lines: Callable[[IllegalNotice], Lines]) -> Mail | Nothing:
    notice = IllegalNotice.objects.filter(receipt=delivery.object).first()
    to = delivery.address or (delivery.person.email if delivery.person else "")
    if notice is None or not to:
        return Nothing("gone")
    language = delivery.language or settings.LANGUAGE_CODE
    with translation.override(language):
        said = lines(notice)
    return Mail(TEMPLATE, to, {"school": "", **_absolute(said)}, language)


def _absolute(said: Lines) -> Lines:
    return {**said, "url": settings.SITE_URL + said["url"] if said.get("url") else ""}


COMPOSERS: dict[str, Composer] = {
    telling.REPORT: report_mail,
    telling.DANGER: danger_mail,
    telling.DIGEST: digest_mail,
    telling.DECISION: decision_mail,
    telling.READING: reading_mail,
    telling.NOTICE_RECEIPT: receipt_mail,
    telling.NOTICE_OUTCOME: outcome_mail,
    telling.NOTICE_WAITS: notice_waits_mail,
}
