"""What a reader must be told beside a quoted sentence, as machine ids.

``approximate``      the asked figure carries 余, 近, 多, 约, 左右 or the like; a limit (不少于, 以上) is exact
``forecast``         the sentence states an aim or an expectation (力争, 将, 预计), not a fact
``damaged:<words>``  the source lost characters there
``expired``          the document calls itself 失效 or 废止, or its 废止日期 has come
``relative_date:<words>=<year>``  去年 and the like, counted from the document's own date
``media_report``     the publisher disclaims that it vouches for the text
``miscounted:<stated>=<listed>``  a count disagrees with the list that stands right before it
``partial:<place>``  one of the compared subjects has no evidence
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.documents.damage import damaged_spots
from knowledge.documents.entries import Hit
from knowledge.documents.listings import miscounted
from knowledge.language.folding import fold
from knowledge.language.forms import ABOUT

_APPROXIMATE = re.compile(
    rf"\d\s*[余多]|(?:{ABOUT}|大概)\s*\d|{ABOUT}[一二三四五六七八九十百千万]+"
    r"|[十百千万亿][余多](?=[个家所名人次项元年天])|(?:几|(?<![人总次件户])数)[十百千万](?!分)"
    r"|\d+[余多]?[万千百亿]*[余多]?\s*[个家所名人次项元%％]*(?:左右|上下|余|多)"
)
_FORECAST = re.compile(r"力争|将达|将于|预计|争取|逐步达到|计划到|拟于|到20\d\d年底?|有望")
_RELATIVE = re.compile(r"(去年|今年|前年|明年|上年|本年)(\d{1,2}月|底|初)?")
_SHIFT = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "前年": -2, "明年": 1}


def notes_on(quoted: Sequence[tuple[Hit, str, str]], today: date) -> tuple[str, ...]:
    """Return the notes on quoted sentences, each with the hit it stands in and the words about the asked figure."""
    found: dict[str, None] = {}
    for hit, words, asked in quoted:
        folded = fold(words)
        if _APPROXIMATE.search(fold(asked)):
            found["approximate"] = None
        if _FORECAST.search(folded):
            found["forecast"] = None
        for spot in damaged_spots(words):
            found[f"damaged:{spot}"] = None
        if is_expired(hit, today):
            found["expired"] = None
        for counts in miscounted(words):
            found[f"miscounted:{counts}"] = None
        for note in _relative_dates(hit, folded):
            found[note] = None
        if "media_report" in hit.warnings:
            found["media_report"] = None
    return tuple(found)


def is_expired(hit: Hit, today: date) -> bool:
    """Whether the passage's document says of itself that it no longer holds."""
    gone = hit.repealed_on is not None and date.fromisoformat(hit.repealed_on) <= today
    return gone or bool(hit.validity and re.search(r"失效|废止|repealed|superseded", fold(hit.validity)))


def _relative_dates(hit: Hit, folded: str) -> list[str]:
    if not hit.dated_on:
        return []
    written = int(hit.dated_on[:4])
    return [
        f"relative_date:{match[0]}={written + _SHIFT[match[1]]}年{match[2] or ''}"
        for match in _RELATIVE.finditer(folded)
    ]
