"""People found for a post that is registered: 总控工招到3个了, 那个岗位来了2个人."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.folding import bare, fold
from services.numbers import find_numerals
from services.speech import asks
from services.supply.fields import STANDING, Offer

LONGEST = 40
_CAME = re.compile(
    r"(?:招|录用?|聘|签|补|配|找|来|进|定)(?:到|了|上|进|来|满|好|下)+|到岗|入职|报到|上岗|到位|已[招录聘签补]|录用"
)
_THIS = re.compile(r"[这那](?:一?个|一?条)?(?:岗位?|需求|职位)|刚[才刚](?:发|登)的?(?:岗位?|需求)")
_NO_HEADS = tuple("月年日号天%元万")
_AHEAD = re.compile(r"要|想|准备|计划|打算|争取|预计|下个?月|明年|如果|没|未|还[差缺]|缺|差")


@dataclass(frozen=True)
class Hiring:
    """So many people came for one of these offers."""

    offers: Sequence[Offer]
    count: int


def may_be_hiring(words: str) -> bool:
    """Whether it is worth looking up one's own posts."""
    text = fold(words)
    return len(text) <= LONGEST and bool(_CAME.search(text)) and not asks(text)


def read_hiring(words: str, own: Sequence[Offer]) -> Hiring | None:
    """The posts that the words say people were found for, and how many; None when they name none of them.

    A post is named by what it is called, or as the one there is: 那个岗位.
    """
    text = fold(words)
    came = _CAME.search(text)
    if came is None or not may_be_hiring(words):
        return None
    standing = [one for one in own if one.state in STANDING]
    named = [one for one in standing if any(_is_called(text, name) for name in _names(one))]
    if not named and _THIS.search(text):
        named = standing
    counts = [
        one for one in find_numerals(text) if one.value is not None and not re.match(r"[月年日号天%]", text[one.end :])
    ]
    if not named or not counts:
        return None
    clause = re.split(r"[,;。]", text[: counts[0].start])[-1] + text[counts[0].end : came.end()]
    count = counts[0].value
    if _AHEAD.search(clause) or count is None or count != count.to_integral_value() or count < 1:
        return None
    return Hiring(named, int(count))


def _names(offer: Offer) -> list[str]:
    return [bare(one) for one in (getattr(offer, "post_name", ""), offer.major_said) if one and len(bare(one)) > 1]


def _is_called(text: str, name: str) -> bool:
    """总控工 calls the post 中央总控工, too; 工 alone calls none."""
    said = bare(text)
    return name in said or any(name[at:] in said for at in range(1, len(name) - 2))
