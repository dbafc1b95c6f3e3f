"""Which addresses a written text may link to: the web, a mailbox, a telephone, a page of this site."""

import re

# Read after percent-encoding, so printable ASCII only. Browsers drop tabs and line ends, and take \ for /.
_PRINTABLE = re.compile(r"[!-\[\]-~]+\Z")
# No `user@` before the host: it shows one site and opens another.
_WEB = re.compile(r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?(?:[/?#]|\Z)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[a-z0-9.!#$%&'*+/=^_`{|}~-]+@[a-z0-9.-]+(?:\?|\Z)", re.IGNORECASE)
_PHONE = re.compile(r"tel:\+?[0-9.()-]{2,20}\Z", re.IGNORECASE)
_OWN_PAGE = re.compile(r"/(?!/)")
_LINE_END = re.compile(r"%0[ad]", re.IGNORECASE)
MAX_LENGTH = 2_000


def is_allowed(address: str) -> bool:
    """Tell whether a link may go there: a path must be absolute, `//host` and `#` addresses are refused."""
    if len(address) > MAX_LENGTH or not _PRINTABLE.match(address):
        return False
    if _MAIL.match(address):
        return not _LINE_END.search(address)
    if web := _WEB.match(address):
        return _is_host(web[1])
    return bool(_PHONE.match(address) or _OWN_PAGE.match(address))


def _is_host(name: str) -> bool:
    """Refuse names outside IDNA, as browsers do: ⓔvil is evil, written to hide it."""
    try:
        return bool(name.encode().decode("idna"))
    except UnicodeError:
        return False
