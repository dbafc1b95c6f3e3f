"""What every page about one text shows around its own content: where one is, its state, its tools."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.models import Resource, Status, Variant, VariantKey
from resources.catalogue.states import state_of
from resources.catalogue.words import day_in_words, label_of


def text_page(
    admin: Workshop, request: SignedInRequest, text: Text, template: str, title: str, **context: Any
) -> HttpResponse:
    """Render an admin page about `text`; `title` is its h1, the breadcrumb's last word comes with `page`."""
    page = str(context.pop("page", title))
    shared = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "text": text,
        "title": title,
        "crumbs": crumbs(admin, text, page),
        "note": note(text),
        "tools": tools(request, text),
    }
    return render(request, template, {**shared, **context})


def crumbs(admin: Workshop, text: Text, page: str) -> list[dict[str, str]]:
    listing = reverse(f"admin:resources_{text._meta.model_name}_changelist")
    rows = [
        {"label": gettext("Administration"), "url": reverse("admin:index")},
        {"label": str(admin.opts.verbose_name_plural).capitalize(), "url": listing},
    ]
    if text.pk:
        rows.append({"label": Truncator(text.title).chars(60), "url": address(text, "change")})
    return [*rows, {"label": page, "url": ""}]


def note(text: Text) -> dict[str, Any]:
    """The margin: state, version, who wrote last, next reading."""
    notes = []
    if isinstance(text, Variant):
        notes.append(label_of(VariantKey, text.key))
    if text.last_author:
        notes.append(gettext("written by %(name)s") % {"name": text.last_author})
    if text.review_by:
        notes.append(gettext("to be reviewed by %(day)s") % {"day": day_in_words(text.review_by)})
    state = state_of(text)
    return {"state_word": state.word, "bar": state.bar, "notes": notes}


def tools(request: SignedInRequest, text: Text) -> list[dict[str, Any]]:
    """The pages of a text, in words; only those that lead somewhere today."""
    if not text.pk:
        return []
    pages = [("change", gettext("Write")), ("preview", gettext("Preview"))]
    if text.in_review_since:
        pages.append(("review", gettext("Review")))
    pages.append(("history", gettext("History")))
    if isinstance(text, Resource):
        pages += [("pictures", gettext("Images")), ("links", gettext("Draft link"))]
        pages.append(("rename", gettext("Address")))
    if text.status == Status.PUBLISHED:
        pages.append(("keep", gettext("Keep or archive")))
    here = request.path_info
    rows = [{"label": label, "url": address(text, page)} for page, label in pages]
    if text.status == Status.PUBLISHED:
        rows.append({"label": gettext("See on the site"), "url": text.get_absolute_url()})
    return [{**row, "current": row["url"] == here} for row in rows]
