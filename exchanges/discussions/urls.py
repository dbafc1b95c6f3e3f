"""Addresses of messages' files and of the way out of mails, the same for every school."""

from django.urls import path, re_path

from exchanges.discussions.views import attachments, mailed

urlpatterns = [
    re_path(
        r"^fichiers/(?P<key>[bcdfghjkmnpqrstvwxz]{24})/(?P<name>[^/]+)$",
        attachments.attachment,
        name="attachment",
    ),
    path("courrier/<str:token>/", mailed.mail_choice, name="mail_choice"),
]
