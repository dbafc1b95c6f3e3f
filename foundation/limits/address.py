"""From which network address a request comes, told by the proxies that we trust and by nobody else."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as text.

    `TRUSTED_PROXIES` proxies stand in front, each appending what it saw to X-Forwarded-For: only that many
    entries, from the right, are believed; whatever a visitor wrote stands further left.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    trusted = settings.TRUSTED_PROXIES
    if trusted:
        header = request.META.get("HTTP_X_FORWARDED_FOR", "")
        chain = [part.strip() for part in header.split(",") if part.strip()]
        # Fewer entries than proxies: the request went around one of them, so the nearest word counts.
        remote = chain[-trusted] if len(chain) >= trusted else remote
    return _clean(remote)


def _clean(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return UNKNOWN
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def network(address: str) -> str:
    """Return what one subscriber holds: the address itself in IPv4, its /64 in IPv6."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
