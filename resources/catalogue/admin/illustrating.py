"""The images of a resource: sent, made anew, named, and the line that puts one in the text."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from foundation.administration import key_in
from foundation.uploads import UploadError, remake_renditions
from resources.catalogue import actions
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.refusing import REFUSALS, acted
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.forms import PictureForm
from resources.catalogue.models import Resource
from resources.catalogue.words import weight_in_words


def pictures(admin: Workshop, request: SignedInRequest, text: Resource) -> HttpResponse:
    posted = request.method == "POST"
    if posted and "_remove" in request.POST:
        return _remove(request, text)
    form = PictureForm(request.POST, request.FILES) if posted else PictureForm()
    made = ""
    if posted and form.is_valid():
        made = _add(request, text, form)
        form = PictureForm() if made else form
    in_use = actions.names_in_use(text)
    rows = [
        {
            "pk": picture.pk,
            "name": picture.name,
            "url": picture.small.url if picture.small else picture.file.url,
            "width": picture.width,
            "height": picture.height,
            "weight": weight_in_words(picture.weight),
            "in_use": picture.name in in_use,
        }
        for picture in text.pictures.all()
    ]
    return text_page(
        admin,
        request,
        text,
        "admin/resources/pictures.html",
        gettext("Images: %(title)s") % {"title": text.title},
        page=gettext("Images"),
        form=form,
        made=made,
        rows=rows,
    )


def _add(request: SignedInRequest, text: Resource, form: PictureForm) -> str:
    """Return the Markdown line that shows the new image, or "" when the form tells why not."""
    try:
        renditions = remake_renditions(form.cleaned_data["file"])
        picture = actions.add_picture(text, form.cleaned_data["name"], renditions, by=request.user)
    except UploadError as error:
        form.add_error("file", str(error))
        return ""
    except REFUSALS as error:
        form.add_error("name", str(error))
        return ""
    messages.success(request, gettext("The image is here. Copy the line below into the text."))
    words = " ".join(form.cleaned_data["alternative"].replace("[", "(").replace("]", ")").split())
    return f"![{words}]({picture.name})"


def _remove(request: SignedInRequest, text: Resource) -> HttpResponse:
    picture = text.pictures.filter(pk=key_in(request.POST["_remove"])).first()
    if picture is None:
        return HttpResponseRedirect(address(text, "pictures"))
    done = gettext("The image %(name)s is removed.") % {"name": picture.name}
    return acted(request, done, address(text, "pictures"), actions.remove_picture, picture)
