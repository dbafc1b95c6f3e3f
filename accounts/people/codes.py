"""Codes that prove a mailbox: mailed, typed back in the same browser, within 15 minutes and 5 tries."""

import secrets
import time

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from accounts.people.mails import post_code
from foundation.limits.actions import take
from foundation.limits.address import client_address
from foundation.logs import security

LIFE = 15 * 60
TRIES = 5


class CodeEnded(Exception):
    """The code is too old, was tried too often, or was never asked for."""


def send_code(request: HttpRequest, purpose: str, kind: str, to: str) -> None:
    """Mail a new code to `to`; only its hash is kept, in the session. Raise TooManyTries past the limit."""
    take("proof_mail", target=to, address=client_address(request))
    code = f"{secrets.randbelow(10**8):08d}"
    request.session[_name(purpose)] = {
        "hash": _hash(purpose, code),
        "to": to,
        "ends": int(time.time()) + LIFE,
        "tries": 0,
    }
    post_code(kind, to, f"{code[:4]}-{code[4:]}", get_language())


def awaited(request: HttpRequest, purpose: str) -> str:
    """Return the address a living code was sent to, or ""."""
    state = request.session.get(_name(purpose))
    return state["to"] if state and state["ends"] > time.time() else ""


def check_code(request: HttpRequest, purpose: str, typed: str) -> bool:
    """Say whether `typed` is the code, once; raise CodeEnded, or TooManyTries past the limit."""
    if not awaited(request, purpose):
        raise CodeEnded
    # A visitor who joins has no account yet: the browser stands for them.
    who = f"person {request.user.pk}" if request.user.pk else f"session {request.session.session_key}"
    taken = take("code", target=who, address=client_address(request))
    state = request.session[_name(purpose)]
    if constant_time_compare(state["hash"], _hash(purpose, typed)):
        taken.give_back()
        forget_code(request, purpose)
        return True
    security.warning("code refused: %s", purpose)
    state["tries"] += 1
    request.session.modified = True
    if state["tries"] >= TRIES:
        forget_code(request, purpose)
        raise CodeEnded
    return False


def forget_code(request: HttpRequest, purpose: str) -> None:
    request.session.pop(_name(purpose), None)


def plain_digits(text: str) -> str:
    """Keep the digits of `text`, whatever the keyboard: « ١٢٣٤-٥٦٧٨ » gives "12345678"."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def _name(purpose: str) -> str:
    return f"code_{purpose}"


def _hash(purpose: str, code: str) -> str:
    return salted_hmac(f"accounts.code.{purpose}", plain_digits(code), algorithm="sha256").hexdigest()
