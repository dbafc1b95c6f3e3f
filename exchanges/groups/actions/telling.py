"""What a group is told of itself, by hat; and that something happened in it."""

import datetime

from django.utils import timezone

from exchanges.groups.models import Group, GroupLine


def tell_group(group: Group, verb: str, hat: str = "", once: str = "") -> GroupLine:
    """Add a line to the group's own log, of `groups.words.LINES`; the same `once` twice is told once."""
    if once:
        return GroupLine.objects.get_or_create(group=group, verb=verb, once=once, defaults={"hat": hat})[0]
    return GroupLine.objects.create(group=group, verb=verb, hat=hat)


def touch(group: Group, now: datetime.datetime | None = None) -> None:
    """Say that the group lives: its 60 days of silence begin again."""
    moment = now or timezone.now()
    Group.objects.of_school(group.school_id).filter(pk=group.pk, active__lt=moment).update(active=moment)
