"""What members of a list have in common: a closed line (years, levels, places), a kind, the noun behind them."""

from __future__ import annotations

import re

from knowledge.language.lexicon import group, place_pattern
from knowledge.language.slips import PARTING
from knowledge.language.terms import words_of
from knowledge.questions.several import BODIES

LINES = tuple(
    re.compile(one)
    for one in (
        r"(?:20)?\d\d[年届](?:[底初末]|上半年|下半年)?|20\d\d(?!\d)(?!年)|\d{1,2}月(?:[底初份])?|[今去前明]年(?:[底初])?|[上下]半年|第?[一二三四1-4]季度",
        r"国家级|自治区级|省级|市级|[县区]级|校级|院级|国家|省里|市里",
        r"第[一二三四五六七八九十\d]+[期届次批条名档类]|[一二三四][期档类](?![限间])|首[期批届次]|[特一二三]等奖",
        r"[甲乙丙丁abcd](?:[级组班类方档])",
        r"(?:高级)?技师|[初中高]级工?",
        r"[大中小]型|本科|专科|中职|高职",
    )
)
_KIND_OF = re.compile(r"中职|高职|职业|技工|成员|非|民办|公办|本科|高等|中等|普通|合作|联合")


def first_begins(text: str, start: int, end: int, last: str) -> int:
    """Return where the first member begins: what stands before it in ``text[start:end]`` belongs to all."""
    for line in LINES:
        if line.match(last) and (found := list(line.finditer(text, start, end))):
            return found[-1].start()
    if place_pattern().match(last) and (found := list(place_pattern().finditer(text, start, end))):
        return found[-1].start()
    party = next((one for one in group("party") if text[start:end].endswith(one)), "") if last in group("party") else ""
    if party:  # 某产业学院的收益学校和企业各得多少
        return end - len(party)
    at, begin = start, start
    words = words_of(text[start:end].rstrip("的") if text[end - 1 : end] == "的" else text[start:end])
    ends_like = bool(BODIES.search(last))
    inside = sum(_is_body(word) for word in words_of(last)[:-1])  # 国际委员会主任和技术委员会主任: a body each
    bodies: list[int] = []
    named = bool(place_pattern().match(last)) or (ends_like and not _KIND_OF.match(last))
    for number, word in enumerate(words):
        at += len(word)
        if number + 1 == len(words):
            break
        shared = word in group("ahead_of_list") or (place_pattern().fullmatch(word) and not named)
        if shared and end - at > 1:
            begin = at
        if not ends_like and _is_body(word) and end - at > 1:  # 机电系: 机电 belongs to it
            bodies.append(at)
    begin = max([begin, *bodies[: len(bodies) - inside]])
    quote = max(text.rfind(sign, begin, end) for sign in '“"‘《')
    return quote if quote >= begin and text[end - 1] in '”"’》' else begin


def _is_body(word: str) -> bool:
    return (len(word) > 1 and bool(BODIES.search(word))) or word in group("organisation")


def shared_noun(first: str, last: str) -> str:
    """Return the noun that the last member alone says and all mean (国家级和省级基地: 基地), or empty."""
    for line in (*LINES, place_pattern()):
        one, other = line.match(first), line.match(last)
        if one and other:
            return last[other.end() :] if one.end() == len(first) else ""
    if first[-1] == last[-1]:
        return ""
    if differ(first, last[: len(first)]):  # 校内和校外导师
        return last[len(first) :]
    words = words_of(last)
    at = 0
    for word in words[:-1]:
        at += len(word)
        if word[-1] == first[-1]:
            return last[at:]
    return ""


def differ(one: str, other: str) -> bool:
    """Whether two words as long as each other differ just in what parts kinds (校内, 校外; 男, 女)."""
    signs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and bool(signs) and all(a in PARTING and b in PARTING for a, b in signs)
