"""The way out that a mail of answers bears: it acts without sign-in, and only stops mail (RFC 8058)."""

import datetime
from collections.abc import Iterable

from django.core import signing

from accounts.schools.models import Membership
from exchanges.discussions.models import Topic

SALT = "exchanges.discussions.leaving"
LIFE = datetime.timedelta(days=90)


def leaving_token(person: Membership, topics: Iterable[Topic]) -> str:
    """Return the end of an address that lets `person` stop following `topics`."""
    return signing.dumps([person.key, [topic.key for topic in topics]], salt=SALT)


def read_token(token: str) -> tuple[Membership, list[Topic]] | None:
    """Return whose token it is and the discussions it names; None if it is not ours, or too old."""
    try:
        key, topics = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    person = Membership.objects.unscoped().filter(key=key).select_related("school", "user").first()
    if person is None:
        return None
    rows = Topic.objects.of_school(person.school).filter(key__in=topics)
    return person, list(rows.select_related("group").order_by("pk"))
