"""Make quiet mistakes loud in tests: unknown template variables raise, unordered rows come back shuffled."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.db.models import QuerySet
from django.template.base import Node

BASE_DIR = Path(__file__).resolve().parent.parent
OURS = frozenset({"portal", "exchanges", "resources", "accounts", "foundation"})
# Variables that Django's and crispy's own code leaves unset; files of these folders override theirs.
LENIENT = ("templates/admin/", "templates/bootstrap5/", "templates/allauth/", "templates/account/")


class UnknownVariable(LookupError):
    """A template of ours names a variable its view never gave."""


class StrictString(str):
    """`string_if_invalid` that raises in our templates, and is the usual empty text in others'."""

    def __bool__(self) -> bool:
        return _is_strict(_node_being_rendered())

    def __contains__(self, part: object) -> bool:
        return part == "%s" and bool(self)

    def __mod__(self, name: object) -> str:
        node = _node_being_rendered()
        where = f"{node.origin.name}:{node.token.lineno}" if node else "a template"
        raise UnknownVariable(f"{name!s} is not known in {where}")


def _node_being_rendered() -> Node | None:
    """Find the innermost template node on the call stack: its origin is the file it was written in."""
    frame = sys._getframe(1)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) and getattr(node, "token", None):
            return node
        frame = frame.f_back
    return None


def _is_strict(node: Node | None) -> bool:
    if node is None:
        return False
    path = Path(str(node.origin.name))
    if not path.is_relative_to(BASE_DIR):
        return False
    relative = path.relative_to(BASE_DIR).as_posix()
    return not relative.startswith((".venv/", *LENIENT))


_shuffler = random.Random()


def seed_shuffler(seed: str) -> None:
    """Make the disorder of one test the same at each run."""
    _shuffler.seed(seed)


def shuffle_unordered() -> None:
    """Patch querysets of our models: rows asked without an order come in any order."""
    original: Callable = QuerySet._fetch_all

    def fetch_all(self: QuerySet) -> None:
        fresh = self._result_cache is None
        original(self)
        if fresh and len(self._result_cache) > 1 and not self.ordered and _is_ours(self.model):
            _shuffler.shuffle(self._result_cache)

    if original.__name__ != "fetch_all":
        QuerySet._fetch_all = fetch_all


def _is_ours(model: type) -> bool:
    config = apps.get_containing_app_config(model.__module__)
    return config is not None and config.label in OURS
