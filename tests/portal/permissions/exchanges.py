"""Who may what in groups, discussions and moderation, by hand from RULES §1 to §4.

Labels between bars share an answer. Who is named: by circle, then less those who may not read, or not write.
"""

DIRECTION = {"director", "deputy", "interim", "director and parent"}
TEACHERS = {"teacher", "teacher and parent"}
# The hat parent, in force in a class of this year.
PARENT_HATS = {
    "parent", "elected parent", "ended mandate", "facilitator", "teacher and parent", "director and parent",
    "suspended", "suspended elected", "ended helper", "ended director", "past closed", "seen as parent",
}  # fmt: skip
# The circles (RULES §1): the direction of this school is never of the parents, even with that hat.
PARENTS = PARENT_HATS - DIRECTION
TEAM = TEACHERS | DIRECTION | {"deputy without rights"}
BOTH = PARENT_HATS | TEACHERS | DIRECTION
ELECTED = {"elected parent", "suspended elected"} | TEACHERS | DIRECTION
# A class of last year is still read; nobody of it writes.
WERE = {"past class"}
SHUT = {"past closed", "seen as parent"}
MUTE = {"suspended", "suspended elected", "seen as parent", "past class"}
NOBODY: set[str] = set()
# Let in under whatever hat, as themselves.
ACCOUNTS = BOTH - {"seen as parent"} | WERE
ACCOUNTS |= {"deputy without rights", "proche", "secretary", "helper", "relay"}

READ = PARENTS - SHUT
WRITE = READ - MUTE
RUN = WRITE
HOST = {"host moderator"}
DECIDE = RUN | DIRECTION | HOST


def reads(circle):
    return circle - SHUT


def writes(circle):
    return circle - SHUT - MUTE


# What one may read, by the group in question.
READS = {
    "equipe group": reads(TEAM),
    "parents-enseignants group": reads(BOTH),
    "elus-equipe group": reads(ELECTED),
    "parents group | sleeping | archived | read-only for holidays": READ,
    "own class": READ | WERE,
    "another class": NOBODY,
    "parents and teachers of own class": reads(BOTH) | WERE,
    "parents and teachers of another class": DIRECTION,
    "suggested": NOBODY,
}
WRITES = {
    "equipe group": writes(TEAM),
    "parents-enseignants group": writes(BOTH),
    "elus-equipe group": writes(ELECTED),
    "parents group | own class": WRITE,
    "parents and teachers of own class": writes(BOTH),
    "parents and teachers of another class": DIRECTION,
    "another class | suggested | sleeping | archived | read-only for holidays": NOBODY,
}
# Running a group is done wherever one reads and is not suspended, also while it sleeps.
RUNS = WRITES | {
    "sleeping | archived | read-only for holidays": RUN,
    "another class | suggested": NOBODY,
}
RUNS.pop("another class | suggested | sleeping | archived | read-only for holidays")
CHANGES = RUNS | {"sleeping | read-only for holidays": RUN, "archived": NOBODY}
CHANGES.pop("sleeping | archived | read-only for holidays")
# Entering asks for no right to write: somebody suspended reads as before.
ENTERS = {
    "equipe group": reads(TEAM),
    "parents-enseignants group": reads(BOTH),
    "elus-equipe group": reads(ELECTED),
    "parents group | sleeping | read-only for holidays": READ,
    "own class": READ | WERE,
    "parents and teachers of own class": reads(BOTH) | WERE,
    "parents and teachers of another class": DIRECTION,
    "another class | suggested | archived": NOBODY,
}

