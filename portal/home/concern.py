"""One thing that concerns a person in a school."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.schools.member import Member


@dataclass(frozen=True)
class Concern:
    """One thing to answer, or to know: the margin tells by when, the button what to do."""

    title: str
    text: str
    when: str = ""
    url: str = ""
    label: str = ""
    state: str = ""
    state_word: str = ""
    # Of a title in another language than the page's.
    lang: str = ""


Found = Iterator[tuple[Member, Concern]]
