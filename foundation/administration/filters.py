"""Filters of admin lists whose options are only what the person may see."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest


class PolicySimpleFilter(admin.SimpleListFilter):
    """A filter over values of our own, counted over the rows the list already limits."""


class PolicyRelatedFilter(admin.RelatedFieldListFilter):
    """A filter over rows of another model, limited by that model's own admin."""

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: dict,
        model: type[models.Model],
        model_admin: ModelAdmin,
        field_path: str,
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = field.remote_field.model._meta.verbose_name_plural

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        """Asked once a request: Django builds every filter anew to count each facet."""
        other = model_admin.admin_site._registry.get(field.remote_field.model)
        if other is None:
            return []
        kept = request.__dict__.setdefault("_policy_choices", {})
        if field not in kept:
            kept[field] = [(row.pk, str(row)) for row in other.get_queryset(request)]
        return kept[field]

    @property
    def include_empty_choice(self) -> bool:
        """No row for "none": it would say nothing to a reader."""
        return False
