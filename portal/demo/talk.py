"""What a demo group and its discussions are made of, and who speaks: plain values, read by `talking`."""

from dataclasses import dataclass, field

from portal.demo.people import COLLEGE, ECOLE

# Other parents of the demo by the place at which they came in (`filling`), under the name they speak here.
CROWD: dict[str, dict[str, int]] = {
    ECOLE: {
        "bilal": 1,
        "camille": 2,
        "fatou": 5,
        "hanae": 7,
        "ivan": 8,
        "jeanne": 9,
        "leila": 11,
        "nour": 13,
        "olivier": 14,
        "rosa": 17,
        "thimai": 19,
        "ugo": 20,
        # Never wrote here: a link of theirs is read before it is shown.
        "nouvelle": 26,
    },
    COLLEGE: {"kevin": 2, "nour": 5, "pauline": 7, "quentin": 8, "samuel": 10},
}


@dataclass(frozen=True)
class Says:
    """A message: who, what; `after` hours since the one before. `then` is what became of it.

    "held", "returned", "rewrite", "removed", "reported" (once, soon after), "hidden" (reported by two).
    """

    who: str
    text: str
    after: float = 3
    quotes: int | None = None
    thanks: tuple[str, ...] = ()
    then: str = ""


@dataclass(frozen=True)
class Talk:
    """A discussion, begun `days` ago at `hour` o'clock."""

    who: str
    title: str
    text: str
    days: float
    hour: int = 19
    kind: str = "question"
    answers: tuple[Says, ...] = ()
    solution: int | None = None
    pinned: bool = False
    # "closed", "paused".
    state: str = ""
    without_name: bool = False
    resource: str = ""
    # What became of its first message, as `Says.then`.
    then: str = ""


@dataclass(frozen=True)
class DemoGroup:
    """A group, opened `days` ago by the first of `runs`; people are keys of the demo or names of CROWD."""

    school: str
    circle: str
    name: str
    purpose: str
    runs: tuple[str, ...]
    members: tuple[str, ...] = ()
    room: str = ""
    days: int = 70
    joining: str = "open"
    language: str = ""
    is_discreet: bool = False
    # "suggested", "sleeping", "archived".
    state: str = ""
    asks: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    talks: tuple[Talk, ...] = field(default=())
