"""What happens to the library: the only place of the catalogue that writes."""

from resources.catalogue.actions.names import delete_resource, rename_resource
from resources.catalogue.actions.review import (
    archive_text,
    publish_text,
    reopen_text,
    send_back,
    submit_for_review,
)
from resources.catalogue.actions.texts import create_resource, create_variant, revise_text, store_text
from resources.catalogue.actions.timetable import archive_due, due_for_review, publish_due, remind_of_reviews

__all__ = [
    "archive_due",
    "archive_text",
    "create_resource",
    "create_variant",
    "delete_resource",
    "due_for_review",
    "publish_due",
    "publish_text",
    "remind_of_reviews",
    "rename_resource",
    "reopen_text",
    "revise_text",
    "send_back",
    "store_text",
    "submit_for_review",
]
