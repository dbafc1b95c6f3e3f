"""What was last loaded from the library's folder, to know which side changed since."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedFile(models.Model):
    """A file of the folder and its digest when it was last loaded into its row."""

    # Path inside the folder: "educonnect.md", "educonnect.simple.md", "themes.yml".
    name = models.CharField(max_length=160, unique=True)
    # SHA-256 of the bytes loaded; the row's own export had the same digest then.
    digest = models.CharField(max_length=64)
    loaded = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
