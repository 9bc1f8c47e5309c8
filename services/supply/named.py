"""Clauses that name one of several kinds of work: 仪表工专业不限 is said of that one alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.supply.catalogue import ANY_LEVEL
from services.supply.heads import find_headcount


def part_clauses(text: str, names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The folded words without the clauses about one of the names, and those clauses by name, the name cut out.

    A clause that says how many are wanted names the work first; it is no remark about it.
    """
    shared: list[str] = []
    own: dict[str, list[str]] = {}
    for clause in re.split(r"[,、]", text):
        named = names_in(clause, names)
        if len(named) == 1 and find_headcount(clause) is None:
            own.setdefault(named[0], []).append(without_name(clause, named[0]))
        else:
            shared.append(clause)
    return ",".join(shared), {name: ",".join(clauses) for name, clauses in own.items()}


def only_said(values: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Without the name; 专业不限 of one kind of work says nothing of the level that holds for all."""
    left = {name: value for name, value in values.items() if name not in ("post_name", "post_type")}
    if left.get("level") == ANY_LEVEL and not re.search(r"学历|层次", words):
        del left["level"]
    return left


def names_in(words: str, names: Iterable[str]) -> list[str]:
    """The names that stand in the words; one within another (工艺员 in 工艺员助理) is not there by itself."""
    found = [one for one in dict.fromkeys(names) if one and one in words]
    return [one for one in found if not any(one != other and one in other for other in found)]


def without_name(words: str, name: str) -> str:
    """专业不限 from 仪表工专业不限, 那个仪表工的话专业不限."""
    before, _, after = words.partition(name)
    after = re.sub(r"^(?:岗位?|这个岗位?|[这那][个边])?(?:的话|的|呢|是|要求)?[,: ]*", "", after)
    return (re.sub(r"(?:[这那]个|至于|其中|另外)+$", "", before) + after).strip()
