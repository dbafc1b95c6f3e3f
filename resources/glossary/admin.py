"""The words of the school, each in one line."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from resources.catalogue.admin.shelf import ShelfAdmin
from resources.glossary import actions
from resources.glossary.models import Term


@admin.register(Term)
class TermAdmin(ShelfAdmin):
    lede = gettext_lazy("Words explained in one simple line, shown in place on every page.")
    list_display = ["term"]
    search_fields = ["term", "line"]
    fields = ["term", "slug", "line"]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {"title": obj.term, "summary": obj.line}

    def store(self, obj: Any, by: User) -> None:
        actions.store_term(obj, by=by)

    def remove(self, obj: Any, by: User) -> None:
        actions.delete_term(obj, by=by)
