"""Who may what, over the whole product of roles, acts and states (DESIGN §9).

MAY says it by hand, act by act, from the design: whoever is not named may not.
"""

import importlib
import inspect
import io

from django.core.management import call_command

from portal.permissions.people import subjects
from portal.permissions.table import ACTS, table
from tests.architecture.tree import features, has_room
from tests.portal.permissions.exchanges import may_in_exchanges

ALL = frozenset(subjects())
NOBODY_HERE = {"visitor", "restricted parent", "leaver", "elsewhere", "elsewhere director"}
HOST = {"curator", "host moderator", "operator"}
LET_IN = ALL - NOBODY_HERE - HOST - {"pending"}
MUTE = {"suspended", "suspended elected", "seen as parent", "past class"}
DIRECTORS = {"director", "director and parent"}
LEADS = DIRECTORS | {"interim"}
# The deputy of the table has every right, the secretary members and documents, the interim members.
KEEPERS = LEADS | {"deputy", "secretary"}
TITLES = {"director", "deputy", "deputy without rights", "secretary", "interim"}
IN_CLASS = LET_IN - TITLES - {"helper", "relay"}

PARENTS = IN_CLASS - {"proche", "teacher", "seen as parent", "past class"}
TEACHERS = {"teacher", "teacher and parent"}

MAY: dict[str, set[str] | frozenset[str]] = {
    # The host.
    "is_curator": {"curator", "host moderator"},
    "is_operator": {"operator"},
    "can_see_people": {"operator"},
    "can_create_school": HOST,
    # One's own past.
    "opens_past": ALL - {"visitor", "past closed"},
    # What later features guard with.
    "is_member": LET_IN,
    "may_write": LET_IN - MUTE,
    "holds_mandate": {"elected parent", "suspended elected"},
    "leads": LEADS,
    "has_right: members": KEEPERS,
    "has_right: announcements": DIRECTORS | {"deputy"},
    "has_right: moderation": DIRECTORS | {"deputy"},
    "has_right: agenda": DIRECTORS | {"deputy"},
    "has_right: documents": DIRECTORS | {"deputy", "secretary"},
    "has_right: support": DIRECTORS | {"deputy"},
    # The school.
    "can_edit_school": LEADS,
    "can_manage_members": KEEPERS,
    "can_give_hats": LEADS,
    "can_let_in: own class": KEEPERS | TEACHERS,
    "can_let_in: another class": KEEPERS,
    "can_see_waiting_list": KEEPERS | TEACHERS,
    "can_invite: parent": KEEPERS,
    "can_invite: proche": KEEPERS,
    "can_invite: teacher": KEEPERS,
    # The host prints the first slip; afterwards a director names another among the members.
    "can_invite: director": set(),
    "can_invite: deputy": LEADS,
    "can_invite: secretary": LEADS,
    "can_invite: interim": LEADS,
    "can_invite: helper": LEADS,
    "can_invite: relay": LEADS,
    "can_hand_out: parent": KEEPERS,
    "can_hand_out: proche": KEEPERS,
    "can_hand_out: teacher": KEEPERS,
    "can_hand_out: director": LEADS,
    "can_hand_out: deputy": LEADS,
    "can_hand_out: secretary": LEADS,
    "can_hand_out: interim": LEADS,
    "can_hand_out: helper": KEEPERS,
    "can_hand_out: relay": KEEPERS,
    "can_reissue: of a parent": KEEPERS,
    "can_reissue: of a deputy": LEADS,
    "can_reissue: of a director": DIRECTORS,
    "can_repair_factor: of a parent": LEADS,
    "can_repair_factor: of a deputy": LEADS,
    "can_repair_factor: of a director": DIRECTORS,
    "can_see_reach": KEEPERS,
    "can_see_as_parent": LEADS,
    "can_see_who_does_what": LET_IN,
    "can_see_restrictions": LEADS,
    "can_give_direction": DIRECTORS,
    # Documents.
    "can_keep_documents": DIRECTORS | {"deputy", "secretary"},
    "can_read_document: everyone": ALL,
    "can_read_document: members": LET_IN - {"helper", "relay", "past class"},
    "can_read_document: staff": KEEPERS | TEACHERS | {"deputy without rights"},
    "can_read_document: classes own class": IN_CLASS | KEEPERS,
    "can_read_document: classes another class": KEEPERS,
    # The change of year.
    "can_change_year": LEADS,
    "can_tell_next_class": PARENTS,
    # Typing for somebody.
    "can_type_for_others": KEEPERS | {"helper"},
    "can_give_class_from_paper": KEEPERS,
    "is_somebody_else: oneself": set(),
    "is_somebody_else: somebody else": (LET_IN | {"pending"}) - {"seen as parent"},
    # Consents and register.
    "can_consent": PARENTS,
    "can_hold_names: own association": LEADS | {"elected parent", "suspended elected"},
    "can_hold_names: another association": LEADS,
    "can_hold_names: a list that is none": set(),
    "can_hold_names: an association elsewhere": set(),
    "can_read_register": LEADS,
    # Groups, discussions, moderation.
    **may_in_exchanges(),
}


def test_these_roles_may_and_no_other():
    """Each row that differs, with who may and should not, and who should and may not."""
    wrong = {}
    for act, answers in table().items():
        may, expected = {role for role, answer in answers.items() if answer}, set(MAY.get(act, ()))
        if may != expected:
            wrong[act] = {"may": sorted(may - expected), "may not": sorted(expected - may)}
    assert not wrong


def test_no_row_is_left_over_and_none_is_double():
    names = [act.name for act in ACTS]
    assert len(names) == len(set(names))
    assert set(names) == set(MAY)


def test_every_rule_of_every_policy_has_a_row():
    """A new rule fails here until the table asks it."""
    asked = {(act.rule.__module__, act.rule.__name__) for act in ACTS}
    assert rules() - asked == OF_TEXTS


# What a text holds, whoever wrote it.
OF_TEXTS = {("exchanges.discussions.policy", rule) for rule in ("has_link", "links_in", "seems_to_name")}


def rules():
    """(module, function) of each public predicate of every `policy.py` about people and schools."""
    found = set()
    for name, folder in features().items():
        if not has_room(folder, "policy") or name.startswith("resources."):
            continue
        module = importlib.import_module(f"{name}.policy")
        found |= {
            (module.__name__, rule)
            for rule, value in vars(module).items()
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not rule.startswith("_")
        }
    return found


def test_the_search_for_rules_sees_them():
    """Twin."""
    assert ("accounts.schools.policy", "may_write") in rules()


def test_the_roles_of_the_design_are_all_there():
    design = """visitor, pending, parent, proche, restricted parent, elected parent, ended mandate, teacher,
        director, deputy, secretary, interim, helper, relay, facilitator, suspended, leaver, elsewhere,
        curator, host moderator, operator"""
    assert {role.strip() for role in design.split(",")} <= ALL


def test_the_command_prints_every_act_with_who_may():
    out = io.StringIO()
    call_command("permissions_table", stdout=out)
    text = out.getvalue()
    assert "can_give_hats\n    director, interim, director and parent\n" in text
    assert all(act.name in text for act in ACTS)
