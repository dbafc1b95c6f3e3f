"""Give a resource another address; the former one leads to it for ever."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from resources.catalogue import actions
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.refusing import REFUSALS
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.forms import RenameForm
from resources.catalogue.models import OldSlug, Resource


def rename(admin: Workshop, request: SignedInRequest, text: Resource) -> HttpResponse:
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"slug": text.slug})
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.rename_resource(text, form.cleaned_data["slug"], by=request.user)
        except REFUSALS as error:
            form.add_error("slug", str(error))
            text.refresh_from_db()
        else:
            said = gettext("Its address is now %(url)s. The former ones lead to it.")
            messages.success(request, said % {"url": saved.get_absolute_url()})
            return HttpResponseRedirect(address(text, "change"))
    former = OldSlug.objects.filter(place=OldSlug.Place.RESOURCE, target=text.slug)
    return text_page(
        admin,
        request,
        text,
        "admin/resources/rename.html",
        gettext("Address of “%(title)s”") % {"title": text.title},
        page=gettext("Address"),
        form=form,
        former=[str(row) for row in former],
    )
