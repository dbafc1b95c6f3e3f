"""Pages of moderation: to report, to decide in one's groups, to read what was decided, to tell the host."""
