"""The foundation's models, gathered for Django."""

from foundation.search.models import SearchDocument, SearchIndex, SearchWord

__all__ = ["SearchDocument", "SearchIndex", "SearchWord"]
