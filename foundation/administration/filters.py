"""Filters of admin lists whose options are only what the person may see."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest


class PolicySimpleFilter(admin.SimpleListFilter):
    """A filter over values of our own, counted over the rows the list already limits."""


class PolicyRelatedFilter(admin.RelatedFieldListFilter):
    """A filter over rows of another model, limited by that model's own admin."""

    def field_choices(
        self, field: models.Field, request: HttpRequest, model_admin: ModelAdmin
    ) -> list[tuple[object, str]]:
        other = model_admin.admin_site._registry.get(field.remote_field.model)
        if other is None:
            return []
        return [(row.pk, str(row)) for row in other.get_queryset(request)]

    @property
    def include_empty_choice(self) -> bool:
        """No row for "none": it would say nothing to a reader."""
        return False
