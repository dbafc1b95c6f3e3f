"""Gather the admin of each resources feature, where the admin's site looks for them."""

from resources.catalogue.admin import resources, shelf, variants
from resources.collections import admin as collections
from resources.glossary import admin as glossary

__all__ = ["collections", "glossary", "resources", "shelf", "variants"]
