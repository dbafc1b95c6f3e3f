"""What happens to the library: the only place of the catalogue that writes."""

from resources.catalogue.actions.drafts import make_draft_link, revoke_draft_links
from resources.catalogue.actions.names import delete_resource, rename_resource
from resources.catalogue.actions.pictures import add_picture, names_in_use, remove_picture
from resources.catalogue.actions.review import (
    archive_text,
    publish_text,
    reopen_text,
    send_back,
    submit_for_review,
)
from resources.catalogue.actions.shelf import (
    delete_help_number,
    delete_source,
    delete_theme,
    store_help_number,
    store_source,
    store_theme,
)
from resources.catalogue.actions.texts import create_resource, create_variant, revise_text, store_text
from resources.catalogue.actions.timetable import archive_due, due_for_review, publish_due, remind_of_reviews
from resources.catalogue.actions.upkeep import (
    cancel_publication,
    confirm_checked,
    put_forward,
    schedule_archive,
)
from resources.catalogue.actions.variants import delete_variant, record_readers

__all__ = [
    "add_picture",
    "archive_due",
    "archive_text",
    "cancel_publication",
    "confirm_checked",
    "create_resource",
    "create_variant",
    "delete_help_number",
    "delete_resource",
    "delete_source",
    "delete_theme",
    "delete_variant",
    "due_for_review",
    "make_draft_link",
    "names_in_use",
    "publish_due",
    "publish_text",
    "put_forward",
    "record_readers",
    "remind_of_reviews",
    "remove_picture",
    "rename_resource",
    "reopen_text",
    "revise_text",
    "revoke_draft_links",
    "schedule_archive",
    "send_back",
    "store_help_number",
    "store_source",
    "store_text",
    "store_theme",
    "submit_for_review",
]
