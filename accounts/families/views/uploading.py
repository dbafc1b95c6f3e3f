"""Send a list: the first page of an import, and the choice of columns for a file of no known model."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.families.actions import note_failure, preview_import
from accounts.families.errors import WORDS, UnreadableFile
from accounts.families.forms import ColumnsForm, FileForm, UploadForm
from accounts.families.layouts import MODEL_HEADER, Layout
from accounts.families.reading import UnknownColumns
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from accounts.schools.models import SchoolYear
from accounts.schools.years import year_named

# One's latest preview (school, key), told from that of nobody once it is over.
LATEST = "import_plan"


@require_http_methods(["GET", "HEAD", "POST"])
def import_families(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what to export and take the file; what it holds is shown before anything is stored."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else ()
    form = UploadForm(*sent, school=member.school, year=request.GET.get("annee", ""))
    if not (posted and _is_received(request, member, form)):
        return _upload_page(request, member, form)
    try:
        return _preview(request, member, form, form.year)
    except UnknownColumns as unknown:
        columns = ColumnsForm(
            titles=unknown.titles,
            who=form.cleaned_data["who"],
            year=form.cleaned_data.get("year", ""),
        )
        return _columns_page(request, member, columns)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the columns chosen, and the file again: it was not kept."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    if request.method != "POST":
        return redirect("import_families", slug)
    form = ColumnsForm(request.POST, request.FILES)
    year = year_named(member.school, request.POST.get("year", ""))
    if year is None:
        return redirect("import_families", slug)
    if not _is_received(request, member, form):
        return _columns_page(request, member, form)
    try:
        return _preview(request, member, form, year, form.layout)
    except ValidationError as error:
        form.add_error(None, error)
        note_failure(member.school, by=request.user, code="child_column")
        return _columns_page(request, member, form)


@require_safe
def import_model(request: HttpRequest, slug: str) -> HttpResponse:
    """Give our own model, empty, as a spreadsheet opens it."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    body = "\ufeff" + ";".join(MODEL_HEADER) + "\r\n"
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = gettext("list-of-adults")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _preview(
    request: HttpRequest,
    member: Member,
    form: FileForm,
    year: SchoolYear | None,
    choose: Callable[[list[str]], Layout] | None = None,
) -> HttpResponse:
    """Go to the preview, or back to the form with the reason. Raises UnknownColumns, ValidationError."""
    who = form.cleaned_data["who"]
    try:
        plan = preview_import(
            member.school, form.content(), by=request.user, hat=who, choose=choose, year=year
        )
    except UnreadableFile as error:
        _refuse(request, member, form, error.code)
        page = _columns_page if isinstance(form, ColumnsForm) else _upload_page
        return page(request, member, form)
    request.session[LATEST] = [member.school.pk, plan.key]
    return redirect("import_preview", member.school.slug, plan.key)


def _is_received(request: HttpRequest, member: Member, form: FileForm) -> bool:
    """Whether the form is whole."""
    valid = form.is_valid()
    if not valid and "list" in form.errors:
        note_failure(member.school, by=request.user, code="missing")
    return valid


def _refuse(request: HttpRequest, member: Member, form: FileForm, code: str) -> None:
    form.add_error("list", WORDS[code])
    note_failure(member.school, by=request.user, code=code)


def _upload_page(request: HttpRequest, member: Member, form: FileForm) -> HttpResponse:
    context = {"member": member, "school": member.school, "form": form, "crumbs": crumbs(member)}
    return render(request, "accounts/families/upload.html", context)


def _columns_page(request: HttpRequest, member: Member, form: FileForm) -> HttpResponse:
    trail = crumbs(member, gettext("Columns"))
    context = {"member": member, "school": member.school, "form": form, "crumbs": trail}
    return render(request, "accounts/families/columns.html", context)


def crumbs(member: Member, last: str = "") -> list[dict[str, str]]:
    """Return the way to a page of the import."""
    school = member.school
    own = {"label": gettext("Import a list"), "url": reverse("import_families", args=[school.slug])}
    trail = [{"label": school.name, "url": school.get_absolute_url()}, own]
    if last:
        return [*trail, {"label": last, "url": ""}]
    own["url"] = ""
    return trail
