"""The admin of a text, full or version: its doors ask the catalogue's policy, its pages are our own."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.people.models import User
from accounts.people.requests import SignedInRequest
from foundation.administration import AdminPolicy, PolicyAdmin
from foundation.html import HtmlError
from resources.catalogue import actions, policy
from resources.catalogue.admin import deciding, editing, keeping, previewing, versions
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.errors import LibraryError
from resources.catalogue.models import Status
from resources.catalogue.states import moment_in_words, state_of


def may_edit(person: Any, text: Text | None = None) -> bool:
    return policy.can_edit(person)


def may_delete(person: Any, text: Text | None = None) -> bool:
    return policy.can_edit(person) if text is None else policy.can_delete(person, text)


class TextAdmin(PolicyAdmin):
    """Writing, preview, review, history and end of a text."""

    policy = AdminPolicy(view=may_edit, add=may_edit, change=may_edit, delete=may_delete)
    refusals = (LibraryError, HtmlError)
    actions = ["send_for_review", "accept", "archive"]
    list_select_related = ["last_author"]
    ordering = ["-updated"]

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, str, Callable]] = [
            ("apercu", "preview", previewing.preview),
            ("relecture", "review", deciding.review),
            ("envoyer", "submit", deciding.submit),
            ("reprendre", "cancel", deciding.cancel),
            ("garder", "keep", keeping.keep),
            ("rouvrir", "reopen", keeping.reopen),
            ("historique/<int:version>", "version", versions.compare),
            *self.own_pages(),
        ]
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        ours = [
            path(f"<int:pk>/{end}/", self.admin_site.admin_view(self.opened(view)), name=f"{name}_{page}")
            for end, page, view in pages
        ]
        return ours + super().get_urls()

    def view_on_site(self, obj: Text) -> str:
        return obj.get_absolute_url()

    def own_pages(self) -> list[tuple[str, str, Callable]]:
        return []

    def opened(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Hand `view` the text of the address, if this person may change it; 404 else."""

        def wrapped(request: HttpRequest, pk: Any, **kwargs: Any) -> HttpResponse:
            return view(self, request, self.text_for(request, pk), **kwargs)

        return update_wrapper(wrapped, view)

    def shown(self, page: Callable[..., HttpResponse], request: HttpRequest, pk: str) -> HttpResponse:
        return page(self, request, self.text_for(request, pk))

    def text_for(self, request: HttpRequest, pk: Any) -> Text:
        text = self.get_object(request, str(pk))
        if text is None or not self.has_change_permission(request, text):
            raise Http404
        return text

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        return editing.change(
            cast(Workshop, self), cast(SignedInRequest, request), self.text_for(request, object_id)
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        return versions.listing(
            cast(Workshop, self), cast(SignedInRequest, request), self.text_for(request, object_id)
        )

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        return keeping.delete(
            cast(Workshop, self), cast(SignedInRequest, request), self.text_for(request, object_id)
        )

    @admin.display(description=gettext_lazy("Last changed"), ordering="updated")
    def last_changed(self, obj: Text) -> str:
        return moment_in_words(obj.updated)

    # Bulk acts: each text by its own rule; what cannot be done is counted and said ----------------------

    @admin.action(description=gettext_lazy("Send for review"), permissions=["change"])
    def send_for_review(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._in_bulk(request, queryset, actions.submit_for_review, gettext("sent for review"))

    @admin.action(description=gettext_lazy("Accept and publish"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Publish the words that stood in this person's list; what changed since is refused in words."""

        def publish_as_seen(text: Text, by: User) -> None:
            actions.publish_text(text, by=by, edit_number=_number_seen(request, text))

        self._in_bulk(request, queryset, publish_as_seen, gettext("published"))

    @admin.action(description=gettext_lazy("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._in_bulk(request, queryset, actions.archive_text, gettext("archived"))

    def _in_bulk(self, request: HttpRequest, queryset: QuerySet, act: Callable, done: str) -> None:
        count = 0
        refused: list[tuple[str, str]] = []
        for text in queryset:
            try:
                act(text, by=cast(SignedInRequest, request).user)
                count += 1
            except (LibraryError, HtmlError) as error:
                refused.append((text.title, str(error)))
        if count:
            words = ngettext("%(count)d text %(done)s.", "%(count)d texts %(done)s.", count)
            messages.success(request, words % {"count": count, "done": done})
        for title, why in refused[:10]:
            messages.error(request, gettext("“%(title)s”: %(why)s") % {"title": title, "why": why})
        if len(refused) > 10:
            messages.error(request, gettext("And %(count)d more.") % {"count": len(refused) - 10})

    def row(self, request: Any, obj: Any) -> dict[str, Any]:
        state = state_of(obj)
        by = gettext("by %(name)s") % {"name": obj.last_author} if obj.last_author else ""
        changed = gettext("changed on %(when)s") % {"when": moment_in_words(obj.updated)}
        return {
            "title": obj.title,
            "state": state.bar,
            "state_word": state.word,
            "summary": obj.summary,
            "meta": " · ".join(part for part in (changed, by) if part),
            "is_public": obj.status == Status.PUBLISHED,
            "seen": obj.edit_number,
        }


def _number_seen(request: HttpRequest, text: Text) -> int:
    """Return the edit number that the list showed for `text`; 0, which no text has, when it showed none."""
    seen = request.POST.get(f"seen_{text.pk}", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
