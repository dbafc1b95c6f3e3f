"""The keys of accounts that were made one: what was done with the other still belongs to the person."""

from accounts.audit.models import AuditEntry

MERGED = "merged"


def keys_of(key: str) -> list[str]:
    """Return `key`, and those of the accounts that were brought into it, and into those."""
    keys = [key]
    for each in keys:
        facts = AuditEntry.objects.filter(verb=MERGED, about=each).values_list("facts", flat=True)
        keys += [fact["other"] for fact in facts if fact["other"] not in keys]
    return keys


def awaited_of(key: str) -> list[str]:
    """Return the keys of the invitations that were sent to an account brought into the one of `key`."""
    merged = AuditEntry.objects.filter(verb=MERGED, about__in=keys_of(key)).values_list("facts", flat=True)
    return [row for facts in merged for row in facts.get("awaited", ())]
