"""`manage.py rerender`: render again the texts of an older renderer, after a change of `foundation.html`."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext, ngettext

from resources.files.actions import rerender_library


class Command(BaseCommand):
    help = "Render again every text that an older renderer rendered."

    def handle(self, **options):
        count, refused = rerender_library()
        for text, reason in refused:
            self.stderr.write(
                gettext("%(text)s: kept as it was. %(reason)s") % {"text": text, "reason": reason}
            )
        told = ngettext("%(count)s text rendered again.", "%(count)s texts rendered again.", count)
        self.stdout.write(told % {"count": count})
