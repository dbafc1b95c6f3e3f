"""Those awaited, in the admin: to look up, and to correct an address; the rest has its own pages."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.invitations.actions.inviting import correct
from accounts.invitations.models import Invitation
from accounts.people.models import User
from accounts.schools import policy
from accounts.schools.access import member_in
from accounts.schools.administration import SchoolPolicy, SchoolScopedAdmin
from accounts.schools.errors import SchoolError
from accounts.schools.models import Classroom


@admin.register(Invitation)
class InvitationAdmin(SchoolScopedAdmin):
    """Rows of the schools where one has *members*."""

    questions = SchoolPolicy(view=policy.can_manage_members, change=policy.can_manage_members)
    refusals = (SchoolError,)
    lede = gettext_lazy("Those whom the school awaits. Slips are printed on its own pages.")
    list_display = ["last_name", "created"]
    list_filter = ["state", "kind"]
    list_select_related = ["school"]
    search_fields = ["last_name", "first_name"]
    fields = ("civility", "email", "kind", "in_classes", "until", "state", "mails", "created")
    readonly_fields = ("kind", "in_classes", "until", "state", "mails", "created")

    def may(self, act: str, person: Any, obj: Any = None) -> bool:
        """To correct the address of a title is to choose who gets it: the direction's."""
        allowed = super().may(act, person, obj)
        if not allowed or obj is None or act == "view":
            return allowed
        return policy.can_hand_out(member_in(person, obj.school), obj.kind)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rooms = models.Prefetch("classrooms", Classroom.objects.unscoped().order_by("position", "name"))
        return super().get_queryset(request).prefetch_related(rooms)

    @admin.display(description=gettext_lazy("classes"))
    def in_classes(self, row: Invitation) -> str:
        return ", ".join(room.name for room in row.classrooms.all())

    def row(self, request: Any, obj: Invitation) -> dict[str, Any]:
        return {
            "title": f"{obj.last_name} {obj.first_name}".strip(),
            "who": obj.get_kind_display(),
            "notes": [obj.get_state_display()],
            "meta": " · ".join(part for part in (self.in_classes(obj), obj.school.name) if part),
        }

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> Invitation:
        correct(obj, by=by, **{name: form.cleaned_data[name] for name in ("civility", "email")})
        return obj
