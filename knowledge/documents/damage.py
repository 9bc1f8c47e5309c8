"""Text that lost characters on its way here: shown, but never computed from.

Copying and scanning drop signs between numbers: a year and month run together, a bracket goes missing, two
percentages meet. Such a spot looks like a figure and is none.
"""

from __future__ import annotations

import re

_DAMAGED = re.compile(
    r"第\d{4,}[届次期章条]"  # 第1819届: two ordinals run together
    r"|〔\d{5,}号"  # 〔20193号: a bracket and a digit's place lost
    r"|\d+(?:\.\d+)?%\d+(?:\.\d+)?%"  # 2.4%60%: two shares without what stood between
    r"|(?<!\d)(?:19|20)\d{2}(?:0?[1-9]|1[0-2])月"  # 201803月: 年 lost
    r"|\d{3,}(?:优胜|金牌|银牌|铜牌)"
    r"|\ufffd+"
)


def damaged_spots(text: str) -> tuple[str, ...]:
    """Return the damaged words of ``text``, in order, without repeats."""
    return tuple(dict.fromkeys(match[0] for match in _DAMAGED.finditer(text)))
