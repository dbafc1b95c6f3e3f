"""The list of resources and the pages of each."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts.people.requests import SignedInRequest
from foundation.administration import PolicyRelatedFilter, PolicySimpleFilter
from resources.catalogue import actions
from resources.catalogue.admin import editing, illustrating, lending, naming
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.texts import TextAdmin
from resources.catalogue.anytext import Text
from resources.catalogue.forms import ResourceForm
from resources.catalogue.models import Audience, Resource, Theme, VariantKey
from resources.catalogue.states import state_of
from resources.catalogue.words import kind_in_words, levels_in_words

MAX_SUGGESTIONS = 12
MAX_SEARCH = 200


class AudienceFilter(PolicySimpleFilter):
    """For whom: a list in each row, searched as text on both engines."""

    title = gettext_lazy("for whom")
    parameter_name = "pour"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(Audience.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in Audience.values:
            return queryset
        rows = queryset.annotate(for_whom=Cast("audiences", TextField()))
        return rows.filter(for_whom__contains=f'"{self.value()}"')


class ToCheckFilter(PolicySimpleFilter):
    """Published, and past the date by which somebody was to read it again."""

    title = gettext_lazy("review date")
    parameter_name = "a_verifier"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("oui", gettext_lazy("past"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.past_review(timezone.localdate()) if self.value() == "oui" else queryset


@admin.register(Resource)
class ResourceAdmin(TextAdmin):
    lede = gettext_lazy("Every text of the library, the last changed first.")
    hint_of_search = gettext_lazy("Words of the title, or the end of the address.")
    empty_text = gettext_lazy("No resource here. Take a filter off, or write the first one.")
    list_display = ["title", "last_changed", "review_by"]
    list_filter = ["status", "kind", ("themes", PolicyRelatedFilter), AudienceFilter, ToCheckFilter]
    search_fields = ["title"]

    def get_urls(self) -> list[URLPattern]:
        suggestions = self.admin_site.admin_view(self.suggestions)
        return [path("suggestions/", suggestions, name="resources_suggestions"), *super().get_urls()]

    def own_pages(self) -> list[tuple[str, str, Callable]]:
        return [
            ("adresse", "rename", naming.rename),
            ("liens", "links", lending.links),
            ("images", "pictures", illustrating.pictures),
        ]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        kind = kind_in_words(obj.kind, obj.addressee, obj.number)
        levels = levels_in_words(obj.levels)
        return {**super().row(request, obj), "notes": [*kind, levels] if levels else kind}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find titles whatever their accents and case, which SQLite alone does not."""
        words = folded(search_term[:MAX_SEARCH]).split()
        if not words:
            return queryset, False
        rows = queryset.order_by().values_list("pk", "title", "slug")
        names = ((pk, folded(f"{title} {slug}")) for pk, title, slug in rows)
        found = [pk for pk, name in names if all(word in name for word in words)]
        return queryset.filter(pk__in=found), False

    def suggestions(self, request: HttpRequest) -> JsonResponse:
        """[{slug, title}] of resources this person may see, for the fields that take an address."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = request.GET.get("q", "")[:80]
        rows, _ = self.get_search_results(request, self.get_queryset(request), term)
        found = rows.order_by("title").values("slug", "title")[:MAX_SUGGESTIONS] if term.strip() else []
        return JsonResponse({"results": list(found)})

    # What the pages of writing ask ---------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return editing.create(self, cast(SignedInRequest, request), Resource())

    def form_for(self, text: Resource, data: Any) -> ResourceForm:
        return ResourceForm(data, text=text, themes=list(Theme.objects.all()))

    def create(self, text: Resource, form: ResourceForm, request: HttpRequest) -> Resource:
        return actions.create_resource(
            form.cleaned_data["slug"], form.values(), by=cast(SignedInRequest, request).user
        )

    def title_of_new(self, text: Resource) -> str:
        return gettext("Write a resource")

    def beside(self, text: Text) -> Mapping[str, dict]:
        return {}

    def around(self, text: Resource) -> dict[str, Any]:
        """The aside: the versions of the text, and how to write."""
        return {"versions": versions_of(text) if text.pk else []}


def versions_of(resource: Resource, current: str = "") -> list[dict[str, Any]]:
    """Every version a resource may have: {label, state, url, exists, current}."""
    present = {variant.key: variant for variant in resource.variants.all()}
    rows = []
    for key, label in VariantKey.choices:
        variant = present.get(key)
        add = f"{reverse('admin:resources_variant_add')}?resource={resource.pk}&key={key}"
        rows.append(
            {
                "label": label,
                "state": state_of(variant).word if variant else "",
                "url": address(variant, "change") if variant else add,
                "exists": variant is not None,
                "current": key == current,
            }
        )
    return rows


def folded(text: str) -> str:
    """Without accents or case; œ as oe."""
    spread = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
