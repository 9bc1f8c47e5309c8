"""What a remark does not overwrite: nothing, or a doubt, replaces a figure only after a question."""

import re
from collections.abc import Mapping
from typing import Any

from services.checkins.form import State
from services.checkins.reading.understood import Item
from services.checkins.standing.sheets import Sheet, plain
from services.models import CheckinEntry

_NOTHING = frozenset({"none_after", "none_before"})
_NOT_YET = frozenset({"not_collected", "not_collected_yet", "not_yet"})
_ASKED_OVER = frozenset({"ask_which_value", "ask_parts", "ask_each", "ask_half"})
_BY_ORDER = re.compile(r"先|别|不[报填]|空|留|暂")
_LONGEST_BARE = 4  # 没有, 没统计: answers the figure that is being asked, and names none

Pending = dict[str, dict[str, Any]]


def keep_figures(sheet: Sheet, items: Mapping[str, Item], pending: Pending) -> tuple[dict[str, Item], list[str]]:
    """The items with the figures that stand kept, their questions put into ``pending``; and the words not taken."""
    kept, left = dict(items), []
    for key, item in items.items():
        stands = sheet.current.get(key)
        if stands is None or not stands.value or item.value:
            continue
        if item.value is None and pending.get(key, {}).get("ask") in _ASKED_OVER:
            kept[key] = _as_it_stands(stands)
        elif len(item.source) <= _LONGEST_BARE:
            continue
        elif item.rule in _NOTHING:
            kept[key] = _as_it_stands(stands)
            pending[key] = {"ask": "ask_which_value", "first": plain(stands.value), "second": "0"}
        elif item.rule in _NOT_YET and not _BY_ORDER.search(item.source):
            del kept[key]
            left.append(item.source)
    return kept, left


def _as_it_stands(entry: CheckinEntry) -> Item:
    return Item(entry.value, State(entry.state), entry.is_approx, entry.source, "stands", note=entry.note)