GROUPS = {
    "can_see_groups": BOTH | WERE | {"deputy without rights"},
    "can_suggest": DIRECTION,
    "can_fold": ACCOUNTS,
    "can_see_every_card": DIRECTION,
    # The card: also while one may not write, or one's past is shut; the direction knows every group.
    "can_know": {
        "equipe group": TEAM,
        "parents-enseignants group": BOTH,
        "parents and teachers of own class": BOTH | WERE,
        "elus-equipe group": ELECTED,
        "parents group | suggested | sleeping | read-only for holidays": PARENTS | DIRECTION,
        "own class": PARENTS | DIRECTION | WERE,
        "another class | parents and teachers of another class | archived | by invitation": DIRECTION,
        "open | on request | invited | invited where one asks | joined already": PARENTS | DIRECTION,
        "removed | removed, then invited | removed where one asks": PARENTS | DIRECTION,
        "archived, joined": PARENTS | DIRECTION,
    },
    "can_open": {
        "equipe": TEAM,
        # No plain parent.
        "parents-enseignants": TEACHERS | DIRECTION | {"elected parent"},
        "elus-equipe": ELECTED - MUTE,
        "parents": PARENTS - MUTE,
    },
    "reads_everything_in": {"equipe | parents-enseignants | elus-equipe": DIRECTION, "parents": NOBODY},
    "can_take_on": {
        "equipe group": TEAM,
        "parents-enseignants group": BOTH - MUTE,
        "elus-equipe group": ELECTED - MUTE,
        "parents group | own class | suggested | read-only for holidays": PARENTS - MUTE,
        "parents and teachers of own class": BOTH - MUTE,
        "parents and teachers of another class": DIRECTION,
        "another class | sleeping | archived | open already": NOBODY,
    },
    "can_join": ENTERS
    | {
        "open | invited | invited where one asks | removed, then invited": READ,
        "on request | by invitation | removed | removed where one asks | joined already": NOBODY,
    },
    "can_ask_to_join": ENTERS
    | {
        "on request | removed | removed where one asks": READ,
        "open | by invitation | invited | invited where one asks | removed, then invited": NOBODY,
        "joined already": NOBODY,
    },
    "can_join_by_address": ENTERS
    | {
        "open | on request | by invitation | invited | invited where one asks": READ,
        "removed | removed, then invited | removed where one asks | joined already": NOBODY,
    },
    "can_read": READS
    | {"seat member | seat facilitator | seat muted | seat muted facilitator": READ, "seat none": NOBODY},
    "can_write": WRITES
    | {
        "seat member | seat facilitator": WRITE,
        "seat none | seat muted | seat muted facilitator": NOBODY,
    },
    "can_facilitate": RUNS
    | {
        "seat facilitator": RUN,
        "seat none | seat member | seat muted | seat muted facilitator": NOBODY,
    },
    "can_change": CHANGES
    | {
        "seat facilitator": RUN,
        "seat none | seat member | seat muted | seat muted facilitator": NOBODY,
    },
    "may_become_facilitator": CHANGES
    | {
        "seat member | seat facilitator": RUN,
        "seat none | seat muted | seat muted facilitator": NOBODY,
    },
    "can_wake": {
        "sleeping | seat member | seat facilitator": RUN,
        "seat none | seat muted | seat muted facilitator": NOBODY,
        "suggested | archived | read-only for holidays | own class | another class": NOBODY,
        "equipe group | parents-enseignants group | elus-equipe group | parents group": NOBODY,
        "parents and teachers of own class | parents and teachers of another class": NOBODY,
    },
    "can_leave": {
        "seat none": NOBODY,
        "seat member | seat facilitator | seat muted | seat muted facilitator": ACCOUNTS | {"pending"},
    },
    "is_muted": {"member": NOBODY, "muted": READ},
    "can_write_without_name": {"9 readers": NOBODY, "10 readers": WRITE},
}

GONE_OWN = "removed, own | withdrawn, own | erased, own"
OTHERS = "held, other | returned, other | hidden, other | rewrite, other"
GONE_OTHERS = "removed, other | withdrawn, other | erased, other"
UNNAMED = "held, unnamed | returned, unnamed | hidden, unnamed | rewrite, unnamed"
GONE_UNNAMED = "removed, unnamed | withdrawn, unnamed | erased, unnamed"
ALL_OWN = "held, own | visible, own | returned, own | hidden, own | rewrite, own"


def by(labels, who):
    """« held, own | hidden, own » seen by `who`: « held, own, reader | hidden, own, reader »."""
    return " | ".join(f"{label}, {who}" for label in labels.split(" | "))


SEATS_OF_RUNNERS = {
    "seat facilitator": RUN,
    "seat none | seat member | seat muted | seat muted facilitator": NOBODY,
}
NOT_SHOWN = " | ".join([OTHERS, UNNAMED, GONE_OWN, GONE_OTHERS, GONE_UNNAMED])
SHOWN_OTHERS = "visible, other | visible, unnamed"

