"""The school's shelf: dated documents, each with who may read it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models.school import Classroom, School
from accounts.schools.scope import ScopedQuerySet
from foundation.keys import random_key


class DocumentQuerySet(ScopedQuerySet):
    """Documents of one school."""


class Document(models.Model):
    """A dated paper of the school (rules, minutes, lists), served through the policy only."""

    class Kind(models.TextChoices):
        RULES = "reglement", _("school rules")
        MINUTES = "proces-verbal", _("minutes")
        LIST = "liste", _("list")
        LETTER = "courrier", _("letter")
        OTHER = "autre", _("other document")

    class Readers(models.TextChoices):
        MEMBERS = "members", _("the members of the school")
        CLASSES = "classes", _("some classes")
        STAFF = "staff", _("the school team")
        EVERYONE = "everyone", _("everyone")

    school = models.ForeignKey(School, models.CASCADE, related_name="documents", verbose_name=_("school"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.OTHER)
    dated = models.DateField(_("date of the document"))
    readers = models.CharField(
        _("who may read it"), max_length=10, choices=Readers.choices, default=Readers.MEMBERS
    )
    classrooms = models.ManyToManyField(Classroom, blank=True, related_name="+", verbose_name=_("classes"))
    # Name in the storage, random; the reader gets `file_name`.
    stored = models.CharField(max_length=80)
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField(_("bytes"))
    content_type = models.CharField(max_length=40)
    added = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-dated", "-pk"]

    def __str__(self) -> str:
        return self.title
