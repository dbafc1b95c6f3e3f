"""Write a text: the form, what it says before it saves, and two people who wrote at once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from foundation.html import HtmlError, image_uses
from resources.catalogue import actions, history
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.notices import notices_of
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.comparison import LABELS, differing, in_words
from resources.catalogue.duplicates import likely_duplicates
from resources.catalogue.errors import AddressTaken, EditedMeanwhile, LibraryError
from resources.catalogue.fields import latest_values, plain_values
from resources.catalogue.forms import ResourceForm, TextForm
from resources.catalogue.models import Resource, Variant
from resources.catalogue.states import moment_in_words

TEMPLATE = "admin/resources/text_form.html"
# Fields of the form that hold one value of a text under other names.
FORM_NAMES = {"themes": ("main_theme", "other_themes")}


def change(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    """Show the form of a text and save what comes back."""
    form = admin.form_for(text, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or _warned(form, text):
        return form_page(admin, request, text, form)
    values = {**form.values(), **_taken(request, text)}
    number = form.cleaned_data["edit_number"] or 0
    try:
        saved = save(text, values, request=request, edit_number=number)
    except EditedMeanwhile:
        return conflict_page(admin, request, type(text).objects.get(pk=text.pk), form, number)
    except (LibraryError, HtmlError) as error:
        form.add_error(None, str(error))
        return form_page(admin, request, text, form)
    _record_readers(saved, form, request)
    return onward(request, saved)


def create(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    """Show an empty form and start a draft with what comes back; `text` is not stored yet."""
    form = admin.form_for(text, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or _warned(form, text):
        return form_page(admin, request, text, form)
    try:
        saved = admin.create(text, form, request)
    except (LibraryError, HtmlError) as error:
        form.add_error("slug" if isinstance(error, AddressTaken) else None, str(error))
        return form_page(admin, request, text, form)
    _record_readers(saved, form, request)
    return onward(request, saved)


def save(text: Text, values: Mapping[str, Any], *, request: SignedInRequest, edit_number: int) -> Text:
    """Save, and save again over acts that changed no word (an hour set, a place given) since then."""
    try:
        return actions.revise_text(text, values, by=request.user, edit_number=edit_number)
    except EditedMeanwhile:
        now = type(text).objects.get(pk=text.pk)
        opened = history.version_at(now, edit_number)
        if opened is None or differing(history.values_at(now, opened), latest_values(now)):
            raise
        return actions.revise_text(now, values, by=request.user, edit_number=now.edit_number)


def onward(request: SignedInRequest, text: Text) -> HttpResponse:
    """Say what was saved and go where the pressed button leads."""
    _say_missing_words(request, text)
    if "_submit" in request.POST:
        try:
            actions.submit_for_review(text, by=request.user)
        except LibraryError as error:
            messages.warning(request, gettext("Saved. %(why)s") % {"why": error})
        else:
            messages.success(request, gettext("Saved and sent: another curator will read it."))
        return HttpResponseRedirect(address(text, "change"))
    if text.pending is not None:
        messages.success(request, gettext("Saved. The site keeps the former words until they are accepted."))
    else:
        messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(address(text, "preview" if "_preview" in request.POST else "change"))


def form_page(
    admin: Workshop, request: SignedInRequest, text: Text, form: TextForm, **context: Any
) -> HttpResponse:
    title = text.title if text.pk else admin.title_of_new(text)
    beside = context.pop("beside", None) or admin.beside(text)
    return text_page(
        admin,
        request,
        text,
        TEMPLATE,
        title,
        page=gettext("Write"),
        form=form,
        groups=rows_of(form, beside),
        notices=notices_of(request, text),
        duplicates=getattr(form, "duplicates", []),
        conflict=context.pop("conflict", None),
        is_wide=bool(beside),
        delete_url=address(text, "delete") if text.pk else "",
        **admin.around(text),
    )


def rows_of(form: TextForm, beside: Mapping[str, dict]) -> list[dict[str, Any]]:
    """Put beside each field the text it is written against, if there is one."""
    groups = []
    for group in form.groups():
        fields = [{"field": field, "beside": beside.get(field.name)} for field in group["fields"]]
        groups.append({**group, "rows": fields, "folded": group["folded"]})
    return groups


def conflict_page(
    admin: Workshop, request: SignedInRequest, text: Text, form: TextForm, opened_at: int
) -> HttpResponse:
    """Show both writings, field by field: keep one, take the other, or write a third; nothing is stored."""
    theirs, mine = latest_values(text), plain_values(form.values())
    opened = history.version_at(text, opened_at)
    base = history.values_at(text, opened) if opened else {}
    data = request.POST.copy()
    data["edit_number"] = str(text.edit_number)
    again = admin.form_for(text, data)
    again.is_valid()
    who = str(text.last_author) if text.last_author else gettext("somebody else")
    beside, fields = {}, []
    for name in differing(theirs, mine):
        untouched = name in base and (base[name] or None) == (mine[name] or None)
        row = {
            "name": name,
            "title": gettext("Text of %(name)s") % {"name": who},
            "text": in_words(name, theirs[name]) or gettext("(empty)"),
            "lang": text.language,
            "take": True,
            "chosen": untouched,
        }
        beside[FORM_NAMES.get(name, (name,))[0]] = row
        fields.append(str(LABELS[name]))
    conflict = {
        "who": who,
        "when": moment_in_words(text.updated),
        "fields": fields,
        "theirs_url": address(text, "change"),
    }
    return form_page(admin, request, text, again, beside=beside, conflict=conflict)


def _taken(request: SignedInRequest, text: Text) -> dict[str, Any]:
    """Values the person took from the other writing; the form's number guards that it is still that one."""
    latest = latest_values(text)
    return {name: latest[name] for name in request.POST.getlist("take") if name in latest}


def _warned(form: TextForm, text: Text) -> bool:
    """Warn once of likely duplicates; the answer is a checkbox, and nothing typed is lost."""
    if not isinstance(form, ResourceForm) or form.cleaned_data["not_a_duplicate"]:
        return False
    title, source = form.cleaned_data["title"], form.cleaned_data["source_address"]
    before = latest_values(text)
    if text.pk and title == before["title"] and source == before["source_address"]:
        return False
    form.duplicates = [
        {"title": other.title, "url": address(other, "change"), "state": other.get_status_display()}
        for other in likely_duplicates(title, source, apart_from=text.pk)
    ]
    if form.duplicates:
        form.add_error("not_a_duplicate", gettext("The library may already have this text. See the list."))
    return bool(form.duplicates)


def _say_missing_words(request: SignedInRequest, text: Text) -> None:
    """Tell at once what would stop the publication: an image without words, or that is not there."""
    body = str(latest_values(text)["body"])
    uses = image_uses(body)
    resource = text if isinstance(text, Resource) else text.resource
    known = set(resource.pictures.values_list("name", flat=True)) if uses else set()
    for use in uses:
        if not use.alternative:
            said = gettext("The image %(name)s has no alternative text: it cannot be published so.")
            messages.warning(request, said % {"name": use.name})
        if use.name not in known:
            said = gettext("The image %(name)s is not among the images of this text: only its words show.")
            messages.warning(request, said % {"name": use.name})


def _record_readers(text: Text, form: TextForm, request: SignedInRequest) -> None:
    if isinstance(text, Variant):
        actions.record_readers(text, form.cleaned_data["read_by"], by=request.user)
