"""A text of the library as a type: a resource, or one of its versions."""

from resources.catalogue.models import Resource, Variant

Text = Resource | Variant
