"""What must be known by me in my schools: what ends, what is closed to me, why, and until when. No query."""

import datetime
from collections.abc import Sequence
from typing import cast
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext

from accounts.people.policy import opens_past
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership
from portal.home.asking import Asker
from portal.home.concern import Concern, Found
from portal.home.moments import day_in_words, hour_in_words, weekday_in_words

# An end is told this long before.
ENDING = datetime.timedelta(days=30)


def ending(members: Sequence[Member], asker: Asker) -> Found:
    """A mandate or a title of mine that ends within the month; a whole year's class is no news."""
    told = {Hat.Kind.ELECTED, Hat.Kind.HELPER, Hat.Kind.RELAY, *Hat.TITLES}
    for member in members:
        if member.is_pending:
            continue
        for hat in member.hats:
            if hat.kind in told and hat.until and hat.until <= member.today + ENDING:
                yield member, _ending_row(hat)


def _ending_row(hat: Hat) -> Concern:
    day = day_in_words(cast(datetime.date, hat.until))
    if hat.kind == Hat.Kind.ELECTED:
        title = gettext("Your mandate ends on %(day)s") % {"day": day}
        text = gettext("That evening you are a parent again. The next elections open a new mandate.")
    else:
        title = gettext("Your part as %(hat)s ends on %(day)s") % {"hat": hat.get_kind_display(), "day": day}
        text = gettext("The head of school may give it again.")
    return Concern(title=title, text=text, when=gettext("Last day: %(day)s") % {"day": day})


def past(members: Sequence[Member], asker: Asker) -> Found:
    """After a slip printed again (JOURNEYS §3.7)."""
    user = asker.user
    if not members or user.past_opens is None or opens_past(user, timezone.now()):
        return
    opens = user.past_opens.astimezone(ZoneInfo(members[0].school.time_zone))
    moment = {"day": weekday_in_words(opens.date()), "hour": hour_in_words(opens)}
    yield (
        members[0],
        Concern(
            title=gettext("Your old messages come back on %(day)s at %(hour)s") % moment,
            text=gettext("This is to protect you. Nothing is lost."),
            when=gettext("Since your new slip"),
        ),
    )


def suspended(members: Sequence[Member], asker: Asker) -> Found:
    """Cannot write, is told why and until when."""
    for member in members:
        until = member.membership.suspended_until if member.membership else None
        if until is None or not member.is_suspended():
            continue
        local = until.astimezone(ZoneInfo(member.school.time_zone))
        moment = {"day": day_in_words(local.date()), "hour": hour_in_words(local)}
        why = member.membership.suspended_why if member.membership else ""
        yield (
            member,
            Concern(
                title=gettext("You cannot write here until %(day)s, %(hour)s") % moment,
                text=gettext("You can read everything. Reason: %(why)s") % {"why": why} if why else "",
                when=gettext("Decided by the head of school"),
            ),
        )


def let_in_later(members: Sequence[Member], asker: Asker) -> Found:
    """Whoever waits to be let in."""
    for member in members:
        if member.is_pending:
            yield (
                member,
                Concern(
                    title=gettext("The school has not let you in yet"),
                    text=gettext(
                        "A teacher or the head of school reads your request. You have nothing to do."
                    ),
                    when=gettext("Asked on %(day)s")
                    % {"day": day_in_words(cast(Membership, member.membership).joined.date())},
                ),
            )
