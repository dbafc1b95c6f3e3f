"""The operator's view of accounts and host roles; nobody else knows of these pages."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.people import policy, roles
from accounts.people.models import HostRole, User
from accounts.people.names import clean_name
from accounts.people.requests import SignedInRequest
from foundation.administration import AdminPolicy, PolicyAdmin


def operator(person: Any, obj: models.Model | None = None) -> bool:
    return policy.can_see_people(person)


def nobody(person: Any, obj: models.Model | None = None) -> bool:
    return False


class AccountForm(forms.ModelForm):
    """The name, as its owner would be let write it."""

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        return name if name == self.instance.display_name else clean_name(name)


@admin.register(User)
class UserAdmin(PolicyAdmin):
    policy = AdminPolicy(view=operator, add=operator, change=operator, delete=nobody)
    refusals = (roles.RoleError,)
    lede = gettext_lazy("One account a person. Passwords and second factors are seen by nobody.")
    hint_of_search = gettext_lazy("User name, name shown, or e-mail address.")
    list_display = ["username", "date_joined"]
    list_filter = ["is_active"]
    search_fields = ["username", "display_name", "email"]
    fields = ["username", "display_name", "email", "language", "is_active"]
    form = AccountForm

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("host_role_rows")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """An address is changed by its owner alone: whoever receives the code holds the account."""
        return ["email"] if obj and obj.email else []

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            choices = [("fr", gettext("French")), ("ar", gettext("Arabic")), ("en", gettext("English"))]
            return forms.ChoiceField(label=gettext("Language"), choices=choices, initial="fr")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        given = [role.get_role_display() for role in obj.host_role_rows.all()]
        return {
            "title": str(obj),
            "state": "" if obj.is_active else "alert",
            "state_word": "" if obj.is_active else gettext("Closed"),
            "notes": given,
            "meta": " · ".join(part for part in (obj.username, obj.email or "") if part),
        }

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        roles.store_account(obj, by=cast(SignedInRequest, request).user)


@admin.register(HostRole)
class HostRoleAdmin(PolicyAdmin):
    policy = AdminPolicy(view=operator, add=operator, change=operator, delete=operator)
    refusals = (roles.RoleError,)
    lede = gettext_lazy("Who works for the host: curators, host moderators, operators.")
    list_display = ["role", "since"]
    list_filter = ["role"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__display_name"]
    fields = ["user", "role", "since", "until"]

    def formfield_for_foreignkey(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """A person is named by their user name: a list of everybody would be long, and say too much."""
        return PersonField(label=gettext("User name")) if db_field.name == "user" else None

    def get_readonly_fields(self, request: HttpRequest, obj: HostRole | None = None) -> list[str]:
        return ["user", "role"] if obj else []

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        notes = [gettext("since %(day)s") % {"day": date_format(obj.since, "DATE_FORMAT")}]
        if obj.until:
            notes.append(gettext("until %(day)s") % {"day": date_format(obj.until, "DATE_FORMAT")})
        return {"title": str(obj.user), "who": obj.get_role_display(), "notes": notes}

    def save_model(self, request: HttpRequest, obj: HostRole, form: forms.ModelForm, change: bool) -> None:
        roles.store_role(obj, by=cast(SignedInRequest, request).user)

    def delete_model(self, request: HttpRequest, obj: HostRole) -> None:
        roles.end_role(obj, by=cast(SignedInRequest, request).user)


class PersonField(forms.Field):
    """A person by user name, whatever its case."""

    def to_python(self, value: Any) -> User | None:
        name = str(value or "").replace("\x00", "").strip()
        if not name:
            return None
        found = User.objects.filter(username__iexact=name).first()
        if found is None:
            raise forms.ValidationError(gettext("Nobody has this user name."))
        return found
