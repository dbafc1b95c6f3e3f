"""One base for all that the admin shows: list, form, search, choices, deletion and history ask a policy.

Closed by default: a class that names no policy shows nothing, and a choice among rows of a model that has no
admin of its own offers none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from foundation.administration.lists import facets_of, pager_of, sortings_of
from foundation.typed import TypedField

Predicate = Callable[[Any, Any], bool]


def nobody(person: Any, obj: models.Model | None = None) -> bool:
    return False


# Attribute of a request whose act was refused.
REFUSAL = "admin_refusal"
# What Django's filters write behind a column's name.
FILTER_LOOKUPS = frozenset({"exact", "isnull", "gt", "gte", "lt", "lte", "id__exact", "year", "month", "day"})


@dataclass(frozen=True)
class AdminPolicy:
    """Who may do what with a kind of row: each a question about a person and a row (None: any of them)."""

    view: Predicate = nobody
    add: Predicate = nobody
    change: Predicate = nobody
    delete: Predicate = nobody


class _RefusedForm(forms.BaseForm):
    """A form whose act was refused: the reason stands above it, every field as it was typed."""

    refusal = ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.add_error(None, self.refusal)
        return cleaned


class PolicyAdmin(admin.ModelAdmin):
    """The only kind of ModelAdmin the portal's site takes; rows come from `visible_to` alone."""

    policy = AdminPolicy()
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        },
        models.CharField: {"form_class": TypedField, "widget": forms.TextInput},
        models.SlugField: {"widget": forms.TextInput},
        models.URLField: {"widget": forms.URLInput},
        models.EmailField: {"widget": forms.EmailInput},
        models.TextField: {"form_class": TypedField, "widget": forms.Textarea(attrs={"rows": 6})},
        models.PositiveSmallIntegerField: {"widget": forms.NumberInput},
    }
    list_per_page = 25
    show_full_result_count = False
    list_max_show_all = 0
    show_facets = admin.ShowFacets.ALWAYS
    view_on_site: Any = False
    # Errors of the actions this admin calls, whose words are for the person who asked.
    refusals: tuple[type[Exception], ...] = ()
    actions_selection_counter = False
    # A sentence under the title of the list, and under an empty one.
    lede: object = ""
    empty_text: object = ""
    hint_of_search: object = ""

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what a filter of the list offers may stand in its address, lest a hidden column be guessed."""
        offered = {item[0] if isinstance(item, tuple) else item for item in self.list_filter}
        names = {name for name in offered if isinstance(name, str)} | {self.date_hierarchy}
        return any(
            lookup == name or (lookup.startswith(f"{name}__") and lookup[len(name) + 2 :] in FILTER_LOOKUPS)
            for name in names
            if name
        )

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.policy.view(request.user, obj) or self.policy.change(request.user, obj)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.policy.add(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.policy.change(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.policy.delete(request.user, obj)

    def visible_to(self, person: Any, rows: models.QuerySet) -> models.QuerySet:
        """Limit `rows` to those `person` may know of; narrower where rows belong to a school."""
        return rows if self.policy.view(person, None) else rows.none()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.visible_to(request.user, super().get_queryset(request))

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> models.QuerySet:
        """Offer as choices only what the person may see in the other model's own admin."""
        other = self.admin_site._registry.get(db_field.remote_field.model)
        if not isinstance(other, PolicyAdmin):
            return db_field.remote_field.model._default_manager.none()
        return other.get_queryset(request)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Drop Django's wrapper of links and pop-ups around a choice."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    # An act refused is told in the form, with what was typed ------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except self.refusals as refusal:
            setattr(request, REFUSAL, str(refusal))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, REFUSAL, "")
        return type(form.__name__, (_RefusedForm, form), {"refusal": refusal}) if refusal else form

    def get_actions(self, request: HttpRequest) -> dict:
        """No deletion by the dozen: each row's own page says what goes with it."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Delete one by one, so that each goes through its own rule."""
        for obj in queryset:
            self.delete_model(request, obj)

    # Lists as indexes: entries instead of a table (LOOK §1) ---------------------------------------------

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        """Give one entry of the list: {title, url?, who?, notes?, state?, state_word?, summary?, meta?}."""
        return {"title": str(obj)}

    def change_url(self, obj: models.Model) -> str:
        return reverse(self._name("change"), args=[quote(obj.pk)])

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            context |= self._list_context(request, context["cl"])
        return response

    def _list_context(self, request: HttpRequest, changelist: Any) -> dict[str, Any]:
        rows = []
        for obj in changelist.result_list:
            rows.append({"url": self.change_url(obj), "pk": str(obj.pk), **self.row(request, obj)})
        return {
            "rows": rows,
            "facets": facets_of(changelist),
            "sortings": sortings_of(changelist),
            "pager": pager_of(changelist),
            "lede": self.lede,
            "empty_text": self.empty_text or gettext("Nothing here yet."),
            "hint_of_search": self.hint_of_search,
            "kept_parameters": [(name, value[-1]) for name, value in changelist.filter_params.items()],
            "add_url": self._add_url() if self.has_add_permission(request) else "",
            "title": _capital(str(self.opts.verbose_name_plural)),
        }

    # Where each page leads back to ---------------------------------------------------------------------

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        context |= {"list_url": self._list_url(), "delete_url": self._delete_url(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        back = reverse(self._name("change"), args=[quote(object_id)])
        context = {"list_url": self._list_url(), "back_url": back, **(extra_context or {})}
        try:
            return super().delete_view(request, object_id, context)
        except self.refusals as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(back)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: object, object_id: str
    ) -> HttpResponse:
        """What is absent and what is not this person's answer the same: 404."""
        raise Http404

    def _name(self, page: str) -> str:
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _list_url(self) -> str:
        return reverse(self._name("changelist"))

    def _delete_url(self, obj: models.Model | None) -> str:
        return reverse(self._name("delete"), args=[quote(obj.pk)]) if obj else ""

    def _add_url(self) -> str:
        return reverse(self._name("add"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
