"""Filters of the queue: state, kind, group and reason, over what is on one's own desk and nothing else."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext

from exchanges.moderation import targets
from exchanges.moderation.desk import READING
from exchanges.moderation.items import Item
from exchanges.moderation.models import Ground

# Names of the filters in the address.
STATE, KIND, GROUP, GROUND = "etat", "genre", "groupe", "motif"
MINE, THEIRS = "a-traiter", "animateurs"


class Filters:
    """The items that the address asks for, and the facets that lead to others."""

    def __init__(self, items: list[Item], asked: QueryDict) -> None:
        self.items = items
        self.values: dict[str, Callable[[Item], list[str]]] = {
            STATE: _states,
            KIND: lambda item: [item.kind],
            GROUP: lambda item: [item.group.key] if item.group else [],
            GROUND: _grounds,
        }
        self.asked = {name: asked.get(name, "") for name in self.values if asked.get(name)}
        self.chosen = [item for item in items if self._fits(item, self.asked)]

    def _fits(self, item: Item, asked: dict[str, str]) -> bool:
        return all(value in self.values[name](item) for name, value in asked.items())

    @property
    def facets(self) -> list[dict[str, Any]]:
        titles = {
            STATE: (gettext("State"), _state_labels()),
            KIND: (gettext("Kind"), _kind_labels()),
            GROUND: (gettext("Reason"), {ground.value: str(ground.label) for ground in Ground}),
            GROUP: (gettext("Group"), {item.group.key: item.group.name for item in self.items if item.group}),
        }
        found = [self._facet(name, title, labels) for name, (title, labels) in titles.items()]
        return [facet for facet in found if facet["rows"]]

    def _facet(self, name: str, title: str, labels: dict[str, str]) -> dict[str, Any]:
        """Counts over what the other filters leave."""
        others = {key: value for key, value in self.asked.items() if key != name}
        left = [item for item in self.items if self._fits(item, others)]
        counts = Counter(value for item in left for value in self.values[name](item))
        rows = [
            {
                "label": label,
                "count": counts[value],
                "chosen": self.asked.get(name) == value,
                "url": self.address(**{name: "" if self.asked.get(name) == value else value}),
            }
            for value, label in labels.items()
            if counts[value] or self.asked.get(name) == value
        ]
        return {"title": title, "rows": rows}

    def address(self, **changed: str) -> str:
        query = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return f"?{urlencode(query)}"

    @property
    def in_words(self) -> list[dict[str, str]]:
        """The filters that are chosen, each with the address that takes it off."""
        return [
            {"label": row["label"], "url": row["url"]}
            for facet in self.facets
            for row in facet["rows"]
            if row["chosen"]
        ]


def _states(item: Item) -> list[str]:
    if item.can_warn:
        return [THEIRS]
    return [] if item.is_party else [MINE]


def _grounds(item: Item) -> list[str]:
    said = set(item.grounds)
    return [ground.value for ground in Ground if str(ground.label) in said]


def _state_labels() -> dict[str, str]:
    return {MINE: gettext("To decide"), THEIRS: gettext("With those who run the group")}


def _kind_labels() -> dict[str, str]:
    return {
        targets.CASE: gettext("Reports"),
        targets.HELD: gettext("Messages to read first"),
        targets.REQUEST: gettext("Requests to join"),
        READING: gettext("Second readings"),
    }
