"""A stated count beside the list that it counts: 甲、乙、丙、丁3个专业 lists four."""

from __future__ import annotations

import re

from knowledge.language.folding import fold
from knowledge.language.numerals import in_digits

_ITEM = r"(?:(?!等)[\u4e00-\u9fff()]){2,14}"
_COUNTED = re.compile(
    rf"((?:{_ITEM}、){{2,}}{_ITEM}?)(等)?(?<![几数近约第])(\d{{1,2}})(?:个|大?类|大|种|项|门|所|家)"
    r"(?!以[上下内]|左右|[和与及多余来])(?=[\u4e00-\u9fff]{2})"
)
_AND = re.compile(r"[和与及]")


def miscounted(text: str) -> tuple[str, ...]:
    """Return ``stated=listed`` for each count in ``text`` that disagrees with the list right before it.

    A last item with 和 in it may be one or two; a list that ends in 等 may leave some out, but not hold more.
    """
    found = []
    for listed, more, stated in _COUNTED.findall(in_digits(fold(text))):
        items = listed.split("、")
        able = {len(items), len(items) + len(_AND.findall(items[-1]))}
        wrong = int(stated) < min(able) if more else int(stated) not in able
        if wrong:
            found.append(f"{stated}={len(items)}")
    return tuple(dict.fromkeys(found))
