"""Pages of the discussions of a group."""
