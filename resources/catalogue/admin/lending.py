"""Lend a draft by a secret link, see which are live, take them back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from foundation.administration import key_in
from resources.catalogue import actions
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.models import Resource
from resources.catalogue.states import moment_in_words


def links(admin: Workshop, request: SignedInRequest, text: Resource) -> HttpResponse:
    """The new link is shown by the answer to the press itself, and never again."""
    made = ""
    if request.method == "POST" and "_make" in request.POST:
        token = actions.make_draft_link(text, by=request.user)
        made = f"{settings.SITE_URL}{reverse('draft', args=[token])}"
    elif request.method == "POST":
        wanted = request.POST.get("link", "")
        pk = key_in(wanted) if wanted else None
        count = actions.revoke_draft_links(text, by=request.user, pk=pk)
        if count:
            messages.success(request, gettext("Taken back: this link opens nothing any more."))
        return HttpResponseRedirect(address(text, "links"))
    rows = [
        {
            "pk": link.pk,
            "until": moment_in_words(link.expires),
            "made": moment_in_words(link.made),
            "who": str(link.made_by) if link.made_by else "",
        }
        for link in text.draft_links.filter(expires__gt=timezone.now()).select_related("made_by")
    ]
    return text_page(
        admin,
        request,
        text,
        "admin/resources/links.html",
        gettext("Draft link: %(title)s") % {"title": text.title},
        page=gettext("Draft link"),
        made=made,
        rows=rows,
    )
