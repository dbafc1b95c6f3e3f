"""The page as its readers will see it, with the words that wait; nothing is stored."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from foundation.html import HtmlError
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.refusing import told
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.drafts import newest_page
from resources.catalogue.snapshot import library


def preview(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    try:
        context = newest_page(text, library(request))
    except HtmlError as error:
        told(request, error)
        return HttpResponseRedirect(address(text, "change"))
    mark = {"name": gettext("Preview"), "text": _way_back(text)}
    return render(request, "resources/resource.html", {**context, "marks": [mark, *context["marks"]]})


def _way_back(text: Text) -> str:
    said = gettext("Only curators see this page.")
    back = gettext("Back to the text")
    return format_html('{} <a href="{}">{}</a>', said, address(text, "change"), back)
