"""甲、乙的在校生分别为1850人和1420人: of figures that stand in a row, each belongs to the member at its place.

Whoever reads such a sentence by nearness gives one member's figure to another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.language.clauses import begin_of, end_of

Span = tuple[int, int]

_EACH = re.compile(r"分别|依次")
_ALL = re.compile(r"各(?![类种项地级方界个位])|均|都(?!市)")
_JOINS = re.compile(r"、|以及|和|与|及")
_BETWEEN = re.compile(r"[\u4e00-\u9fff]{0,4}(?:[、,，]|以及|和|与|及)(?!合计|总|共|一共)[\u4e00-\u9fff]{0,6}")
_CLAUSE_SIGNS = ",，;；。:："


def in_row(words: str, values: Sequence[Span]) -> list[Span]:
    """Return the values that 分别 sets in a row in folded ``words``, in order; empty where it sets none."""
    each = _EACH.search(words)
    after = [one for one in values if each and one[0] >= each.end()]
    row = after[:1]
    for one in after[1:]:
        if not _BETWEEN.fullmatch(words, row[-1][1], one[0]):
            break
        row.append(one)
    return row if len(row) > 1 else []


def at_its_place(words: str, row: Sequence[Span], label: str, others: Sequence[str]) -> Span | None:
    """Return the value in ``row`` of the member that ``label`` calls; None where that is not plain to see.

    The members stand before 分别, as many as the values, and just one of them has what tells ``label`` apart from
    ``others`` (甲 of 甲校区 and 丙校区).
    """
    each = _EACH.search(words)
    if each is None or not row:
        return None
    stem = _stem(label, others)
    clauses = re.split(f"[{_CLAUSE_SIGNS}]", words[: each.start()])
    for clause in reversed(clauses[-2:]):
        members = [one for one in _JOINS.split(clause) if one]
        named = [at for at, one in enumerate(members) if stem and stem in one]
        if len(members) == len(row):
            return row[named[0]] if len(named) == 1 else None
    return None


def of_each(words: str, values: Sequence[Span], label: str, others: Sequence[str]) -> Span | None:
    """Return the value that 各 gives to each member of the list before it (甲县、乙县各3家), if ``label`` is one."""
    stem = _stem(label, others)
    for each in _ALL.finditer(words):
        begin, stop = begin_of(words, each.start(), _CLAUSE_SIGNS), end_of(words, each.end(), _CLAUSE_SIGNS)
        members = _JOINS.split(words[begin : each.start()])
        within = [one for one in values if each.end() <= one[0] < stop]
        if len(members) > 1 and len(within) == 1 and any(stem and stem in one for one in members):
            return within[0]
    return None


def _stem(label: str, others: Sequence[str]) -> str:
    """What is left of a label without the signs that it and the others all end in."""
    same = 0
    while all(len(one) > same and one[-1 - same] == label[-1 - same : len(label) - same] for one in (label, *others)):
        same += 1
    return label[: len(label) - same] if others and same < len(label) else label
