"""What a post pays a month: 4500-6000, 四千五到六千, 月薪6k起. Told apart from years, days and heads."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from services.numbers import read_numeral

_MEASURE = r"(?:个|名|人|位)"
_PAY = re.compile(
    r"(?P<low>\d+(?:\.\d+)?[k千万]?|[一二两三四五六七八九]千[一二三四五六七八九]?(?:百)?)"
    r"(?:元|块)?(?:[-~到至—]+(?P<high>\d+(?:\.\d+)?[k千万]?|[一二两三四五六七八九]千[一二三四五六七八九]?(?:百)?|[一两]万))?"
    r"(?:元|块)?(?P<above>以上|起|左右)?(?:[/每一个]*月)?"
)
_PAY_WORD = re.compile(r"薪资?|工资|待遇|月入|底薪|收入|薪酬")


def find_pay(text: str) -> dict[str, Any]:
    """`pay_min` and, where a range is given, `pay_max`, in yuan a month; empty when none is named."""
    found = next(pay_spans(text), None)
    if found is None:
        return {}
    low, high = _money(found["low"]), _money(found["high"]) if found["high"] else None
    if low is not None and high is not None and low < 100 <= high:  # 4到6千
        low *= 1000 if high >= 1000 else 1
    values: dict[str, Any] = {"pay_min": low}
    if high is not None and low is not None:
        values = {"pay_min": min(low, high), "pay_max": max(low, high)}
    return values


def pay_spans(text: str) -> Iterator[re.Match[str]]:
    """Where sums of pay stand, so that nobody counts them as people."""
    for found in _PAY.finditer(text):
        low = _money(found["low"])
        high = _money(found["high"]) if found["high"] else None
        near = _PAY_WORD.search(text[max(0, found.start() - 6) : found.start()])
        followed = re.match(_MEASURE, text[found.end() :])
        dated = re.match(r"[年月日号.\-/]", text[found.end() :]) and not near
        plausible = low is not None and 800 <= low <= 100_000
        if (high is None and not (near or found["above"] == "起")) or followed or dated:
            continue
        if plausible or (high is not None and 800 <= high <= 100_000):
            yield found


def _money(text: str) -> int | None:
    scale = 1000 if text.endswith("k") else 1
    value = read_numeral(text.removesuffix("k"))
    return None if value is None else int(value * Decimal(scale))
