"""Selections: an introduction, a period, resources in order with the reason of each."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.people.requests import SignedInRequest
from foundation.administration import AdminPolicy, PolicyAdmin
from foundation.html import HtmlError
from resources.catalogue.admin.texts import may_edit
from resources.catalogue.errors import AddressTaken, EditedMeanwhile, LibraryError
from resources.catalogue.models import Status
from resources.catalogue.words import day_in_words
from resources.collections import actions
from resources.collections.forms import CollectionForm, ItemFormSet, Items, item_rows
from resources.collections.models import Collection


def may_delete(person: Any, collection: Collection | None = None) -> bool:
    public = collection is not None and collection.status == Status.PUBLISHED
    return may_edit(person) and not public


@admin.register(Collection)
class CollectionAdmin(PolicyAdmin):
    policy = AdminPolicy(view=may_edit, add=may_edit, change=may_edit, delete=may_delete)
    refusals = (LibraryError, HtmlError)
    lede = gettext_lazy("Texts put together for one need, each with the reason it is there.")
    list_display = ["title", "updated"]
    list_filter = ["status"]
    search_fields = ["title", "slug"]
    ordering = ["featured", "title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(size=Count("items"))

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        size = ngettext("%(count)d reading", "%(count)d readings", obj.size) % {"count": obj.size}
        return {
            "title": obj.title,
            "who": obj.get_status_display(),
            "notes": [size],
            "meta": _period(obj),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._write(request, Collection())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        collection = self.get_object(request, object_id)
        if collection is None or not self.has_change_permission(request, collection):
            raise Http404
        return self._write(request, collection)

    def _write(self, request: HttpRequest, collection: Collection) -> HttpResponse:
        posted = request.POST if request.method == "POST" else None
        form = CollectionForm(posted, collection=collection)
        items = cast(Items, ItemFormSet(posted, initial=item_rows(collection), prefix="items"))
        others: Collection | None = None
        if posted is not None and form.is_valid() and items.is_valid():
            try:
                saved = _save(request, collection, form, items.items())
            except EditedMeanwhile as error:
                others = Collection.objects.get(pk=collection.pk)
                form = CollectionForm(_renumbered(posted, others.edit_number), collection=others)
                form.is_valid()
                form.add_error(None, str(error))
            except AddressTaken as error:
                form.add_error("slug", str(error))
            except self.refusals as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, gettext("“%(title)s” is saved.") % {"title": saved.title})
                return HttpResponseRedirect(self.change_url(saved))
        return self._page(request, collection, form, items, others)

    def _page(
        self,
        request: HttpRequest,
        collection: Collection,
        form: CollectionForm,
        items: Items,
        others: Collection | None,
    ) -> HttpResponse:
        title = collection.title if collection.pk else gettext("Make a selection")
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "collection": collection,
            "form": form,
            "items": items,
            "others": others,
            "others_items": item_rows(others) if others else [],
            "delete_url": _delete_url(collection) if may_delete(request.user, collection) else "",
            "public_url": collection.get_absolute_url() if collection.status == Status.PUBLISHED else "",
            "crumbs": [
                {"label": gettext("Administration"), "url": reverse("admin:index")},
                {"label": gettext("Selections"), "url": reverse("admin:resources_collection_changelist")},
                {"label": title, "url": ""},
            ],
        }
        return render(request, "admin/resources/collection_form.html", context)

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        actions.delete_collection(obj, by=cast(SignedInRequest, request).user)


def _save(request: HttpRequest, collection: Collection, form: CollectionForm, items: list) -> Collection:
    slug, by = form.cleaned_data["slug"], cast(SignedInRequest, request).user
    if not collection.pk:
        return actions.create_collection(slug, form.values(), items, by=by)
    number = form.cleaned_data["edit_number"] or 0
    return actions.revise_collection(collection, form.values(), items, by=by, edit_number=number, slug=slug)


def _renumbered(posted: Any, number: int) -> object:
    data = posted.copy()
    data["edit_number"] = str(number)
    return data


def _delete_url(collection: Collection) -> str:
    return reverse("admin:resources_collection_delete", args=[collection.pk]) if collection.pk else ""


def _period(collection: Collection) -> str:
    if collection.starts and collection.ends:
        days = {"start": day_in_words(collection.starts), "end": day_in_words(collection.ends)}
        return gettext("from %(start)s to %(end)s") % days
    if collection.starts:
        return gettext("from %(day)s") % {"day": day_in_words(collection.starts)}
    return gettext("until %(day)s") % {"day": day_in_words(collection.ends)} if collection.ends else ""
