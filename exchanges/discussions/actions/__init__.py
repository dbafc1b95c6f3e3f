"""What is done in a discussion: written, changed, shown, hidden; each is one transaction."""

from exchanges.discussions.actions.names import author_of, is_asker, person_of
from exchanges.discussions.actions.own import edit, follow, mark_solved, pin, thank, withdraw
from exchanges.discussions.actions.states import (
    ask_rewrite,
    close,
    hide,
    hold_again,
    mark_judged,
    mark_reported,
    moderate_first,
    note_decision,
    pause,
    publish,
    remove,
    reopen,
    send_back,
    show_again,
)
from exchanges.discussions.actions.writing import ask, reply

__all__ = [
    "ask",
    "ask_rewrite",
    "author_of",
    "close",
    "edit",
    "follow",
    "hide",
    "hold_again",
    "is_asker",
    "mark_judged",
    "mark_reported",
    "mark_solved",
    "moderate_first",
    "note_decision",
    "pause",
    "person_of",
    "pin",
    "publish",
    "remove",
    "reopen",
    "reply",
    "send_back",
    "show_again",
    "thank",
    "withdraw",
]
