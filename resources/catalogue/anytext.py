"""A text of the library as a type: a resource, or one of its versions."""

from resources.catalogue.models import Resource, Variant

Text = Resource | Variant


def texts_of(resource: Resource) -> list[Text]:
    """The full text, then every version of it."""
    return [resource, *resource.variants.all()]
