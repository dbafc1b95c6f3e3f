"""The foundation's models, gathered for Django."""

from foundation.limits.models import LimitCount
from foundation.search.models import SearchDocument, SearchIndex, SearchWord

__all__ = ["LimitCount", "SearchDocument", "SearchIndex", "SearchWord"]
