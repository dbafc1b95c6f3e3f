"""Hats and mandates: given, changed and ended by the same acts as on the site."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.audit.models import AuditEntry
from accounts.people.models import User
from accounts.schools import actions, policy
from accounts.schools.access import member_in
from accounts.schools.administration import Act, SchoolPolicy, SchoolScopedAdmin, acts_in_words
from accounts.schools.errors import SchoolError
from accounts.schools.models import Hat, Mandate, Membership
from accounts.schools.words import day_in_words, days_in_words, hat_in_words
from foundation.administration import PolicyRelatedFilter

Kind = Hat.Kind
GIVEN = SchoolPolicy(
    view=policy.can_give_hats,
    add=policy.can_give_hats,
    change=policy.can_give_hats,
    delete=policy.can_give_hats,
)


class HatForm(forms.ModelForm):
    """One hat: a class for parents and teachers, rights for a title, an end for what is lent."""

    rights = forms.MultipleChoiceField(
        label=gettext_lazy("Rights"),
        help_text=gettext_lazy("For a title only."),
        choices=Hat.Right.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        values = cast(dict[str, Any], super().clean() or self.cleaned_data)
        kind = self.instance.kind if self.instance.pk else values.get("kind")
        if not self.instance.pk:
            if kind in Hat.IN_CLASS and not values.get("classroom"):
                self.add_error("classroom", gettext("Choose a class for this role."))
            if kind is not None and kind not in Hat.IN_CLASS and values.get("classroom"):
                self.add_error("classroom", gettext("This role has no class."))
            if kind == Kind.ELECTED:
                self.add_error("kind", gettext("Record a mandate instead: it has the date of the election."))
        if kind in (*Hat.TITLES, Kind.HELPER, Kind.RELAY) and not values.get("until"):
            self.add_error("until", gettext("Write the last day of this role."))
        one = self.instance.membership if self.instance.pk else values.get("membership")
        if one and values.get("until") and values["until"] < one.school.today():
            self.add_error("until", gettext("This day is past."))
        if kind not in Hat.TITLES:
            values["rights"] = []
        return values

    def _post_clean(self) -> None:
        """Leave the instance alone: the action writes."""


@admin.register(Hat)
class HatAdmin(SchoolScopedAdmin):
    school_path = "membership__school"
    questions = GIVEN
    refusals = (SchoolError, ValidationError)
    form = HatForm
    lede = gettext_lazy("What each person is in your schools. Taking a hat away ends it today.")
    list_display = ["kind", "since"]
    list_filter = ["kind", ("classroom", PolicyRelatedFilter)]
    list_select_related = ["membership__school", "membership__user", "classroom", "mandate__parent_list"]
    search_fields = ["membership__name"]
    fields = ["membership", "kind", "classroom", "until", "rights"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["membership", "kind", "classroom"] if obj else []

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.membership.name,
            "who": hat_in_words(obj),
            "notes": [days_in_words(obj)] if obj.until else [],
            "meta": obj.membership.school.name,
        }

    def may(self, act: str, person: Any, obj: Any = None) -> bool:
        """A director's hat is another director's to end; mandates have their own page."""
        allowed = super().may(act, person, obj)
        if not allowed or obj is None or act == "view" or not obj.kind:
            return allowed
        if obj.kind == Kind.DIRECTOR:
            return act != "change" and policy.can_give_direction(member_in(person, obj.membership.school))
        return obj.kind != Kind.ELECTED

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Whose hat it is to be, and which: what `may` asks about."""
        if not change:
            form.instance.membership, form.instance.kind = (
                form.cleaned_data["membership"],
                form.cleaned_data["kind"],
            )
        return form.instance

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> Hat:
        values = form.cleaned_data
        one = obj.membership if change else values["membership"]
        kind = obj.kind if change else values["kind"]
        room = obj.classroom if change else values["classroom"]
        if kind in (*Hat.TITLES, Kind.HELPER, Kind.RELAY):
            return actions.give_title(one, kind, by=by, until=values["until"], rights=values["rights"])
        return actions.give_hat(one, kind, by=by, classroom=room, until=values["until"], tell=True)

    def remove(self, obj: Any, *, by: User) -> None:
        actions.end_hat(obj, by=by, tell=True)

    def school_id_of(self, obj: Any) -> int | None:
        return obj.membership.school_id if obj.membership_id else None

    def acts_on(self, obj: Any) -> list[Act]:
        return _acts_on_roles(obj.membership)


