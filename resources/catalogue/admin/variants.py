"""The list of versions, and the pages of each: written beside the full text."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.people.requests import SignedInRequest
from foundation.administration import key_in
from resources.catalogue import actions
from resources.catalogue.admin import editing
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.resources import versions_of
from resources.catalogue.admin.texts import TextAdmin
from resources.catalogue.comparison import in_words
from resources.catalogue.forms import VariantForm
from resources.catalogue.models import Resource, Variant, VariantKey
from resources.catalogue.words import label_of


@admin.register(Variant)
class VariantAdmin(TextAdmin):
    lede = gettext_lazy("Simple versions and translations. One is started from the page of its resource.")
    empty_text = gettext_lazy("No version here. Open a resource to write one.")
    hint_of_search = gettext_lazy("Words of the title.")
    list_display = ["title", "last_changed", "review_by"]
    list_filter = ["status", "key"]
    list_select_related = ["last_author", "resource"]
    search_fields = ["title"]

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        found = super().row(request, obj)
        return {**found, "notes": [label_of(VariantKey, obj.key)], "lang": obj.language}

    def _add_url(self) -> str:
        """Versions are started from their resource, never from nowhere."""
        return ""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        key = request.GET.get("key", "")
        resource = Resource.objects.filter(pk=key_in(request.GET.get("resource", ""))).first()
        if resource is None or key not in VariantKey.values:
            messages.info(request, gettext("Open the resource first: its page starts each version."))
            return HttpResponseRedirect(reverse("admin:resources_resource_changelist"))
        written = resource.variants.filter(key=key).first()
        if written:
            return HttpResponseRedirect(address(written, "change"))
        return editing.create(self, cast(SignedInRequest, request), Variant(resource=resource, key=key))

    def form_for(self, text: Variant, data: Any) -> VariantForm:
        return VariantForm(data, text=text)

    def create(self, text: Variant, form: VariantForm, request: HttpRequest) -> Variant:
        return actions.create_variant(
            text.resource, text.key, form.values(), by=cast(SignedInRequest, request).user
        )

    def title_of_new(self, text: Variant) -> str:
        of_what = {"version": label_of(VariantKey, text.key), "title": text.resource.title}
        return gettext("%(version)s: %(title)s") % of_what

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {**super().get_model_perms(request), "add": False}

    def beside(self, text: Variant) -> Mapping[str, dict]:
        """The full text, field by field, beside what is written from it."""
        resource = text.resource
        return {
            name: {
                "name": name,
                "title": gettext("Full text"),
                "text": in_words(name, getattr(resource, name)) or gettext("(empty)"),
                "lang": resource.language,
                "take": False,
                "chosen": False,
            }
            for name in ("title", "summary", "en_bref", "body")
        }

    def around(self, text: Variant) -> dict[str, Any]:
        return {"versions": versions_of(text.resource, text.key)}
