"""Gather the models of each exchanges feature, where Django looks for them."""

from exchanges.discussions.models import (
    AnonymousAuthor,
    Attachment,
    Follow,
    Post,
    Revision,
    Thanks,
    Topic,
)
from exchanges.groups.models import Fold, Group, GroupInvitation, GroupLine, GroupMember, JoinRequest, YearEnd
from exchanges.moderation.models import (
    Case,
    Decision,
    IllegalNotice,
    JudgedText,
    LogHead,
    Report,
    SaidWhy,
    SecondReading,
    Told,
)
from exchanges.notifications.models import Notice, Preference, ReadMark

__all__ = [
    "AnonymousAuthor",
    "Attachment",
    "Case",
    "Decision",
    "Fold",
    "Follow",
    "Group",
    "GroupInvitation",
    "GroupLine",
    "GroupMember",
    "IllegalNotice",
    "JoinRequest",
    "JudgedText",
    "LogHead",
    "Notice",
    "Post",
    "Preference",
    "ReadMark",
    "Report",
    "Revision",
    "SaidWhy",
    "SecondReading",
    "Thanks",
    "Told",
    "Topic",
    "YearEnd",
]
