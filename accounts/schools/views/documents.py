"""The shelf: papers of the school, each for those who may read it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, front_of, member_of
from accounts.schools.actions import documents as actions
from accounts.schools.forms.documents import DocumentForm
from accounts.schools.member import Member
from accounts.schools.models import Document, School
from accounts.schools.views.pages import crumbs, page
from accounts.schools.words import day_in_words
from foundation.prepared import Prepared
from foundation.uploads import serve

# Asked at every visit of the shelf, and for every paper opened.
_PAPERS = Prepared(lambda school: Document.objects.filter(school=school), school=int)


def shelf_rows(school: School, member: Member | None) -> list[dict[str, Any]]:
    """The papers that this person (None: a visitor) may read, newest first, as entries. 2 queries."""
    return [_row(school, paper) for paper in readable(school, member)]


def readable(school: School, member: Member | None) -> list[Document]:
    papers = _PAPERS.rows(school=school.pk)
    prefetch_related_objects(papers, "classrooms")
    return [
        paper
        for paper in papers
        if policy.can_read_document(member, paper, frozenset(room.pk for room in paper.classrooms.all()))
    ]


@require_safe
@login_not_required
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """List what the person may read; visitors see what is open to everyone."""
    school, member = front_of(request, slug)
    keeps = policy.can_keep_documents(member)
    rows = shelf_rows(school, member)
    if keeps:
        for row in rows:
            row["edit_url"] = reverse("document", args=[slug, row["key"]])
    context = {
        "school": school,
        "rows": rows,
        "keeps": keeps,
        "crumbs": crumbs(school, (gettext("Documents"), "")),
    }
    return render(request, "accounts/schools/documents.html", context)


@require_safe
@login_not_required
def file(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponseBase:
    """Serve a paper to whoever may read it; to all others there is none."""
    school, member = front_of(request, slug)
    paper = next((one for one in readable(school, member) if one.key == key), None)
    if paper is None or paper.file_name != name:
        raise Http404
    return serve(paper.stored, paper.file_name, paper.content_type)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put a paper on the shelf."""
    member = keeper(request, slug)
    form = DocumentForm(request.POST or None, request.FILES or None, school=member.school)
    if request.method == "POST" and form.is_valid() and form.taken:
        values = form.cleaned_data
        rooms = list(values["classrooms"])
        actions.add_document(member.school, values, rooms, form.taken, by=request.user)
        messages.success(request, gettext("The document is on the shelf."))
        return redirect("documents", slug)
    back = (gettext("Documents"), reverse("documents", args=[slug]))
    return page(
        request, member, "document", {"form": form, "paper": None}, back, (gettext("Add a document"), "")
    )


@require_http_methods(["GET", "POST"])
def document(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Correct what is said of a paper, or who reads it."""
    member = keeper(request, slug)
    paper = get_object_or_404(Document.objects.of_school(member.school), key=key)
    form = DocumentForm(request.POST or None, school=member.school, instance=paper)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.revise_document(paper, values, list(values["classrooms"]), by=request.user)
        messages.success(request, gettext("The document is corrected."))
        return redirect("documents", slug)
    back = (gettext("Documents"), reverse("documents", args=[slug]))
    return page(request, member, "document", {"form": form, "paper": paper}, back, (paper.title, ""))


@require_POST
def remove(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Take a paper off the shelf, with its file."""
    member = keeper(request, slug)
    paper = get_object_or_404(Document.objects.of_school(member.school), key=key)
    actions.remove_document(paper, by=request.user)
    messages.success(request, gettext("The document is taken off the shelf."))
    return redirect("documents", slug)


def keeper(request: SignedInRequest, slug: str) -> Member:
    """The person, who must have *documents*."""
    member = member_of(request, slug)
    allow(policy.can_keep_documents(member))
    return member


def _row(school: School, paper: Document) -> dict[str, Any]:
    rooms = [room.name for room in paper.classrooms.all()]
    readers = ", ".join(rooms) if paper.readers == Document.Readers.CLASSES else paper.get_readers_display()
    kind = "PDF" if paper.content_type == "application/pdf" else gettext("image")
    return {
        "key": paper.key,
        "title": paper.title,
        "url": reverse("document_file", args=[school.slug, paper.key, paper.file_name]),
        "who": capfirst(str(paper.get_kind_display())),
        "notes": [day_in_words(paper.dated)],
        "meta": f"{kind} · {filesizeformat(paper.size)} · {readers}",
    }
