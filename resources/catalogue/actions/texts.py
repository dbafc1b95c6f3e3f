"""Write a text: create it, revise it, store it with its rendering, index and version in one transaction."""

from collections.abc import Mapping
from typing import Any, TypeVar

import reversion
from django.db import transaction

from accounts.people.models import User
from resources.catalogue import index, version
from resources.catalogue.anytext import Text
from resources.catalogue.errors import AddressTaken, EditedMeanwhile, NumberTaken, WrongState
from resources.catalogue.fields import apply_values, digest_of, latest_values, plain_values, set_links
from resources.catalogue.models import EditableText, OldSlug, Resource, Status, Variant
from resources.catalogue.rendering import fill_rendering
from resources.catalogue.revisions import recorded

AnyText = TypeVar("AnyText", bound=Text)


def locked(text: AnyText) -> AnyText:
    """Read the row again and hold it until the end of the transaction."""
    row: Any = type(text).objects.select_for_update().get(pk=text.pk)
    return row


def store_text(
    text: AnyText,
    *,
    by: User | None,
    comment: str,
    values: Mapping[str, object] | None = None,
    reindex: bool = True,
) -> AnyText:
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
            # Kept again with the links just written: reversion followed the former ones at `save`.
            reversion.add_to_revision(text)
        if reindex:
            index.refresh([resource_id(text)])
        version.bump()
    return text


@transaction.atomic
def create_resource(slug: str, values: Mapping[str, object], *, by: User) -> Resource:
    """Start a draft. Raises AddressTaken, NumberTaken."""
    if Resource.objects.filter(slug=slug).exists() or _once_led_here(slug):
        raise AddressTaken
    resource = Resource(slug=slug, status=Status.DRAFT, last_author=by)
    refuse_taken_number(resource, values)
    return store_text(resource, by=by, comment="created", values=plain_values(values))


def _once_led_here(slug: str) -> bool:
    return OldSlug.objects.filter(place=OldSlug.Place.RESOURCE, slug=slug).exists()


def refuse_taken_number(text: EditableText, values: Mapping[str, object]) -> None:
    """Raise NumberTaken when another tool sheet of the series has the number."""
    number: Any = values.get("number", getattr(text, "number", None))
    if number is None or not isinstance(text, Resource):
        return
    addressee = values.get("addressee", text.addressee)
    if Resource.objects.filter(addressee=addressee, number=number).exclude(pk=text.pk).exists():
        raise NumberTaken


@transaction.atomic
def create_variant(resource: Resource, key: str, values: Mapping[str, object], *, by: User) -> Variant:
    """Start a draft of a variant, made from the resource as it stands. Raises WrongState if there is one."""
    if Variant.objects.filter(resource=resource, key=key).exists():
        raise WrongState
    variant = Variant(
        resource=resource, key=key, status=Status.DRAFT, last_author=by, source_digest=digest_of(resource)
    )
    return store_text(variant, by=by, comment="created", values=plain_values(values))


@transaction.atomic
def revise_text(
    text: AnyText, values: Mapping[str, object], *, by: User, edit_number: int, comment: str = ""
) -> AnyText:
    """Save what a curator wrote in a form opened at `edit_number`.

    A public text keeps its words: the new ones wait in `pending` until somebody else accepts them. Raises
    EditedMeanwhile when the text was saved since, leaving both writings whole; NumberTaken.
    """
    current = locked(text)
    if current.edit_number != edit_number:
        raise EditedMeanwhile
    refuse_taken_number(current, values)
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
    return text.resource_id if isinstance(text, Variant) else text.pk
