"""People found for a post that is registered: 总控工招到3个了, 那个岗位来了2个人."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.folding import bare, fold
from services.numbers import Numeral, find_numerals
from services.speech import asks
from services.supply.fields import STANDING, Offer

LONGEST = 40
_CAME = re.compile(
    r"(?:招|录用?|聘|签|补|配|找|来|进|定)(?:到|了|上|进|来|满|好|下)+|到岗|入职|报到|上岗|到位|已[招录聘签补]|录用"
)
_THIS = re.compile(r"[这那](?:一?个|一?条)?(?:岗位?|需求|职位)|刚[才刚](?:发|登)的?(?:岗位?|需求)")
_HEADS = tuple("个名人位口")
_SAID_ALONE = re.compile(r"(?:[了吧啊呢。!]|$)")
_AHEAD = re.compile(r"要|想|准备|计划|打算|争取|预计|下个?月|明年|如果|没|未|还[差缺]|缺|差")


@dataclass(frozen=True)
class Hiring:
    """Posts that the words speak of, each with how many people came."""

    posts: Sequence[tuple[Offer, int]]


def may_be_hiring(words: str) -> bool:
    """Whether it is worth looking up one's own posts."""
    text = fold(words)
    return len(text) <= LONGEST and bool(_CAME.search(text)) and not asks(text)


def read_hiring(words: str, own: Sequence[Offer]) -> Hiring | None:
    """The posts that the words say people were found for, and how many; None when they name none of them.

    A post is named by what it is called, or as the one there is: 那个岗位. Each clause tells one number.
    """
    if not may_be_hiring(words):
        return None
    standing, found = [one for one in own if one.state in STANDING], []
    for clause in re.split(r"[,;。!\n]|(?<=[个名人位俩仨]) ", fold(words)):
        named = [one for one in standing if any(_is_called(clause, name) for name in _names(one))]
        named = named or (standing if _THIS.search(clause) else [])
        count = _count_in(clause) if named and _CAME.search(fold(words)) else None
        if count is not None:
            found += [(one, count) for one in named]
    return Hiring(found) if found else None


def _count_in(clause: str) -> int | None:
    """The one number of people that a clause tells as having come."""
    told = [one for one in find_numerals(clause) if _counts_people(clause, one)]
    if len(told) != 1 or _AHEAD.search(clause):
        return None
    value = told[0].value
    return int(value) if value is not None and value == value.to_integral_value() and value > 0 else None


def _counts_people(clause: str, one: Numeral) -> bool:
    """3个, 2人, 俩; or a number right behind 招到 that ends the clause. 3号线, 2台 and 4班 count none."""
    behind = clause[one.end :].lstrip()
    if behind.startswith(_HEADS) or clause[one.end - 1 : one.end] in ("俩", "仨"):
        return True
    came = list(_CAME.finditer(clause[: one.start]))
    return bool(came and came[-1].end() == len(clause[: one.start].rstrip()) and _SAID_ALONE.match(behind))


def _names(offer: Offer) -> list[str]:
    return [bare(one) for one in (getattr(offer, "post_name", ""), offer.major_said) if one and len(bare(one)) > 1]


def _is_called(text: str, name: str) -> bool:
    """总控工 calls the post 中央总控工, too; 工 alone calls none."""
    said = bare(text)
    return name in said or any(name[at:] in said for at in range(1, len(name) - 2))
