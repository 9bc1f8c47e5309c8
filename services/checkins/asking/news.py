"""What people say about last month's problem and about next month, beside the figures. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.language.folding import fold
from services.speech import asks

LONGEST = 300
_BEFORE = r"(?:上个?月|上次|上回|之前|前面|早先)"
_PROBLEM = r"(?:问题|难题|困难|诉求|难处|麻烦|那个?事情?)"
_LAST = re.compile(
    rf"{_BEFORE}[^,;。:]{{0,16}}?{_PROBLEM}|^(?:那个|这个)?{_PROBLEM}[^,;。]{{0,4}}?有(?:新)?(?:进展|情况)"
)
_OPEN = re.compile(
    r"(?:还|仍|都|也|一直)?(?:没有?|未|不)(?:能|得到|完全|彻底)*(?:解决|办好|办成|落实|处理)|老样子|没动静|没进展"
)
_SOLVED = re.compile(
    r"(?:已经?|都|刚|现在|全部|顺利|给)*(?:解决|办好|搞定|处理好|处理完|落实|修好)(?:了|好了?|掉了?|完了?)|不是问题了"
)
_GOES_ON = re.compile(r"(?<=解决)[^,;。]{0,4}(?:一半|部分|一些)|只|但|不过|说|等|才能?|还要|预计")
_PLAN = re.compile(
    r"^(?:我们?|学校|学院|公司|单位|这边|[, ])*下(?:个?月|一?个?月份?)(?:我们?|学校|学院|公司|这边|还|也|就|主要|[, ])*"
    r"(?:打算|计划|准备|拟|想|将|要|争取|安排)(?P<what>.{4,})$"
)


@dataclass(frozen=True)
class News:
    """`about` the problem of last month (`solved`, `open`, or `worse`: there is news of it) or a plan (`plan`)."""

    about: Literal["solved", "open", "worse", "plan"]
    words: str


def read_news(words: str) -> News | None:
    """What the words tell; None when they ask, or tell neither."""
    said = " ".join(words.split()).strip()
    folded = fold(said)
    if not said or len(said) > LONGEST or asks(folded):
        return None
    if _PLAN.match(folded):
        return News("plan", said)
    if _LAST.search(folded) is None:
        return None
    if _OPEN.search(folded):
        return News("open", said)
    solved = _SOLVED.search(folded)
    return News("solved" if solved and not _GOES_ON.search(folded) else "worse", said)
