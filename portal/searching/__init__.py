"""One search over all that one may see: one's groups, then the library."""
