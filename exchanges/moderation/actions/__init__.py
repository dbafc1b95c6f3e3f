"""What is done in moderation: reports, decisions, second readings, notices; each is one transaction."""

from exchanges.moderation.actions.deciding import Outcome, decide, decide_many
from exchanges.moderation.actions.notices import decide_notice, receive_notice
from exchanges.moderation.actions.opening import (
    names_opened_to,
    open_text,
    open_text_to_host,
    warn_facilitators,
)
from exchanges.moderation.actions.reporting import report
from exchanges.moderation.actions.rereading import answer_second_reading, ask_second_reading
from exchanges.moderation.actions.undoing import undo

__all__ = [
    "Outcome",
    "answer_second_reading",
    "ask_second_reading",
    "decide",
    "decide_many",
    "decide_notice",
    "names_opened_to",
    "open_text",
    "open_text_to_host",
    "receive_notice",
    "report",
    "undo",
    "warn_facilitators",
]
