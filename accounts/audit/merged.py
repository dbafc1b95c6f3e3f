"""The keys of accounts that were made one: what was done with the other still belongs to the person."""

from typing import Any

from accounts.audit.models import AuditEntry

MERGED = "merged"


def keys_of(key: str) -> list[str]:
    """Return `key`, and those of the accounts that were brought into it, and into those."""
    return [key, *(facts["other"] for facts in _mergings(key))]


def awaited_of(key: str) -> list[str]:
    """Return the keys of the invitations that were sent to an account brought into the one of `key`."""
    return [row for facts in _mergings(key) for row in facts.get("awaited", ())]


def _mergings(key: str) -> list[dict[str, Any]]:
    """What was noted each time, the nearest first."""
    keys, found = [key], []
    for each in keys:
        rows = AuditEntry.objects.filter(verb=MERGED, about=each).values_list("facts", flat=True)
        new = [facts for facts in rows if facts["other"] not in keys]
        keys += [facts["other"] for facts in new]
        found += new
    return found
