"""Imports point one way: import-linter's contracts, and what they cannot say, over the same graph."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import APPS, BASE_DIR, features, graph, has_room, imports_of, inside

CONTRACTS = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# What a feature of exchanges shows to those above it.
FOR_OTHERS = {"models", "policy", "actions", "tasks"}


def test_the_contracts_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_every_feature_stands_in_the_contract_of_rooms():
    rooms = next(contract for contract in CONTRACTS if contract["id"] == "rooms")
    placed = set(rooms["containers"])
    assert set(features()) <= placed
    assert all((BASE_DIR / container.replace(".", "/")).is_dir() for container in placed)


def test_every_app_has_an_exhaustive_order():
    exhaustive = {c["containers"][0] for c in CONTRACTS if c.get("exhaustive")}
    assert exhaustive == set(APPS)


def test_foundation_knows_no_app():
    above = [name for name in APPS if name != "foundation"]
    chains = [
        chain for app in above for chain in graph().find_shortest_chains("foundation", app, as_packages=True)
    ]
    assert not chains


@pytest.mark.parametrize("feature", sorted(features()))
def test_views_are_reached_from_addresses_only(feature):
    views = inside(f"{feature}.views") if has_room(features()[feature], "views") else set()
    for module in views:
        importers = graph().find_modules_that_directly_import(module) - views
        assert all(name.rpartition(".")[2].endswith("urls") for name in importers), (module, importers)


@pytest.mark.parametrize("feature", sorted(features()))
def test_actions_take_no_request_and_know_no_page(feature):
    """The contract of rooms speaks of one feature; this one of all."""
    if not has_room(features()[feature], "actions"):
        return
    for module in inside(f"{feature}.actions"):
        rooms = {name.split(".")[2] for name in imports_of(module) if name.count(".") >= 2}
        assert not rooms & {"views", "forms", "admin", "urls"}, (module, rooms)
        source = (BASE_DIR / (module.replace(".", "/") + ".py")) if "." in module else None
        if source and source.exists():
            assert "HttpRequest" not in source.read_text(), module


@pytest.mark.parametrize("feature", sorted(features()))
def test_models_stand_on_models_only(feature):
    """Nothing of the portal but models below, and modules that themselves need nothing but models."""
    if not has_room(features()[feature], "models"):
        return
    for module in inside(f"{feature}.models"):
        for other in _ours(module):
            needed = {name for part in inside(other) for name in _ours(part)} - inside(other)
            assert not needed, (module, other)


def _ours(module: str) -> set[str]:
    """What of the portal `module` imports, its models apart."""
    return {n for n in imports_of(module) if n.split(".")[0] in APPS and ".models" not in n}


def test_a_feature_of_exchanges_asks_a_lower_one_by_its_inner_rooms_only():
    """Its models, rules, actions and tasks; its pages, forms, mails and words are its own."""
    reached = {room for _module, _other, room in _between_features()}
    assert {"models", "policy", "actions"} <= reached
    others = [(one, other) for one, other, room in _between_features() if room not in FOR_OTHERS]
    assert not others


def _between_features():
    """(module, module imported, its room) from one feature of exchanges to another."""
    here = {name for name in features() if name.startswith("exchanges.")} | {"exchanges.letter"}
    for feature in here:
        for module in inside(feature):
            for other in imports_of(module):
                whose, _, rest = other.removeprefix("exchanges.").partition(".")
                if f"exchanges.{whose}" in here - {feature}:
                    yield module, other, rest.split(".")[0]


def test_no_import_is_relative_or_hidden_in_a_module_of_odds_and_ends():
    names = {module.rpartition(".")[2] for module in graph().modules}
    assert not names & {"utils", "helpers", "misc", "common"}
