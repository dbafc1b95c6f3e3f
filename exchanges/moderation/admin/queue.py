"""« À modérer »: one queue for the direction, the oldest first, with filters."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of
from exchanges.moderation import desk as desks
from exchanges.moderation import files, verbs
from exchanges.moderation.admin.facets import Filters
from exchanges.moderation.desk import Desk
from exchanges.moderation.items import Item
from exchanges.moderation.models import Decision
from exchanges.moderation.rows import Rows

PAGE = 50
Verb = Decision.Verb
# What may be decided on many at once, in this order.
TOGETHER = (
    Verb.PUBLISH, Verb.RETURN, Verb.KEEP, Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN,
    Verb.ACCEPT, Verb.REFUSE,
)  # fmt: skip


@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for the direction, whatever it is; what is shown of parents' groups is logged here."""
    desk = desk_of(request)
    filters = Filters(desk.items, request.GET)
    pages = Paginator(filters.chosen, PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown: list[Item] = list(page.object_list)
    rows, beside, token = rows_of(desk), desk.beside(shown), get_token(request)
    if request.method == "GET":
        desk.show(shown, beside=beside)
    context = {
        "lede": _lede(desk.items),
        "rows": (lines := rows.of(shown, beside, token)),
        "choosable": sum(line["choosable"] for line in lines),
        "choices": _choices(shown),
        "facets": filters.facets,
        "chosen": filters.in_words,
        "pager": _pager(filters, page, pages.num_pages),
        "last": rows.last(beside.last, token),
        "log_url": reverse("admin:exchanges_decision_changelist"),
    }
    return admin_page(request, "queue", gettext("To moderate"), context)


@require_safe
def file(request: SignedInRequest, key: str) -> HttpResponseBase:
    """A file of a message that this person reads in the queue."""
    return files.serve_of(desk_of(request), key)


def desk_of(request: SignedInRequest) -> Desk:
    """What waits for this person; 403 to whoever decides for no school."""
    desk = desks.of_direction(request.user, members_of(request.user))
    if not desk.members:
        raise PermissionDenied
    return desk


def rows_of(desk: Desk) -> Rows:
    return Rows(desk, reverse("admin:moderation_queue"), "admin:moderation_file", PAGE)


def admin_page(
    request: SignedInRequest, name: str, title: str, context: dict[str, Any], *steps: tuple[str, str]
) -> HttpResponse:
    """Render templates/admin/moderation/<name>.html in the admin's frame; a step is (label, address)."""
    crumbs = [{"label": gettext("Administration"), "url": reverse("admin:index")}]
    crumbs += [{"label": label, "url": url} for label, url in steps]
    crumbs.append({"label": title, "url": ""})
    shared = {**admin.site.each_context(request), "title": title, "crumbs": crumbs}
    return render(request, f"admin/moderation/{name}.html", shared | context)


def _lede(items: list[Item]) -> str:
    mine = [item for item in items if item.shows_text and not item.is_party]
    others = sum(item.can_warn for item in items)
    lines = [
        ngettext("%(count)d thing waits for you.", "%(count)d things wait for you.", len(mine))
        % {"count": len(mine)}
        if mine
        else gettext("Nothing waits for you.")
    ]
    if others:
        lines.append(
            ngettext(
                "Those who run the groups have %(count)d other before them.",
                "Those who run the groups have %(count)d others before them.",
                others,
            )
            % {"count": others}
        )
    lines.append(gettext("Nothing of this page is seen outside your school."))
    return " ".join(lines)


def _choices(items: list[Item]) -> list[tuple[str, str]]:
    """The decisions that at least one of these allows."""
    found = {verb for item in items for verb in item.decisions}
    return [(str(verb), verbs.label_of(verb)) for verb in TOGETHER if verb in found]


def _pager(filters: Filters, page: Any, total: int) -> dict[str, Any] | None:
    if total < 2:
        return None
    pager: dict[str, Any] = {"number": page.number, "total": total}
    if page.has_previous():
        url = filters.address(page=str(page.number - 1))
        pager["previous"] = {"url": url, "label": gettext("Page before: what waits longer")}
    if page.has_next():
        pager["next"] = {"url": filters.address(page=str(page.number + 1)), "label": gettext("Next page")}
    return pager
