"""What happens to groups and to one's place in them; each verb is one transaction.

A view has asked `policy` before; what two people may do at the same moment is decided here again, by a
conditional update. What an action raises for features above stands here with it.
"""

from exchanges.groups.actions.due import accept_waiting, forget_suggestions, remind_alone, sleep_due
from exchanges.groups.actions.folding import fold, unfold
from exchanges.groups.actions.joining import answer_request, ask_to_join, join, leave, take_request_back
from exchanges.groups.actions.opening import change_group, open_group, suggest_group, take_on
from exchanges.groups.actions.running import (
    close_address,
    decline,
    invite,
    name_facilitator,
    renew_address,
    step_down,
)
from exchanges.groups.actions.seats import (
    decline_reports,
    mute,
    remove_member,
    restore_member,
    silence,
    unmute,
)
from exchanges.groups.actions.sleeping import fall_asleep, pause_group, wake
from exchanges.groups.actions.telling import tell_group, touch
from exchanges.groups.actions.year import archive_for, give_back
from exchanges.groups.errors import AlreadyAnswered

__all__ = [
    "AlreadyAnswered",
    "accept_waiting",
    "answer_request",
    "archive_for",
    "ask_to_join",
    "change_group",
    "close_address",
    "decline",
    "decline_reports",
    "fall_asleep",
    "fold",
    "forget_suggestions",
    "give_back",
    "invite",
    "join",
    "leave",
    "mute",
    "name_facilitator",
    "open_group",
    "pause_group",
    "remind_alone",
    "remove_member",
    "renew_address",
    "restore_member",
    "silence",
    "sleep_due",
    "step_down",
    "suggest_group",
    "take_on",
    "take_request_back",
    "tell_group",
    "touch",
    "unfold",
    "unmute",
    "wake",
]
