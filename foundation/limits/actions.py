"""Count a try, or refuse it: fixed windows, exact under several processes."""

import datetime
import hashlib
import time
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.utils import timezone
from django.utils.translation import ngettext

from foundation.limits.address import network
from foundation.limits.models import LimitCount
from foundation.limits.table import LIMITS, MINUTE, Limit


class TooManyTries(Exception):
    """The act is refused; `seconds` until it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many tries: {seconds} s to wait")
        self.seconds = seconds

    @property
    def wait(self) -> str:
        """The time left in words: "12 minutes"."""
        minutes = max(1, -(-self.seconds // MINUTE))
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@dataclass(frozen=True)
class Taken:
    """Tries that were counted; given back when they were right, since only wrong tries count."""

    keys: tuple[tuple[str, int], ...]

    def give_back(self) -> None:
        for key, ends in self.keys:
            _less(key, ends)


def take(act: str, *, target: str = "", address: str = "", now: float | None = None) -> Taken:
    """Count one try of `act` before its work is done; raise TooManyTries, and count nothing, past a limit.

    `target` is what is tried (an account as typed, a slip), `address` a client address; only hashes are kept.
    """
    moment = time.time() if now is None else now
    taken: list[tuple[str, int]] = []
    for limit in LIMITS[act]:
        key, ends = _window(act, limit, _subject(limit, target, address), moment)
        if not _more(key, ends, limit.most):
            Taken(tuple(taken)).give_back()
            raise TooManyTries(max(1, int(ends - moment)))
        taken.append((key, ends))
    return Taken(tuple(taken))


def forget_old(now: datetime.datetime) -> None:
    """Delete the counts of windows that have ended."""
    LimitCount.objects.filter(ends__lt=now).delete()


def _subject(limit: Limit, target: str, address: str) -> str:
    if limit.per == "address":
        return network(address)
    # The same account whatever the case or the composition of its letters; upper case first, as PostgreSQL
    # compares: a dotless i would otherwise be another name for the same account.
    return unicodedata.normalize("NFKC", target).strip().upper().casefold()


def _window(act: str, limit: Limit, subject: str, moment: float) -> tuple[str, int]:
    """Return the key of the current window and the second it ends; each subject has its own hour."""
    base = f"{act}:{limit.per}:{limit.seconds}:{subject}"
    digest = hashlib.blake2b(base.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=24)
    offset = int.from_bytes(digest.digest()[:4], "big") % limit.seconds
    number = int(moment - offset) // limit.seconds
    return f"{digest.hexdigest()}:{number}", (number + 1) * limit.seconds + offset


def _more(key: str, ends: int, most: int) -> bool:
    """Add one if fewer than `most` were counted; the test and the addition are one statement."""
    if settings.REDIS_URL:
        return _more_in_cache(key, ends, most)
    rows = LimitCount.objects.filter(key=key, count__lt=most)
    if rows.update(count=F("count") + 1):
        return True
    end = datetime.datetime.fromtimestamp(ends, datetime.UTC)
    LimitCount.objects.bulk_create([LimitCount(key=key, count=0, ends=end)], ignore_conflicts=True)
    return bool(rows.update(count=F("count") + 1))


def _more_in_cache(key: str, ends: int, most: int) -> bool:
    name = f"limit:{key}"
    cache.add(name, 0, timeout=max(1, ends - int(time.time())) + MINUTE)
    if cache.incr(name) <= most:
        return True
    cache.decr(name)
    return False


def _less(key: str, ends: int) -> None:
    if settings.REDIS_URL:
        if cache.get(f"limit:{key}", 0) > 0:
            cache.decr(f"limit:{key}")
        return
    LimitCount.objects.filter(key=key, count__gt=0, ends__gt=timezone.now()).update(count=F("count") - 1)
