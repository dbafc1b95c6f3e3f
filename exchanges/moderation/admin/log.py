"""The log of decisions in the admin: read by the direction of the school, changed by nobody (RULES §4)."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from accounts.schools.access import members_of
from accounts.schools.administration import Act, SchoolPolicy, SchoolScopedAdmin
from accounts.schools.models import Membership
from exchanges.groups.models import Circle, Group
from exchanges.moderation import policy, words
from exchanges.moderation.models import Decision
from exchanges.moderation.wording import moment_in_words

FIELDS = ("number", "what", "reason", "by", "person", "where", "when", "reversed_by")


@admin.register(Decision)
class DecisionAdmin(SchoolScopedAdmin):
    """Neither added, changed nor deleted by any door; of what parents decided among themselves, no person."""

    questions = SchoolPolicy(view=policy.judges_for_school)
    lede = gettext_lazy(
        "Each decision of the school, in the order in which it was taken. Nobody can change or delete one;"
        " a decision taken back is a further line."
    )
    empty_text = gettext_lazy("No decision yet.")
    list_display = ["at"]
    list_filter = ["verb", "ground", "hat"]
    ordering = ["-pk"]
    list_select_related = ["school"]
    actions = None
    fields = FIELDS
    readonly_fields = FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("school")

    def _list_context(self, request: HttpRequest, changelist: Any) -> dict[str, Any]:
        """Of the many decisions and reasons there are, offer as filters those that were taken."""
        context = super()._list_context(request, changelist)
        for facet in context["facets"]:
            facet["rows"] = [row for row in facet["rows"] if row["count"] or row["chosen"]]
        context["facets"] = [facet for facet in context["facets"] if facet["rows"]]
        return context

    def row(self, request: Any, obj: Decision) -> dict[str, Any]:
        return {
            "title": str(obj),
            "who": obj.school.name if len(members_of(request.user)) > 1 else "",
            "notes": [self.when(obj)],
            "summary": self.reason(obj),
            "meta": capfirst(self.by(obj)),
        }

    @admin.display(description=gettext_lazy("decision"))
    def what(self, obj: Decision) -> str:
        return str(obj.get_verb_display())

    @admin.display(description=gettext_lazy("reason"))
    def reason(self, obj: Decision) -> str:
        return words.why_in_words(obj)

    @admin.display(description=gettext_lazy("by"))
    def by(self, obj: Decision) -> str:
        return words.by_in_words(obj)

    @admin.display(description=gettext_lazy("about"))
    def person(self, obj: Decision) -> str:
        """By name while the account lives; never of what parents decided among themselves."""
        if not obj.about or (obj.hat == Decision.As.FACILITATOR and self._among_parents(obj)):
            return gettext("nobody, or not for you to know")
        found = Membership.objects.of_school(obj.school_id).filter(user__key=obj.about).first()
        return found.name if found else gettext("somebody who left")

    @admin.display(description=gettext_lazy("group"))
    def where(self, obj: Decision) -> str:
        found = Group.objects.of_school(obj.school_id).filter(key=obj.group).first() if obj.group else None
        return found.name if found else gettext("none")

    @admin.display(description=gettext_lazy("when"))
    def when(self, obj: Decision) -> str:
        return moment_in_words(obj.at, obj.school)

    @admin.display(description=gettext_lazy("taken back"))
    def reversed_by(self, obj: Decision) -> str:
        row = Decision.objects.of_school(obj.school_id).filter(reverses=obj.number).first()
        if row is None:
            return gettext("no")
        said = {"number": row.number, "what": row.get_verb_display()}
        return gettext("%(what)s, by decision %(number)d") % said

    def _among_parents(self, obj: Decision) -> bool:
        rows = Group.objects.of_school(obj.school_id).filter(Q(key=obj.group) & Q(circle=Circle.PARENTS))
        return bool(obj.group) and rows.exists()

    def acts_on(self, obj: Any) -> list[Act]:
        """What was decided on the same thing, of the same school."""
        rows = Decision.objects.of_school(obj.school_id).filter(kind=obj.kind, object=obj.object)
        return [
            Act(capfirst(words.by_in_words(row)), row.at, str(row.get_verb_display()))
            for row in rows.order_by("-number")[:50]
        ]
