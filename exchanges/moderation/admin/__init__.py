"""Moderation in the admin: the direction’s queue, its log, and notices of illegal content to the host."""
