"""The recurring jobs, composed here by plain calls: what, and how often."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.families.privacy import forget_old as forget_previews
from accounts.invitations.actions.mailing import remind_due
from accounts.people.actions import forget_old_kept_texts
from accounts.reach.actions import refresh_due
from exchanges.discussions.actions import attaching
from exchanges.groups import actions as groups
from exchanges.moderation import due as moderation
from foundation.limits.actions import forget_old
from portal.privacy.retention import keep_in_time
from resources.catalogue.actions import archive_due, publish_due, remind_of_reviews
from resources.catalogue.tasks import tell_curators_of_reviews

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR
LEASE = datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """A job and the seconds between two of its runs."""

    name: str
    every: int
    run: Callable[[datetime.datetime], object]


def publish(now: datetime.datetime) -> None:
    publish_due(now)


def archive(now: datetime.datetime) -> None:
    archive_due(now)


@transaction.atomic
def remind(now: datetime.datetime) -> None:
    """Mark what passed its review date and enqueue the mails, in one transaction."""
    keys = remind_of_reviews(timezone.localdate(now))
    if keys:
        tell_curators_of_reviews(keys)


def put_back_lost_tasks(now: datetime.datetime) -> None:
    """A killed worker leaves its task RUNNING for ever: after 15 minutes it is ready again (DESIGN §4)."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LEASE)
    lost.update(status="READY", started_at=None, run_after=now)


def forget_finished_tasks(now: datetime.datetime) -> None:
    """Forget what was done within the hour, since it may hold an address or a code; what failed in 3 days."""
    done, failed = now - datetime.timedelta(hours=1), now - datetime.timedelta(days=3)
    DBTaskResult.objects.successful().filter(finished_at__lt=done).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=failed).delete()


def forget_sessions(now: datetime.datetime) -> None:
    SessionStore.clear_expired()


def forget_tries(now: datetime.datetime) -> None:
    forget_old(now)


def forget_kept_texts(now: datetime.datetime) -> None:
    forget_old_kept_texts(now)


def forget_previewed_lists(now: datetime.datetime) -> None:
    forget_previews(now)


def keep_no_longer_than_said(now: datetime.datetime) -> None:
    keep_in_time(now)


def write_again(now: datetime.datetime) -> None:
    """The first mail of an import or of a school just opened too: at most 200 a minute."""
    remind_due(now)


def count_who_is_reached(now: datetime.datetime) -> None:
    """On Mondays, each school by its own date."""
    refresh_due(now)


def give_to_the_direction(now: datetime.datetime) -> None:
    moderation.escalate_due(now)


def tell_who_decides(now: datetime.datetime) -> None:
    moderation.tell_due(now)


def accept_requests(now: datetime.datetime) -> None:
    groups.accept_waiting(now)


def keep_groups_awake(now: datetime.datetime) -> None:
    """What nobody took on goes, what is silent sleeps, whoever runs a group alone is reminded."""
    groups.forget_suggestions(now)
    groups.sleep_due(now)
    groups.remind_alone(now)


def tell_groups_of_the_month(now: datetime.datetime) -> None:
    moderation.tell_months(now)


def forget_files_never_sent(now: datetime.datetime) -> None:
    """Files of messages that were not sent within a day, and stored files that no row names."""
    attaching.forget_unsent(now)
    attaching.sweep(now)


TIMETABLE = (
    Job("publish what is due", MINUTE, publish),
    Job("archive what has ended", MINUTE, archive),
    Job("remind of reviews", HOUR, remind),
    Job("put back lost tasks", MINUTE, put_back_lost_tasks),
    Job("forget finished tasks", HOUR, forget_finished_tasks),
    Job("forget expired sessions", DAY, forget_sessions),
    Job("forget old tries", HOUR, forget_tries),
    Job("forget kept texts", HOUR, forget_kept_texts),
    Job("forget previewed lists", 5 * MINUTE, forget_previewed_lists),
    Job("write again to those invited", MINUTE, write_again),
    Job("count who is reached", HOUR, count_who_is_reached),
    Job("give reports to the direction", 5 * MINUTE, give_to_the_direction),
    Job("tell who decides", 5 * MINUTE, tell_who_decides),
    Job("tell groups of the month", HOUR, tell_groups_of_the_month),
    Job("accept requests to join", 5 * MINUTE, accept_requests),
    Job("put silent groups to sleep", HOUR, keep_groups_awake),
    Job("forget files never sent", HOUR, forget_files_never_sent),
    Job("keep no longer than said", DAY, keep_no_longer_than_said),
)
