"""Limits on tries: one table, kept in the database or Redis, never in a process (DESIGN §9)."""
