"""Addresses of messages' files, of the way from the library, and out of mails, the same for every school."""

from django.urls import path, re_path

from exchanges.discussions.views import attachments, choosing, mailed

urlpatterns = [
    re_path(
        r"^fichiers/(?P<key>[bcdfghjkmnpqrstvwxz]{24})/(?P<name>[^/]+)$",
        attachments.attachment,
        name="attachment",
    ),
    path("groupes/choisir/", choosing.choose, name="choose_group"),
    path("courrier/<str:token>/", mailed.mail_choice, name="mail_choice"),
]
