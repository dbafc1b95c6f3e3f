"""Show three words to their owner until they are noted, for 30 minutes: the session keeps a seed only."""

import time

from django.http import HttpRequest

from accounts.people.models import User
from accounts.people.words import words_of

LIFE = 30 * 60
KEY = "words"


def keep_words(request: HttpRequest, user: User, seed: str) -> None:
    request.session[KEY] = {"user": user.pk, "seed": seed, "at": int(time.time())}


def kept_words(request: HttpRequest) -> str:
    """Return the words of the person signed in, or "" once noted or too old."""
    state = request.session.get(KEY)
    if not state or state["user"] != request.user.pk or time.time() - state["at"] > LIFE:
        return ""
    return words_of(state["seed"])


def forget_words(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
