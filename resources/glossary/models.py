"""The words of the school, each explained in one simple line."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word or sigle and its explanation, one line without another sigle (EDITORIAL §5)."""

    term = models.CharField(_("word"), max_length=60, unique=True)
    slug = models.SlugField(_("anchor"), max_length=60, unique=True)
    line = models.CharField(_("explanation, one line"), max_length=160)

    class Meta:
        verbose_name = _("word of the school")
        verbose_name_plural = _("words of the school")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.term