class MandateForm(forms.ModelForm):
    """A mandate with its days; who holds it is chosen once."""

    elected_on = forms.DateField(
        label=gettext_lazy("Date of the election"),
        help_text=gettext_lazy("No mandate without it."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "Empty: until the next results, at latest on 30 November of the next school year."
        ),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["until"] = self.instance.hat.until

    def _post_clean(self) -> None:
        """Leave the instance alone: the action writes."""


@admin.register(Mandate)
class MandateAdmin(SchoolScopedAdmin):
    school_path = "hat__membership__school"
    questions = GIVEN
    refusals = (SchoolError,)
    form = MandateForm
    lede = gettext_lazy("What the elections of parents gave. Taking one away ends it today.")
    list_display = ["elected_on"]
    list_filter = [("parent_list", PolicyRelatedFilter)]
    list_select_related = ["hat__membership__school", "hat__membership__user", "parent_list"]
    search_fields = ["hat__membership__name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        who = "holder" if obj else "membership"
        return [who, "elected_on", "parent_list", "title", "until"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["holder", "elected_on"] if obj else []

    @admin.display(description=gettext_lazy("member"))
    def holder(self, obj: Mandate) -> str:
        return obj.hat.membership.name

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A member is chosen among those of the schools that one leads."""
        form: Any = super().get_form(
            request, obj, change=change, **{**kwargs, "fields": self._model_fields(obj)}
        )
        if obj is None:
            people = Membership.objects.filter(school__in=self.schools_for(request.user, "add")).present()
            field = forms.ModelChoiceField(queryset=people, label=gettext("member"))
            form.base_fields = {"membership": field, **form.base_fields}
        return form

    def _model_fields(self, obj: Any) -> list[str]:
        return ["parent_list", "title"] if obj else ["elected_on", "parent_list", "title"]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        return {
            "title": obj.hat.membership.name,
            "who": obj.parent_list.name if obj.parent_list else gettext("no list"),
            "notes": [obj.get_title_display(), day_in_words(obj.elected_on)],
            "meta": days_in_words(obj.hat),
        }

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.instance

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The school is that of the member chosen: the row has no hat before the act gives one."""
        by = cast(User, request.user)
        one = obj.hat.membership if change else form.cleaned_data["membership"]
        if one.school_id not in self.schools_for(by, "change" if change else "add"):
            raise PermissionDenied
        obj.pk = self.store(obj, form, by=by, change=change).pk

    def store(self, obj: Any, form: Any, *, by: User, change: bool) -> Mandate:
        values = form.cleaned_data
        return actions.give_mandate(
            obj.hat.membership if change else values["membership"],
            by=by,
            elected_on=obj.elected_on if change else values["elected_on"],
            until=values["until"],
            parent_list=values["parent_list"],
            title=values["title"],
            tell=True,
        )

    def school_id_of(self, obj: Any) -> int | None:
        return obj.hat.membership.school_id if obj.hat_id else None

    def remove(self, obj: Any, *, by: User) -> None:
        actions.end_hat(obj.hat, by=by, tell=True)

    def acts_on(self, obj: Any) -> list[Act]:
        return _acts_on_roles(obj.hat.membership)


def _acts_on_roles(one: Membership) -> list[Act]:
    rows = AuditEntry.objects.filter(school=one.school_id, facts__row=one.key, verb__startswith="hat_")
    return acts_in_words(rows, one.school_id)
