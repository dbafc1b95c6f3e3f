"""Keep a text alive or end it: checked again, place on the home page, archived, reopened, deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from resources.catalogue import actions
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.refusing import REFUSALS, acted
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.errors import DateIsPast
from resources.catalogue.forms import ArchiveForm, CheckedForm, PlaceForm
from resources.catalogue.models import Resource, Variant


def keep(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    """Three small forms of a public text: nothing to change, its last day, its place on the home page."""
    posted = request.POST if request.method == "POST" else None
    checked = CheckedForm(posted if "_checked" in request.POST else None)
    archive = ArchiveForm(
        posted if {"_archive", "_archive_at"} & set(request.POST) else None, initial={"at": text.archive_at}
    )
    place = PlaceForm(
        posted if "_place" in request.POST else None, initial={"place": getattr(text, "featured", 0)}
    )
    done = _kept(request, text, checked, archive, place) if posted is not None else ""
    if done:
        messages.success(request, done)
        return HttpResponseRedirect(address(text, "change"))
    return text_page(
        admin,
        request,
        text,
        "admin/resources/keep.html",
        gettext("Keep or archive: %(title)s") % {"title": text.title},
        page=gettext("Keep or archive"),
        checked=checked,
        archive=archive,
        place=place if isinstance(text, Resource) else None,
    )


def _kept(
    request: SignedInRequest, text: Text, checked: CheckedForm, archive: ArchiveForm, place: PlaceForm
) -> str:
    """Do what the pressed button says; return what was done, or "" when a form tells why not."""
    form = next((form for form in (checked, archive, place) if form.is_bound), archive)
    if not form.is_valid():
        return ""
    try:
        if "_checked" in request.POST:
            actions.confirm_checked(text, by=request.user, until=form.cleaned_data["until"])
            return gettext("Noted: read again today, nothing to change.")
        if "_archive" in request.POST:
            actions.archive_text(text, by=request.user)
            return gettext("Archived: the site no longer shows it.")
        if "_archive_at" in request.POST:
            actions.schedule_archive(text, by=request.user, at=form.cleaned_data["at"])
            return gettext("Its last moment in the library is noted.")
        if "_place" in request.POST and isinstance(text, Resource):
            actions.put_forward(text, by=request.user, place=form.cleaned_data["place"])
            return gettext("Its place on the home page is noted.")
    except DateIsPast as error:
        form.add_error("until" if form is checked else "at", str(error))
    except REFUSALS as error:
        form.add_error(None, str(error))
    return ""


def reopen(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    done = gettext("Reopened: it is a draft again.")
    return acted(request, done, address(text, "change"), actions.reopen_text, text)


def delete(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    """Say what goes, and remove it; what was public is archived first."""
    if not admin.has_delete_permission(request, text):
        if text.is_public:
            messages.error(request, gettext("A published text is archived before it is deleted."))
            return HttpResponseRedirect(address(text, "keep"))
        raise PermissionDenied
    if request.method == "POST":
        return _delete(request, text)
    return text_page(
        admin,
        request,
        text,
        "admin/resources/delete.html",
        gettext("Delete “%(title)s”?") % {"title": text.title},
        page=gettext("Delete"),
        back_url=address(text, "change"),
        variants=list(text.variants.all()) if isinstance(text, Resource) else [],
        pictures=list(text.pictures.all()) if isinstance(text, Resource) else [],
    )


def _delete(request: SignedInRequest, text: Text) -> HttpResponse:
    listing = reverse(f"admin:resources_{text._meta.model_name}_changelist")
    try:
        if isinstance(text, Variant):
            actions.delete_variant(text, by=request.user)
        else:
            actions.delete_resource(text, by=request.user)
    except ProtectedError as error:
        held = ", ".join(sorted({str(getattr(row, "collection", row)) for row in error.protected_objects}))
        said = gettext("A selection still holds it: %(selections)s. Take it out there first.")
        messages.error(request, said % {"selections": held})
        return HttpResponseRedirect(address(text, "change"))
    except REFUSALS as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(address(text, "change"))
    messages.success(request, gettext("“%(title)s” is deleted. Its address says so.") % {"title": text.title})
    return HttpResponseRedirect(listing)
