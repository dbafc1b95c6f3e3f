"""The cards of a school's groups, for the direction to read: never what is said there (RULES §3)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.schools.administration import SchoolPolicy, SchoolScopedAdmin
from exchanges.groups.models import Group, GroupMember, whose_group
from exchanges.groups.policy import can_see_every_card


@admin.register(Group)
class GroupAdmin(SchoolScopedAdmin):
    """Read only: facilitators change a group, on the site."""

    questions = SchoolPolicy(view=can_see_every_card)
    lede = gettext_lazy(
        "Each group of the school: what it is for, its charter, who runs it, how many joined. What is said"
        " there is not shown here. To suggest one to parents, open the groups of the school on the site."
    )
    list_display = ["name", "circle", "state"]
    list_filter = ["state", "circle"]
    search_fields = ["name"]
    list_select_related = ["school", "classroom"]
    fields = [
        "name",
        "whose",
        "purpose",
        "charter",
        "run_by",
        "people",
        "joining",
        "state",
        "since",
        "on_site",
    ]
    readonly_fields = (
        "name",
        "whose",
        "purpose",
        "charter",
        "run_by",
        "people",
        "joining",
        "state",
        "since",
        "on_site",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("school", "classroom")

    @admin.display(description=gettext_lazy("whose group"))
    def whose(self, obj: Group) -> str:
        return whose_group(obj.circle, obj.classroom.name if obj.classroom else "")

    @admin.display(description=gettext_lazy("run by"))
    def run_by(self, obj: Group) -> str:
        rows = GroupMember.objects.facilitators(obj).select_related("membership")
        return ", ".join(row.membership.name for row in rows) or gettext("nobody")

    @admin.display(description=gettext_lazy("members"))
    def people(self, obj: Group) -> str:
        count = GroupMember.objects.readers(obj).count()
        return ngettext("%(count)d member", "%(count)d members", count) % {"count": count}

    @admin.display(description=gettext_lazy("opened"))
    def since(self, obj: Group) -> str:
        return date_format(timezone.localtime(obj.created), "j F Y")

    @admin.display(description=gettext_lazy("on the site"))
    def on_site(self, obj: Group) -> SafeString:
        card = reverse("group_card", args=[obj.school.slug, obj.key])
        return format_html('<a href="{}">{}</a>', card, gettext("See its card"))

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.name,
            "state_word": capfirst(obj.get_state_display()),
            "notes": [self.whose(obj), obj.school.name],
            "summary": obj.purpose,
        }
