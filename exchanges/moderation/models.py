"""Reports, decisions that nobody changes, second readings, and notices of illegal content (RULES §4, §6)."""

import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Membership, School
from accounts.schools.scope import ScopedQuerySet
from exchanges.groups.models import Group
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
    OTHER = "other", _("something else")


class Case(models.Model):
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
    # "post", "topic", "announcement", …, and that object's own key.
    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    is_danger = models.BooleanField(default=False)
    opened = models.DateTimeField(_("open since"), default=timezone.now)
    second_told = models.DateTimeField(null=True, blank=True)
    escalated = models.DateTimeField(_("given to the direction"), null=True, blank=True)
    decided = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

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

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    ground = models.CharField(_("reason"), max_length=12, choices=Ground.choices)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    # Whether it may hide with another: seven days in the group, not suspended, not the author.
    counts = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "case__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="reported_once")]

    def __str__(self) -> str:
        return self.ground


class DecisionQuerySet(ScopedQuerySet):
    """The log: rows are added and read."""

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("a decision is not changed")

    def delete(self) -> NoReturn:
        raise TypeError("a decision is not deleted")


class Decision(models.Model):
    """One row of a school's log, chained by hash: key of an account, hat, ground, time; no name, no text."""

    class Verb(models.TextChoices):
        PUBLISH = "publish", _("published")
        RETURN = "return", _("sent back")
        KEEP = "keep", _("kept")
        HIDE = "hide", _("hidden")
        REWRITE = "rewrite", _("to be rewritten")
        REMOVE = "remove", _("removed")
        WARN = "warn", _("warned")
        CLOSE = "close", _("discussion closed")
        PAUSE = "pause", _("discussion paused until tomorrow")
        MODERATE_FIRST = "moderate_first", _("messages read first")
        MUTE_GROUP = "mute_group", _("may not write in the group for a while")
        MUTE_SCHOOL = "mute_school", _("may not write in the school for a while")
        REMOVE_MEMBER = "remove_member", _("removed from the group")
        OPEN_NAME = "open_name", _("name opened")
        OPEN_TEXT = "open_text", _("text opened")
        UNDO = "undo", _("undone")
        UPHELD = "upheld", _("upheld on second reading")
        REVERSED = "reversed", _("reversed on second reading")

    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name=_("school"))
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=60)
    case = models.CharField(max_length=8, blank=True)
    group = models.CharField(max_length=8, blank=True)
    verb = models.CharField(_("decision"), max_length=16, choices=Verb.choices)
    ground = models.CharField(_("reason"), max_length=12, choices=Ground.choices, blank=True)
    actor = models.CharField(max_length=12)
    hat = models.CharField(_("as"), max_length=20)
    about = models.CharField(max_length=12, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    reverses = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("when"))
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["school", "number"]
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="decision_numbered_once")]
        indexes = [
            models.Index(fields=["school", "about", "-at"], name="decisions_about_person"),
            models.Index(fields=["kind", "object"], name="decisions_on_object"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class JudgedText(models.Model):
    """The text that was judged, apart from the log, erased 30 days after the last decision on it."""

    LIFE = datetime.timedelta(days=30)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=60)
    text = models.TextField()
    erase_on = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("text judged")
        verbose_name_plural = _("texts judged")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "object"], name="one_judged_text")]

    def __str__(self) -> str:
        return self.object


class SecondReading(models.Model):
    """The author asks, once and within 30 days, that somebody else reads again (RULES §4)."""

    ASKED_WITHIN = datetime.timedelta(days=30)

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("the decision stands")
        REVERSED = "reversed", _("the decision is reversed")
        NOBODY = "nobody", _("there is nobody else to read it")

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    decision = models.PositiveIntegerField()
    author = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    words = models.CharField(_("what you want to say"), max_length=500, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering = ["asked", "pk"]
        constraints = [models.UniqueConstraint(fields=["school", "decision"], name="read_again_once")]

    def __str__(self) -> str:
        return str(self.decision)


class IllegalNotice(models.Model):
    """A notice of illegal content by anybody (DSA, article 16), to the host moderator."""

    class Outcome(models.TextChoices):
        REMOVED = "removed", _("the content was removed")
        KEPT = "kept", _("the content stays")
        UNKNOWN = "unknown", _("nothing was found there")

    receipt = models.CharField(max_length=12, unique=True)
    address = models.CharField(_("address of the content"), max_length=500)
    reasons = models.TextField(_("why it is illegal"), max_length=4000)
    name = models.CharField(_("your name"), max_length=80, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    good_faith = models.BooleanField(_("I say this in good faith"), default=False)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("what is answered"), max_length=4000, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("notice of illegal content")
        verbose_name_plural = _("notices of illegal content")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.receipt
