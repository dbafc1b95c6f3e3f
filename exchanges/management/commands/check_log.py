"""`manage.py check_log`: whether each school's log of decisions is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.moderation import log


class Command(BaseCommand):
    help: Any = _(
        "Name in each school’s log of decisions the first row that was changed, taken away or added; without"
        " one, print how many rows there are and the last hash: kept elsewhere, it proves the log later."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        said = {
            "changed": gettext("%(school)s: decision %(number)d was changed."),
            "missing": gettext("%(school)s: decision %(number)d is missing."),
            "added": gettext("%(school)s: decision %(number)d was added by another hand."),
        }
        is_whole = True
        for school in log.schools_with_rows().order_by("slug"):
            broken = log.check(school)
            if broken is not None:
                is_whole = False
                words = {"school": school.slug, "number": broken.number}
                self.stderr.write(said[broken.how] % words)
                continue
            count, end = log.end_of(school)
            self.stdout.write(f"{school.slug} {count} {end}")
        if not is_whole:
            raise CommandError(gettext("The log of decisions is not as it was written."))
