"""Open a group, suggest one to parents, take a suggestion on, change what the card says."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.people.names import skeleton
from accounts.schools.member import Member
from exchanges.groups.actions.joining import seat_of
from exchanges.groups.actions.telling import tell_group
from exchanges.groups.charter import rendered
from exchanges.groups.errors import GroupNameTaken, NotSuggested
from exchanges.groups.models import Circle, Group
from exchanges.groups.naming import clean_group_name

# What a form gives; each may be left out.
WRITTEN = ("purpose", "language", "joining", "moderation", "is_discreet")


@transaction.atomic
def open_group(member: Member, values: Mapping[str, Any]) -> Group:
    """Store a group that `member` opens and facilitates. Raises GroupNameTaken, ValidationError."""
    group = _store(_new(member, values), member)
    seat_of(group, member.membership, is_facilitator=True)
    tell_group(group, "opened")
    return group


@transaction.atomic
def suggest_group(member: Member, values: Mapping[str, Any]) -> Group:
    """Store a group that the direction suggests to parents: nobody is in it (RULES §1)."""
    group = _new(member, {**values, "circle": Circle.PARENTS})
    group.state = Group.State.SUGGESTED
    group.suggested_by = member.membership.user if member.membership else None
    return _store(group, member)


@transaction.atomic
def take_on(member: Member, group: Group) -> Group:
    """Make a suggested group exist; the first who does becomes its facilitator. Raises NotSuggested."""
    now = timezone.now()
    waiting = Group.objects.of_school(group.school_id).filter(pk=group.pk, state=Group.State.SUGGESTED)
    fresh = waiting.filter(created__gt=now - Group.SUGGESTION)
    if not fresh.update(state=Group.State.OPEN, active=now):
        raise NotSuggested
    group.state, group.active = Group.State.OPEN, now
    seat_of(group, member.membership, is_facilitator=True)
    tell_group(group, "taken_on")
    return group


@transaction.atomic
def change_group(group: Group, values: Mapping[str, Any], *, by: Member) -> Group:
    """Change the card; a charter changed is a new edition, and the group is told of what changed."""
    group = Group.objects.of_school(group.school_id).select_for_update().get(pk=group.pk)
    before = {name: getattr(group, name) for name in ("name", "charter", *WRITTEN)}
    _write(group, values)
    if group.charter != before["charter"]:
        group.charter_edition += 1
    changed = [name for name in before if getattr(group, name) != before[name]]
    if changed:
        _store(group, by)
        if "charter" in changed:
            tell_group(group, "charter_changed", once=str(group.charter_edition))
        if set(changed) - {"charter"}:
            tell_group(group, "settings_changed")
    return group


def default_moderation(classroom: Any) -> str:
    """RULES §4: in a group of a class messages show at once; elsewhere a newcomer's first is read before."""
    return Group.Moderation.AFTER if classroom else Group.Moderation.FIRST


def _new(member: Member, values: Mapping[str, Any]) -> Group:
    group = Group(school=member.school, circle=values["circle"], classroom=values.get("classroom"))
    group.moderation = default_moderation(group.classroom)
    _write(group, values)
    return group


def _write(group: Group, values: Mapping[str, Any]) -> None:
    if "name" in values:
        group.name = clean_group_name(values["name"])
        group.skeleton = skeleton(group.name)
    for name in WRITTEN:
        if values.get(name) not in (None, ""):
            setattr(group, name, values[name])
    if values.get("language") == "":
        group.language = ""
    if "charter" in values:
        group.charter = values["charter"]
        group.charter_html, group.charter_renderer = rendered(group.charter)


def _store(group: Group, member: Member) -> Group:
    """Save unless a group that the person sees has this name; the constraint stops two at the same moment."""
    seen = Group.objects.visible_to(member).exclude(state=Group.State.ARCHIVED).exclude(pk=group.pk)
    if seen.filter(skeleton=group.skeleton).exists():
        raise GroupNameTaken
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise GroupNameTaken from error
    return group
