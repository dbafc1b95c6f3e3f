"""Counts of tries, in the database: used where there is no Redis."""

from django.db import models


class LimitCount(models.Model):
    """Tries of one act by one target or address in one window; `key` is a hash, nothing personal is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField()

    class Meta:
        app_label = "foundation"
        indexes = [models.Index(fields=["ends"], name="limit_count_to_forget")]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
