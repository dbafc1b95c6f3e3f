"""Write a text: create it, revise it, store it with its rendering, index and version in one transaction."""

from collections.abc import Mapping

from django.db import transaction

from accounts.people.models import User
from resources.catalogue import index, version
from resources.catalogue.errors import EditedMeanwhile
from resources.catalogue.fields import apply_values, digest_of, latest_values, plain_values, set_links
from resources.catalogue.models import EditableText, Resource, Status, Variant
from resources.catalogue.rendering import fill_rendering
from resources.catalogue.revisions import recorded


def store_text(
    text: EditableText,
    *,
    by: User | None,
    comment: str,
    values: Mapping[str, object] | None = None,
    reindex: bool = True,
) -> EditableText:
    """Store `text` with `values` applied, rendered, indexed, the library's version raised: all or nothing.

    `reindex=False` is for a batch whose caller refreshes the index once. Raises foundation.html.HtmlError.
    """
    with recorded(by, comment):
        apply_values(text, values or {})
        fill_rendering(text)
        if text.pk:
            text.edit_number += 1
        text.save()
        if isinstance(text, Resource):
            set_links(text, values or {})
        if reindex:
            index.refresh([resource_id(text)])
        version.bump()
    return text


def create_resource(slug: str, values: Mapping[str, object], *, by: User) -> Resource:
    """Start a draft."""
    resource = Resource(slug=slug, status=Status.DRAFT, last_author=by)
    return store_text(resource, by=by, comment="created", values=plain_values(values))


def create_variant(resource: Resource, key: str, values: Mapping[str, object], *, by: User) -> Variant:
    """Start a draft of a variant, made from the resource as it stands."""
    variant = Variant(
        resource=resource, key=key, status=Status.DRAFT, last_author=by, source_digest=digest_of(resource)
    )
    return store_text(variant, by=by, comment="created", values=plain_values(values))


@transaction.atomic
def revise_text(
    text: EditableText, values: Mapping[str, object], *, by: User, edit_number: int, comment: str = ""
) -> EditableText:
    """Save what a curator wrote in a form opened at `edit_number`.

    A public text keeps its words: the new ones wait in `pending` until somebody else accepts them. Raises
    EditedMeanwhile when the text was saved since, leaving both writings whole.
    """
    current = type(text).objects.select_for_update().get(pk=text.pk)
    if current.edit_number != edit_number:
        raise EditedMeanwhile
    plain = plain_values(values)
    current.last_author = by
    current.in_review_since = None
    current.publish_at = None
    current.refusal = ""
    if current.status == Status.PUBLISHED:
        current.pending = {**latest_values(current), **plain}
        plain = {}
    elif current.status == Status.IN_REVIEW:
        current.status = Status.DRAFT
    return store_text(current, by=by, comment=comment or "revised", values=plain)


def resource_id(text: EditableText) -> int:
    return text.pk if isinstance(text, Resource) else text.resource_id
