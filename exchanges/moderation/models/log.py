"""The log of decisions, which nobody changes; and apart from it the texts and words that are erased."""

import datetime
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import School
from accounts.schools.scope import ScopedQuerySet
from exchanges.moderation.models.cases import Ground


class LogIsKept(TypeError):
    """A row of the log was to be changed or deleted."""

    def __init__(self) -> None:
        super().__init__("a decision is neither changed nor deleted")


class DecisionQuerySet(ScopedQuerySet):
    """The log: rows are added one by one (`moderation.log.append`) and read."""

    def update(self, **fields: Any) -> NoReturn:
        raise LogIsKept

    def delete(self) -> NoReturn:
        raise LogIsKept

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsKept

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsKept

    # What Django itself calls: a row saved again, also by loaddata; a cascade.
    def _update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsKept

    def _raw_delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsKept


class Decision(models.Model):
    """One row of a school's log, chained by hash: key of an account, hat, ground, time; no name, no text."""

    class Verb(models.TextChoices):
        PUBLISH = "publish", _("published")
        RETURN = "return", _("sent back")
        KEEP = "keep", _("kept")
        HIDE_MEANWHILE = "hide_meanwhile", _("hidden until somebody decides")
        HIDE = "hide", _("hidden")
        REWRITE = "rewrite", _("to be rewritten")
        REMOVE = "remove", _("removed")
        WARN = "warn", _("warned")
        CLOSE = "close", _("discussion closed")
        PAUSE = "pause", _("discussion paused until tomorrow")
        MODERATE_FIRST = "moderate_first", _("messages read first")
        ACCEPT = "accept", _("let in")
        REFUSE = "refuse", _("not let in")
        MUTE_GROUP = "mute_group", _("may not write in the group for a while")
        MUTE_SCHOOL = "mute_school", _("may not write in the school for a while")
        REMOVE_MEMBER = "remove_member", _("removed from the group")
        OPEN_NAME = "open_name", _("name opened")
        OPEN_TEXT = "open_text", _("text opened")
        UNDO = "undo", _("undone")
        UPHELD = "upheld", _("upheld on second reading")
        REVERSED = "reversed", _("reversed on second reading")

    class As(models.TextChoices):
        """The hat under which one decides."""

        FACILITATOR = "facilitator", _("facilitator")
        DIRECTOR = "director", _("director")
        INTERIM = "interim", _("interim director")
        DEPUTY = "deputy", _("deputy")
        SECRETARY = "secretary", _("secretary")
        HOST = "host_moderator", _("host moderator")

    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name=_("school"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=60)
    case = models.CharField(max_length=8, blank=True)
    group = models.CharField(max_length=8, blank=True)
    verb = models.CharField(_("decision"), max_length=16, choices=Verb.choices)
    ground = models.CharField(_("reason"), max_length=12, choices=Ground.choices, blank=True)
    # Keys of accounts: names are looked up while the accounts live.
    actor = models.CharField(max_length=12)
    hat = models.CharField(_("as"), max_length=20, choices=As.choices)
    about = models.CharField(max_length=12, blank=True)
    # The state its object was in: what undoing gives back.
    was = models.CharField(max_length=12, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    reverses = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("when"))
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        # Django's own inner manager too: it is what saving a row again and cascades go by.
        base_manager_name = "objects"
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["school", "number"]
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="decision_numbered_once")]
        indexes = [
            models.Index(fields=["school", "about", "-at"], name="decisions_about_person"),
            models.Index(fields=["kind", "object"], name="decisions_on_object"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_verb_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None or not self._state.adding:
            raise LogIsKept
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsKept


class LogHead(models.Model):
    """How many rows a school's log has and the hash of the last one: who adds a row holds this one locked."""

    school = models.OneToOneField(School, models.PROTECT, related_name="+", primary_key=True)
    count = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("end of a school’s log")
        verbose_name_plural = _("ends of schools’ logs")

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"


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
        indexes = [models.Index(fields=["erase_on"], name="judged_texts_to_erase")]

    def __str__(self) -> str:
        return self.object


class SaidWhy(models.Model):
    """What whoever decided says to the author in their own words; erased with the text judged."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    decision = models.PositiveIntegerField()
    words = models.CharField(_("in your words"), max_length=500)
    erase_on = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("words to an author")
        verbose_name_plural = _("words to authors")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["school", "decision"], name="said_once")]

    def __str__(self) -> str:
        return str(self.decision)
