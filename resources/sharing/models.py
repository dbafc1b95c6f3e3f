"""Short addresses for paper: twelve random letters that never die (RULES §7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShortCode(models.Model):
    """A code and the path it leads to, never a foreign key: the target's own policy answers."""

    code = models.CharField(max_length=12, unique=True)
    path = models.CharField(max_length=300, unique=True)
    # Slug of the school that printed it; empty for the common library.
    school = models.SlugField(max_length=60, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"/r/{self.code}"
