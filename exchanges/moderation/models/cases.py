"""What was reported, by whom and why, and who was told of it."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Membership, School
from accounts.schools.scope import ScopedQuerySet
from exchanges.groups.models import Group
from foundation.keyed import Keyed
from foundation.keys import random_key


class Ground(models.TextChoices):
    """Why a message is reported or judged, in words a volunteer uses."""

    RUDE = "rude", _("hurtful words")
    PRIVATE = "private", _("names or tells of somebody’s private life")
    CHILD = "child", _("names or shows a child")
    INSULT = "insult", _("insult or threat")
    ADVERTISING = "advertising", _("advertising or propaganda")
    OFF_TOPIC = "off_topic", _("not the place")
    FALSE = "false", _("rumour")
    DANGER = "danger", _("somebody is in danger")
    ILLEGAL = "illegal", _("against the law")
    OTHER = "other", _("something else")


class CaseQuerySet(ScopedQuerySet):
    """Cases by whether somebody still has to decide."""

    def open(self) -> "CaseQuerySet":
        return self.filter(state=Case.State.OPEN)


class Case(Keyed):
    """What was reported: one open case per target; its reports are its rows."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")
        VOID = "void", _("its object is gone")

    school = models.ForeignKey(School, models.CASCADE, related_name="cases", verbose_name=_("school"))
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="cases", verbose_name=_("group")
    )
    key = models.CharField(max_length=8, unique=True, default=random_key)
    # "post", and later "announcement", …, with that object's own key.
    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    is_danger = models.BooleanField(default=False)
    opened = models.DateTimeField(_("open since"), default=timezone.now)
    escalated = models.DateTimeField(_("given to the direction"), null=True, blank=True)
    # The direction pressed "tell the facilitators" (RULES §3).
    warned = models.DateTimeField(null=True, blank=True)
    # Reports alone hid the message then.
    hidden = models.DateTimeField(null=True, blank=True)
    decided = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["opened", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object"], condition=models.Q(state="open"), name="one_open_case_a_target"
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "opened"], name="cases_of_school")]

    def __str__(self) -> str:
        return self.key


class Report(models.Model):
    """One person's reason; the name goes to neither author nor facilitator."""

    # RULES §4: who may hide a message with somebody else, and how often the same two may.
    MEMBER_FOR = datetime.timedelta(days=7)
    SHARE_OF_A_PAIR = 2
    SHARE_DAYS = datetime.timedelta(days=30)

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    ground = models.CharField(_("reason"), max_length=12, choices=Ground.choices)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    # Whether it may hide with another: seven days in the group, not suspended, not the author.
    counts = models.BooleanField(default=False)
    # One of the two that hid the message: weighs in the share of that pair.
    hid = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "case__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="reported_once")]
        indexes = [models.Index(fields=["reporter", "hid", "at"], name="reports_that_hid")]

    def __str__(self) -> str:
        return self.ground


class Told(models.Model):
    """Somebody who decides was told by mail that something waits: once a person and thing."""

    LIFE = datetime.timedelta(days=90)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("told of what waits")
        verbose_name_plural = _("told of what waits")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "object"], name="told_once")]
        indexes = [models.Index(fields=["kind", "object"], name="told_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object}"
