"""Things listed in words: after a colon, numbered, in《》, parted by 、 or ；, each with a bracket of its own."""

import re
from collections.abc import Iterator

_NUMBER = re.compile(
    r"(?:^|(?<=[\s;,。、:]))(?:\(?\d{1,2}[.、)](?!\d)|\(?[一二三四五六七八九十][、)]|第[一二三四五六1-9][,是:]|(?:还有|另|另外)?[一1]个是|[一二三四五六]是)\s*"
)
_PARTED = re.compile(r"[、;\n]|(?<=\))[和与及,](?!\d)|(?<=》)[和与及,]?(?=《)")
COUNT = re.compile(r"(\d{1,3}|[一二两三四五六七八九十])(?:个|项|条|件|处|家|座|份)")
NOTHING = re.compile(r"(?:暂?时?没有|无|0[项个条]?|零|-+|略|跳过|不填|先不填|以后再说|暂无|无新增)[。.]?")
_DIGITS = {one: n for n, one in enumerate("零一二三四五六七八九十")} | {"两": 2}


def pieces(text: str, count: int = 0) -> Iterator[tuple[int, int]]:
    """Where the things of a folded list stand. Commas part them only where that gives the `count` that was said."""
    covered = _cover(text)
    marks = [found.span() for found in _NUMBER.finditer(covered)]
    if not marks:
        marks = [found.span() for found in _PARTED.finditer(covered)]
    if not marks and count > 1 and covered.count(",") == count - 1:
        marks = [found.span() for found in re.finditer(",", covered)]
    both = [found.span() for found in re.finditer(r"(?<=.{2})[和与及](?=.{2})", covered)]
    if not marks and count > 1 and len(both) == count - 1:
        marks = both
    at = 0
    for start, end in [*marks, (len(text), len(text))]:
        if text[at:start].strip(" 、,;。:\n"):
            left = at + len(text[at:start]) - len(text[at:start].lstrip(" 、,;。:\n"))
            yield left, left + len(text[left:start].rstrip(" 、,;。:\n"))
        at = end


def count_in(text: str) -> int:
    """How many a clause says there are: 2个, 三项; 0 when it does not say."""
    found = COUNT.search(text)
    if not found:
        return 0
    return int(found[1]) if found[1].isdigit() else _DIGITS.get(found[1], 0)


def _cover(text: str) -> str:
    """The text with what stands in brackets made blank of separators."""
    return re.sub(r"\([^()]*\)|《[^》]*》", lambda one: one[0][0] + "x" * (len(one[0]) - 2) + one[0][-1], text)
