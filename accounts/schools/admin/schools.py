"""Schools, their years, classes and lists of parents."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.audit.models import AuditEntry
from accounts.people.models import User
from accounts.schools import actions, policy
from accounts.schools.actions import sheet
from accounts.schools.actions.classes import class_name
from accounts.schools.administration import Act, SchoolPolicy, SchoolScopedAdmin, acts_in_words
from accounts.schools.errors import ClassNameTaken, SchoolError
from accounts.schools.forms.school import SheetForm
from accounts.schools.member import Member
from accounts.schools.models import Classroom, ParentList, School, SchoolYear
from accounts.schools.words import day_in_words
from foundation.administration import PolicyRelatedFilter


def staff(member: Member) -> bool:
    """A school's own row is no secret from those who work for it."""
    return member.is_staff


@admin.register(School)
class SchoolAdmin(SchoolScopedAdmin):
    """The sheet of one's schools; the host's curators create schools and see no more of them."""

    school_path = ""
    questions = SchoolPolicy(view=staff, change=policy.can_edit_school)
    refusals = (SchoolError,)
    lede = gettext_lazy("What each school says of itself. Its director changes it.")
    hint_of_search = gettext_lazy("Name, town, or UAI code.")
    form = SheetForm
    list_display = ["name", "created"]
    list_filter = ["level"]
    search_fields = ["name", "town", "uai"]
    fields = [
        *("name", "level", "uai", "street", "postcode", "town", "telephone", "email"),
        *("hours", "gate", "absence", "commune_url", "time_zone", "holiday_zone", "languages"),
    ]
    view_on_site = True

    def may(self, act: str, person: Any, obj: Any = None) -> bool:
        if act in ("view", "add") and policy.can_create_school(person):
            return True
        return super().may(act, person, obj)

    def visible_to(self, person: Any, rows: QuerySet) -> QuerySet:
        return rows if policy.can_create_school(person) else super().visible_to(person, rows)

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.name,
            "state": "" if obj.is_open else "plain",
            "state_word": "" if obj.is_open else gettext("Closed to the public"),
            "notes": [obj.get_level_display()],
            "meta": " · ".join(part for part in (obj.town, obj.uai) if part),
        }

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> School:
        values = form.values()
        if change:
            sheet.save_sheet(obj, values, by=by)
            return obj
        return actions.create_school(values.pop("name"), values.pop("level"), by=by, **values)

    def acts_on(self, obj: Any) -> list[Act]:
        """What was done to the school itself, not to its people."""
        return acts_in_words(AuditEntry.objects.filter(school=obj, about="", facts__row__isnull=True), obj.pk)


@admin.register(SchoolYear)
class SchoolYearAdmin(SchoolScopedAdmin):
    """Years are made and changed by the change of year alone."""

    questions = SchoolPolicy(view=policy.can_edit_school)
    lede = gettext_lazy("One is current. The change of year prepares the next.")
    list_display = ["name", "starts"]
    list_select_related = ["school"]
    fields = ["school", "name", "starts", "ends", "is_current"]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        days = {"first": day_in_words(obj.starts), "last": day_in_words(obj.ends)}
        return {
            "title": obj.name,
            "state": "new" if obj.is_current else "",
            "state_word": gettext("Current") if obj.is_current else "",
            "who": obj.school.name,
            "meta": gettext("from %(first)s to %(last)s") % days,
        }


class ClassroomForm(forms.ModelForm):
    """A class's name, as the site's own page takes it."""

    def clean_name(self) -> str:
        return class_name(self.cleaned_data["name"])


@admin.register(Classroom)
class ClassroomAdmin(SchoolScopedAdmin):
    questions = SchoolPolicy(
        view=staff,
        add=policy.can_edit_school,
        change=policy.can_edit_school,
        delete=policy.can_edit_school,
    )
    refusals = (SchoolError,)
    form = ClassroomForm
    lede = gettext_lazy("The classes of each year. A class can be taken away while nobody is tied to it.")
    list_display = ["name", "position"]
    list_filter = [("year", PolicyRelatedFilter)]
    list_select_related = ["school", "year"]
    search_fields = ["name"]
    fields = ["school", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["school"] if obj else []

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {"title": obj.name, "who": obj.school.name, "notes": [obj.year.name]}

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> Classroom:
        name = form.cleaned_data["name"]
        if change:
            actions.rename_classroom(obj, name, by=by)
            return obj
        made = actions.add_classrooms(obj.school, [name], by=by)
        if not made:
            raise ClassNameTaken
        return made[0]

    def remove(self, obj: Any, *, by: User) -> None:
        actions.remove_classroom(obj, by=by)


@admin.register(ParentList)
class ParentListAdmin(SchoolScopedAdmin):
    questions = SchoolPolicy(
        view=policy.can_edit_school,
        add=policy.can_edit_school,
        change=policy.can_edit_school,
        delete=policy.can_edit_school,
    )
    refusals = (SchoolError,)
    lede = gettext_lazy("Associations and lists that stand at the elections of parents, on an equal footing.")
    list_display = ["name", "is_association"]
    list_select_related = ["school"]
    fields = ["school", "name", "is_association"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["school"] if obj else []

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        kind = gettext("association") if obj.is_association else gettext("list")
        return {"title": obj.name, "who": obj.school.name, "notes": [kind]}

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> ParentList:
        values = {"name": form.cleaned_data["name"], "is_association": form.cleaned_data["is_association"]}
        if change:
            sheet.change_parent_list(obj, values["name"], is_association=values["is_association"], by=by)
            return obj
        return sheet.add_parent_list(
            obj.school, values["name"], is_association=values["is_association"], by=by
        )

    def remove(self, obj: Any, *, by: User) -> None:
        sheet.remove_parent_list(obj, by=by)
