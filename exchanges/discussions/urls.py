"""Addresses of messages' files, the same for every school."""

from django.urls import re_path

from exchanges.discussions.views import attachments

urlpatterns = [
    re_path(
        r"^fichiers/(?P<key>[bcdfghjkmnpqrstvwxz]{24})/(?P<name>[^/]+)$",
        attachments.attachment,
        name="attachment",
    ),
]
