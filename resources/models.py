"""Gather the models of each resources feature, where Django looks for them."""

from resources.catalogue.models import (
    DraftLink,
    HelpNumber,
    LibraryVersion,
    OldSlug,
    Picture,
    RelatedResource,
    Resource,
    ResourceTheme,
    Source,
    Theme,
    Variant,
)
from resources.collections.models import Collection, CollectionItem
from resources.files.models import LoadedFile
from resources.glossary.models import Term
from resources.sharing.models import ShortCode

__all__ = [
    "Collection",
    "CollectionItem",
    "DraftLink",
    "HelpNumber",
    "LibraryVersion",
    "LoadedFile",
    "OldSlug",
    "Picture",
    "RelatedResource",
    "Resource",
    "ResourceTheme",
    "ShortCode",
    "Source",
    "Term",
    "Theme",
    "Variant",
]
