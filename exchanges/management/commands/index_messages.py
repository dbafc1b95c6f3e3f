"""Build the private index of messages anew: after a change of the analyser, or a restore by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from exchanges.discussions.actions.indexing import build_index


class Command(BaseCommand):
    help = "Builds the search index of the messages of groups anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{build_index()} messages can be found.")
