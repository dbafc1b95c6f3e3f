"""Every kind of mail that a feature posts has a composer: the sender would try it for two days."""

import ast
from pathlib import Path

from portal.sending import AUDIENCES, COMPOSERS

ROOT = Path(__file__).resolve().parents[2]


def calls(*names: str):
    """(first argument, the module's own constants) of each call of the outbox, wherever it stands."""
    for path in [
        *ROOT.glob("accounts/**/*.py"),
        *ROOT.glob("resources/**/*.py"),
        *ROOT.glob("portal/**/*.py"),
    ]:
        text = path.read_text()
        if "accounts.outbox.actions import" not in text:
            continue
        tree = ast.parse(text)
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                yield node.args[0], constants


def kinds(*names: str) -> set[str]:
    found = set()
    for first, constants in calls(*names):
        if isinstance(first, ast.Constant):
            found.add(first.value)
        elif isinstance(first, ast.Name) and first.id in constants:
            found.add(constants[first.id])
    return found


def test_every_kind_posted_is_composed_by_somebody():
    posted = kinds("post")
    assert "security_notice" in posted
    assert not posted - set(COMPOSERS)


def test_every_kind_dispatched_has_an_audience_and_a_composer():
    assert kinds("dispatch") <= set(COMPOSERS) & set(AUDIENCES)
