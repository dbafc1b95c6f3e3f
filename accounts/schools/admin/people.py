"""The members of a school, what a court decided, and the acts on record."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

from accounts.audit.models import AuditEntry
from accounts.audit.words import UNTOLD, in_words
from accounts.people.models import User
from accounts.people.names import clean_name
from accounts.schools import actions, policy
from accounts.schools.administration import Act, SchoolPolicy, SchoolScopedAdmin, acts_in_words
from accounts.schools.errors import SchoolError
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership, Restriction
from accounts.schools.words import day_in_words, hats_in_words
from foundation.administration import PolicyRelatedFilter


def keeps_members(member: Member) -> bool:
    return policy.can_manage_members(member) or policy.can_give_hats(member)


class MembershipForm(forms.ModelForm):
    """The name by which the school knows somebody."""

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


@admin.register(Membership)
class MembershipAdmin(SchoolScopedAdmin):
    """People come by slip and go by an act: nobody is added or deleted here."""

    questions = SchoolPolicy(view=keeps_members, change=keeps_members)
    refusals = (SchoolError,)
    form = MembershipForm
    lede = gettext_lazy("The people of your schools. They come in by their slip.")
    hint_of_search = gettext_lazy("A part of the name.")
    list_display = ["name", "joined"]
    list_filter = ["state", ("hats__classroom", PolicyRelatedFilter)]
    list_select_related = ["school"]
    search_fields = ["name"]
    fields = ["school", "name", "state", "roles"]
    readonly_fields = ["school", "state", "roles"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Hats that have not ended; a restriction takes none away here, or its absence would tell of it."""
        running = Hat.objects.running().filter(membership__school__in=self.schools_for(request.user, "view"))
        hats = Prefetch("hats", running.select_related("classroom", "mandate__parent_list"))
        return super().get_queryset(request).select_related("user", "school").prefetch_related(hats)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, obj: Membership) -> str:
        today = obj.school.today()
        worn = [hat for hat in obj.hats.all() if hat.since <= today and (not hat.until or hat.until >= today)]
        return hats_in_words(worn)

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        gone = obj.state != Membership.State.ACTIVE
        return {
            "title": obj.name,
            "state": "plain" if gone else "",
            "state_word": obj.get_state_display() if gone else "",
            "who": obj.school.name,
            "meta": self.roles(obj),
        }

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> Membership:
        name = form.cleaned_data["name"]
        kept = Membership.objects.of_school(obj.school).select_related("user", "school").get(pk=obj.pk)
        actions.rename_member(kept, name, by=by)
        return kept

    def acts_on(self, obj: Any) -> list[Act]:
        """What was done to the person here; never a court decision, which *members* may not know of."""
        rows = AuditEntry.objects.filter(school=obj.school_id)
        rows = rows.filter(Q(about=obj.user.key) | Q(facts__row=obj.key))
        return acts_in_words(rows.exclude(verb__startswith=UNTOLD), obj.school_id)


@admin.register(Restriction)
class RestrictionAdmin(SchoolScopedAdmin):
    school_path = "membership__school"
    questions = SchoolPolicy(
        view=policy.can_see_restrictions,
        add=policy.can_see_restrictions,
        change=policy.can_see_restrictions,
        delete=policy.can_see_restrictions,
    )
    refusals = (SchoolError,)
    lede = gettext_lazy("Court decisions, seen by the direction alone. Nobody is told of them.")
    list_display = ["created"]
    list_select_related = ["membership__school", "classroom"]
    fields = ["membership", "classroom", "decided_on", "reference", "until"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["membership", "classroom"] if obj else []

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.membership.name,
            "who": obj.membership.school.name,
            "notes": [day_in_words(obj.decided_on)],
            "summary": obj.classroom.name if obj.classroom else gettext("the whole school"),
            "meta": obj.reference,
        }

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> Restriction:
        return actions.restrict(
            obj.membership,
            by=by,
            classroom=obj.classroom,
            decided_on=form.cleaned_data["decided_on"],
            reference=form.cleaned_data["reference"],
            until=form.cleaned_data["until"],
        )

    def remove(self, obj: Any, *, by: User) -> None:
        actions.lift_restriction(obj, by=by)

    def acts_on(self, obj: Any) -> list[Act]:
        rows = AuditEntry.objects.filter(school=obj.membership.school_id, verb__startswith=UNTOLD)
        return acts_in_words(rows.filter(facts__row=obj.membership.key), obj.membership.school_id)


@admin.register(AuditEntry)
class AuditEntryAdmin(SchoolScopedAdmin):
    """Read only: no door changes what was done."""

    questions = SchoolPolicy(view=policy.leads)
    lede = gettext_lazy("Who did what in your schools. Nothing here can be changed.")
    list_display = ["at"]
    list_select_related = ["school"]
    fields = ["what", "at", "by_whom", "to_whom", "school"]
    readonly_fields = ["what", "by_whom", "to_whom"]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Look the names of the page up at once."""
        changelist = super().get_changelist_instance(request)
        request.names_of_acts = self._names(list(changelist.result_list))  # type: ignore[attr-defined]
        return changelist

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        names = request.names_of_acts
        people = (names.get((obj.school_id, obj.about), ""), self._actor(names, obj))
        return {
            "title": in_words(obj.verb),
            "who": people[0],
            "notes": [date_format(localtime(obj.at), "DATETIME_FORMAT")],
            "summary": _decision_gone(obj),
            "meta": gettext("by %(name)s") % {"name": people[1]},
        }

    @admin.display(description=gettext_lazy("act"))
    def what(self, obj: AuditEntry) -> str:
        return " ".join(part for part in (in_words(obj.verb), _decision_gone(obj)) if part)

    @admin.display(description=gettext_lazy("done by"))
    def by_whom(self, obj: AuditEntry) -> str:
        return self._actor(self._names([obj]), obj)

    @admin.display(description=gettext_lazy("about"))
    def to_whom(self, obj: AuditEntry) -> str:
        return self._names([obj]).get((obj.school_id, obj.about), "")

    def acts_on(self, obj: Any) -> list[Act]:
        return []

    def _names(self, entries: list[AuditEntry]) -> dict[tuple[int | None, str], str]:
        """{(school, key of the person): name in that school}, while they are there."""
        keys = {entry.actor for entry in entries} | {entry.about for entry in entries}
        schools = {entry.school_id for entry in entries}
        rows = Membership.objects.filter(school__in=schools, user__key__in=keys - {""})
        return {(school, key): name for school, key, name in rows.values_list("school", "user__key", "name")}

    def _actor(self, names: dict[tuple[int | None, str], str], entry: AuditEntry) -> str:
        return names.get((entry.school_id, entry.actor), gettext("somebody outside the school"))


def _decision_gone(entry: AuditEntry) -> str:
    """Of a decision that went with an account: the day, the class and the account's key, no name."""
    day = parse_date(str(entry.facts.get("decided_on", "")))
    if entry.verb != "restriction_gone_with_account" or day is None:
        return ""
    room = Classroom.objects.filter(school=entry.school_id, key=entry.facts["classroom"]).first()
    where = room.name if room else gettext("the whole school")
    return " · ".join([day_in_words(day), where, entry.about])
