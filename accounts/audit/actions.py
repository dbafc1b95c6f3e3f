"""Write one line of the audit, in the transaction of the act itself."""

from typing import Any

from accounts.audit.models import AuditEntry


def record(
    verb: str, *, by: Any = None, about: Any = None, school: Any = None, hat: str = "", **facts: Any
) -> AuditEntry:
    """Store that `by` did `verb` (a code of `accounts.audit.words`) to `about`, both users or None.

    `facts` are keys, dates and counts: never a name, an address or a text.
    """
    entry = AuditEntry(
        verb=verb,
        actor=getattr(by, "key", ""),
        about=getattr(about, "key", ""),
        school=school,
        hat=hat,
        facts=facts,
    )
    entry.save()
    return entry
