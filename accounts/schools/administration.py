"""The admin's ground for rows of a school: at every door, only the schools where the person may see them.

A class names the path from its rows to the school and one question about a `Member` per act. Lists, search,
filters, date hierarchy, details, actions, autocomplete, deletion, history and "view on site" read
`get_queryset`; forms offer rows of those schools only, and refuse two schools in one row.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from accounts.audit.models import AuditEntry
from accounts.audit.words import in_words
from accounts.people.models import User
from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of
from accounts.schools.member import Member
from accounts.schools.models import Membership
from foundation.administration import AdminPolicy, PolicyAdmin

Question = Callable[[Member], bool]
HISTORY = 50


def never(member: Member) -> bool:
    return False


@dataclass(frozen=True)
class SchoolPolicy:
    """Who may do what with the rows of one school, each a question about what a person is there."""

    view: Question = never
    add: Question = never
    change: Question = never
    delete: Question = never


@dataclass(frozen=True)
class Act:
    """A line of a row's history, as templates/admin/object_history.html shows it."""

    user: str
    action_time: datetime.datetime
    get_change_message: str
    is_addition: bool = False


class SchoolScopedAdmin(PolicyAdmin):
    """Rows of the schools where the person's own hats open them, and of no other."""

    # From a row to its school, as a queryset spells it; "" for the school itself.
    school_path = "school"
    questions = SchoolPolicy()

    def __init__(self, model: type[models.Model], admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.policy = AdminPolicy(
            view=partial(self.may, "view"),
            add=partial(self.may, "add"),
            change=partial(self.may, "change"),
            delete=partial(self.may, "delete"),
        )

    def may(self, act: str, person: Any, obj: models.Model | None = None) -> bool:
        """Whether `person` may do `act` to `obj`, or somewhere at all."""
        schools = self.schools_for(person, act)
        return bool(schools) if obj is None else self.school_id_of(obj) in schools

    def schools_for(self, person: Any, *acts: str) -> set[int]:
        """Ids of the schools where the person may do one of `acts` to rows of this kind."""
        asked = [getattr(self.questions, act) for act in acts]
        return {
            member.school.pk for member in members_of(person) if any(question(member) for question in asked)
        }

    def school_id_of(self, obj: Any) -> int | None:
        """The id of the school of a row, 0 queries if what lies between is loaded."""
        if not self.school_path:
            return obj.pk
        *between, last = self.school_path.split("__")
        for name in between:
            obj = getattr(obj, name)
        return getattr(obj, f"{last}_id")

    def visible_to(self, person: Any, rows: models.QuerySet) -> models.QuerySet:
        schools = self.schools_for(person, "view", "change")
        return rows.filter(**{f"{self.school_path or 'pk'}__in": schools})

    # Forms: choices of the schools where one may write, one school a row --------------------------------

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> models.QuerySet:
        """Offer rows of the schools where this kind of row may be written; a row changed stays in its own."""
        rows = super().get_field_queryset(db, db_field, request)
        other = self.admin_site._registry.get(db_field.remote_field.model)
        if not isinstance(other, SchoolScopedAdmin):
            return rows
        known = getattr(request, "school_of_form", None)
        schools = {known} if known else self.schools_for(request.user, "add", "change")
        return rows.filter(**{f"{other.school_path or 'pk'}__in": schools})

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        request.school_of_form = self.school_id_of(obj) if obj else None  # type: ignore[attr-defined]
        form = super().get_form(request, obj, change=change, **kwargs)
        return cast(
            type[forms.ModelForm],
            type(form.__name__, (_OneSchoolForm, form), {"school_ids": staticmethod(self._school_ids)}),
        )

    def _school_ids(self, value: Any) -> set[int | None]:
        """Ids of the schools of what was chosen in a field; none if it is no row of a school."""
        rows = list(value) if isinstance(value, models.QuerySet) else [value]
        found = set()
        for row in rows:
            admin = self.admin_site._registry.get(type(row)) if isinstance(row, models.Model) else None
            if isinstance(admin, SchoolScopedAdmin):
                found.add(admin.school_id_of(row))
        return found

    # Acts: the features' own actions, no copy of names in Django's log ----------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Ask the rule of the row's own school once more, then let the feature's action write."""
        if not self.may("change" if change else "add", request.user, obj):
            raise PermissionDenied
        obj.pk = self.store(obj, form, by=cast(SignedInRequest, request).user, change=change).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if not self.may("delete", request.user, obj):
            raise PermissionDenied
        self.remove(obj, by=cast(SignedInRequest, request).user)

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> models.Model:
        """Call the action that stores what the form holds, and return its row; each class says which."""
        raise NotImplementedError(f"{type(self).__name__} stores nothing")

    def remove(self, obj: Any, *, by: User) -> None:
        """Call the action that takes the row away; each class says which."""
        raise NotImplementedError(f"{type(self).__name__} removes nothing")

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """The action has stored all of it."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's log would keep people's names; acts stand in the audit, without any."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As `log_addition`."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As `log_addition`."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        acts = self.acts_on(obj) if obj else []
        return super().history_view(request, object_id, {"action_list": acts, **(extra_context or {})})

    def acts_on(self, obj: Any) -> list[Act]:
        """What the audit holds of a row, newest first: `record(…, row=key)` ties an act to it."""
        school = self.school_id_of(obj)
        rows = AuditEntry.objects.filter(school=school, facts__row=getattr(obj, "key", ""))
        return acts_in_words(rows, school)


class _OneSchoolForm(forms.BaseForm):
    """A form whose choices must all be of one school: two would tie one school's people to another's."""

    school_ids: Callable[[Any], set[int | None]]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        schools: set[int | None] = set()
        for value in (self.cleaned_data or {}).values():
            schools |= self.school_ids(value)
        if len(schools) > 1:
            self.add_error(None, gettext("These do not belong to the same school."))
        return cleaned


def acts_in_words(entries: models.QuerySet[AuditEntry], school: int | None) -> list[Act]:
    """The newest entries in words, under the names by which the school knows who did them."""
    found = list(entries[:HISTORY])
    people = Membership.objects.filter(school=school, user__key__in={entry.actor for entry in found})
    names = dict(people.values_list("user__key", "name"))
    someone = gettext("somebody outside the school")
    return [Act(names.get(entry.actor, someone), entry.at, in_words(entry.verb)) for entry in found]
