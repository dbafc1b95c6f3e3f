"""What a list of the admin shows around its rows, as our components take it: facets, orders, pages."""

import re
from typing import Any

from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.utils.translation import gettext

# Django writes a facet's count after its label.
_COUNTED = re.compile(r"^(?P<label>.*) \((?P<count>\d+|-)\)$", re.DOTALL)


def facets_of(changelist: ChangeList) -> list[dict[str, Any]]:
    """Give [{title, rows: [{label, url, count, chosen}]}]; a chosen row's address takes the filter off."""
    facets = []
    for spec in changelist.filter_specs:
        choices = list(spec.choices(changelist))
        everything = choices[0]["query_string"] if choices else "?"
        rows = [_facet_row(choice, everything) for choice in choices[1:]]
        facets.append({"title": _capital(spec.title), "rows": rows})
    return facets


def _facet_row(choice: Any, everything: Any) -> dict[str, Any]:
    found = _COUNTED.match(str(choice["display"]))
    label = found["label"] if found else str(choice["display"])
    count = int(found["count"]) if found and found["count"] != "-" else 0
    chosen = bool(choice["selected"])
    return {
        "label": label,
        "url": everything if chosen else choice["query_string"],
        "count": count,
        "chosen": chosen,
    }


def sortings_of(changelist: ChangeList) -> list[dict[str, Any]]:
    """Give [{label, url, current}] of the columns the list can be put in order by; none with a lone one."""
    rows = []
    for header in result_headers(changelist):
        if header.get("sortable"):
            label = _capital(header["text"])
            descending = header["sorted"] and not header["ascending"]
            rows.append(
                {
                    "label": label,
                    "url": header["url_primary"],
                    "current": bool(header["sorted"]),
                    "direction": _direction(header["sorted"], descending),
                }
            )
    return rows if len(rows) > 1 else []


def _direction(is_sorted: Any, descending: Any) -> str:
    if not is_sorted:
        return ""
    return gettext("from the last") if descending else gettext("from the first")


def pager_of(changelist: ChangeList) -> dict[str, Any] | None:
    """Give what the tag pagination takes, or None for a lone page."""
    total = changelist.paginator.num_pages
    if total < 2:
        return None
    number = changelist.page_num
    pager: dict[str, Any] = {"number": number, "total": total}
    if number > 1:
        pager["previous"] = _page(
            changelist, number - 1, gettext("Previous page: lines %(first)d to %(last)d")
        )
    if number < total:
        pager["next"] = _page(changelist, number + 1, gettext("Next page: lines %(first)d to %(last)d"))
    return pager


def _page(changelist: ChangeList, number: int, label: str) -> dict[str, str]:
    first = (number - 1) * changelist.list_per_page + 1
    last = min(number * changelist.list_per_page, changelist.result_count)
    return {
        "url": changelist.get_query_string({PAGE_VAR: number}),
        "label": label % {"first": first, "last": last},
    }


def _capital(text: Any) -> str:
    words = str(text)
    return words[:1].upper() + words[1:]