DISCUSSIONS = {
    "is_own": {"own": ACCOUNTS | {"pending"}, "other | unnamed": NOBODY},
    "can_see_post": {
        f"{ALL_OWN} | {SHOWN_OTHERS}": READ,
        f"{NOT_SHOWN} | not joined": NOBODY,
    },
    "can_see_file": {
        # A facilitator's file of one's own, gone, is gone for them too.
        by(f"{ALL_OWN} | {SHOWN_OTHERS}", "reader"): READ,
        by(NOT_SHOWN, "reader"): NOBODY,
        by(f"{ALL_OWN} | {SHOWN_OTHERS}", "runs"): READ,
        # What waits, or is read again: those who read it again.
        by(f"{OTHERS} | {UNNAMED}", "runs"): RUN,
        by(f"{GONE_OWN} | {GONE_OTHERS} | {GONE_UNNAMED}", "runs"): NOBODY,
        "not joined": NOBODY,
    },
    "can_ask": WRITES
    | {
        "seat member | seat facilitator": WRITE,
        "seat none | seat muted | seat muted facilitator": NOBODY,
    },
    "can_answer": {"open | solved": WRITE, "closed | paused | sleeping group": NOBODY},
    "can_edit": {
        "visible, own | held, own | returned, own | rewrite, own": WRITE,
        # Hidden, one asks for a second reading; gone, there is nothing to change.
        f"hidden, own | {GONE_OWN}": NOBODY,
        f"visible, other | {OTHERS} | {GONE_OTHERS}": NOBODY,
        # Without a name: only what nobody has read yet, and only by who wrote it.
        "held, unnamed, mine | returned, unnamed, mine": WRITE,
        "visible, unnamed, mine | hidden, unnamed, mine | rewrite, unnamed, mine": NOBODY,
        by(GONE_UNNAMED, "mine"): NOBODY,
        "held again, unnamed": NOBODY,
        f"visible, unnamed | {UNNAMED} | {GONE_UNNAMED}": NOBODY,
        "left | sleeping group": NOBODY,
    },
    "can_withdraw": {
        ALL_OWN: READ,
        by(f"visible, unnamed | {UNNAMED}", "mine"): READ,
        by(GONE_UNNAMED, "mine"): NOBODY,
        f"{GONE_OWN} | visible, other | {OTHERS} | {GONE_OTHERS}": NOBODY,
        f"visible, unnamed | {UNNAMED} | {GONE_UNNAMED}": NOBODY,
        "sleeping group": READ,
        "left": NOBODY,
    },
    "can_thank": {SHOWN_OTHERS: WRITE, f"{ALL_OWN} | {NOT_SHOWN} | not joined": NOBODY},
    "can_report": {SHOWN_OTHERS: READ, f"{ALL_OWN} | {NOT_SHOWN} | not joined": NOBODY},
    "can_solve": {
        "open, asker | solved, asker | open, runs | solved, runs": WRITE,
        "open, reader | solved, reader | closed, asker | closed, reader | closed, runs": NOBODY,
        "without a name, asked by me": WRITE,
        "without a name, asked by another": NOBODY,
    },
    "can_pin": SEATS_OF_RUNNERS | {"archived": NOBODY},
    "can_follow": {
        "seat member | seat facilitator | seat muted | seat muted facilitator": READ,
        "seat none": NOBODY,
    },
    "is_held": {
        "newcomer | class group, newcomer with a link | class group, newcomer with a file": WRITE,
        "read before | discussion read first | without a name | without a name, runs": WRITE,
        "no newcomer | class group, newcomer | class group, a link, no newcomer": NOBODY,
        "read before, runs": NOBODY,
    },
}

BY_ALL_HATS = "keep | hide | rewrite | remove | warn"
WHEN_HELD = "publish | return"
SCHOOL = RUN | DIRECTION
MODERATION = {
    "judges_in_group": RUNS | SEATS_OF_RUNNERS,
    "judges_for_school": DIRECTION,
    "can_read_history": DIRECTION,
    "judges_everywhere": HOST,
    "sees_text_for_school": {
        "parents reported": NOBODY,
        "parents escalated | no group": DIRECTION,
        "equipe reported | parents-enseignants reported | elus-equipe reported": DIRECTION,
        "equipe escalated | parents-enseignants escalated | elus-equipe escalated": DIRECTION,
    },
    "hat_for_school": {
        "director": {"director", "director and parent"},
        "interim": {"interim"},
        "deputy": {"deputy"},
        "secretary": NOBODY,
    },
    "may_use": {
        BY_ALL_HATS: DECIDE,
        f"{WHEN_HELD} | close | pause | moderate_first | accept | refuse | hide_meanwhile": SCHOOL,
        "mute_group | remove_member": RUN,
        "mute_school": DIRECTION,
        "open_name": {"director", "director and parent", "interim"} | HOST,
        # No decisions one takes: what the log holds beside them.
        "open_text | undo | upheld | reversed": SCHOOL,
    },
    "verbs_on": {
        "held | held, reported": SCHOOL,
        "visible | visible, reported | hidden | hidden, reported": DECIDE,
        "returned | returned, reported | rewrite | rewrite, reported": NOBODY,
        "removed | removed, reported | withdrawn | withdrawn, reported | erased | erased, reported": NOBODY,
    },
    # Without a name it is not written again, but a further message is (RULES §2).
    "stays_as_written": {"asked to rewrite, other": DECIDE, "asked to rewrite, unnamed": NOBODY},
    "can_hide_meanwhile": {
        "visible, reported": SCHOOL,
        "visible | held | held, reported | hidden | hidden, reported | returned | returned, reported": NOBODY,
        "rewrite | rewrite, reported | removed | removed, reported": NOBODY,
        "withdrawn | withdrawn, reported | erased | erased, reported": NOBODY,
    },
    "can_undo": {
        "hide by facilitator": DECIDE,
        "hide by director": DIRECTION | HOST,
        "hide by host_moderator": HOST,
        "mute_group by facilitator": RUN,
        "open_name by director": NOBODY,
    },
    "can_ask_again": {
        "return | hide | rewrite | remove | warn | close": ACCOUNTS,
        "mute_group | mute_school | remove_member | hide, 29 days ago": ACCOUNTS,
        "publish | keep | hide_meanwhile | pause | moderate_first | accept | refuse": NOBODY,
        "open_name | open_text | undo | upheld | reversed | hide, 31 days ago": NOBODY,
    },
}


def may_in_exchanges():
    """{"rule: label": who may} of every row."""
    found = {}
    for rule, rows in (*GROUPS.items(), *DISCUSSIONS.items(), *MODERATION.items()):
        if isinstance(rows, set):
            found[rule] = rows
            continue
        for labels, who in rows.items():
            for label in labels.split(" | "):
                name = f"{rule}: {label}"
                if name in found:
                    raise ValueError(f"{name} twice")
                found[name] = who
    return found
