"""Technical needs of enterprises in words: put forward, settled, and by whom."""

import re

from services.registers.listing import COUNT
from services.registers.said import LONGEST_TITLE, NEEDS, Said
from services.registers.titles import (
    ANYBODY,
    COUNTED,
    DONE,
    LIST_AFTER,
    TITLED,
    clean,
    is_title,
    listed,
    read_sentences,
)

_NEED = (
    r"(?:(?:技术|工艺|生产)(?:性|攻关)?(?:需求|难题|问题|攻关)(?:课题|项目)?"
    r"|(?:技术|工艺)?难题|(?<=[个项条提了报结])需求)"
)
_LIST = re.compile(
    rf"(?P<done>{DONE})?(?:新?(?:提出?|提交|报|发布|征集|增|有)?(?:了|的)*{COUNTED})?(?:个|项)?{_NEED}{LIST_AFTER}(?P<list>.+)"
    rf"|^\s*(?P<settled>{DONE}){COUNTED}\s*:(?P<settled_list>.+)"
)
_SETTLED = re.compile(
    rf"(?P<title>[^,;。:、]{{2,40}}?)(?:的?(?:技术|工艺)?(?:难题|需求|问题|课题|攻关)+)(?:这个|这项)?"
    rf"(?:[,(]?(?:被|由|与|和|同|跟)?[^,;。]{{2,16}}?(?:一起|共同|联合|协助|帮忙|帮我们|帮)?(?:攻关)?)?,?(?:现|目前)?{DONE}(?=$|[,;。)])"
)
_SETTLED_OLD = re.compile(
    rf"(?:上个?月|上次|之前|去年|前期|早先)[^,;。:]{{0,4}}?(?:提|报)(?:出|过|交)?的(?P<title>[^,;。:、]{{2,30}}?)(?:,?(?:现|目前))?{DONE}(?=$|[,;。)])"
)
_BY = re.compile(
    r"(?:(?:^|[,(])(?:是|由|与|和|请|是和|是由|是与)|由|被)(?P<who>[^,;。:\d()]{2,20}?)(?:帮我们|帮忙|帮|一起|协助|共同)*(?:解决|攻克|攻关|完成)"
    r"|(?:^|[,(]|的(?:难题|需求|问题)(?=.))(?P<whose>[^,;。:\d()的]{2,20}?)(?:(?:帮我们|帮忙|帮|协助)(?:解决|攻克|完成)|(?:解决|攻克|完成)的)"
)
_TAKEN_UP = re.compile(r"^.*[把将](?=.{3,})")
_TOGETHER = re.compile(r"(?:和|与|同|跟)(?P<who>[^,;。:\d()]{2,16}?)(?:一起|共同|联合|合作)?[把将]")
_SOLVER = re.compile(r"(?:解决|攻关|承担)(?:单位|方|院校)(?:是|为|:)?(?P<who>[^,;。:\d()]{2,20})")
_GIVEN_TO = re.compile(r"[,(](?:已)?(?:委托|交给|交由|对接)(?P<who>[^,;。:\d()]{2,20}?)(?:攻关|解决|研究|研发|来做|做)")
_BARE = re.compile(
    rf"(?:新|提)[^,;。]{{0,6}}?{_NEED}(?:数)?\s*(?P<count>{COUNT.pattern})"
    rf"|(?:新|提)[^,;。]{{0,4}}?(?P<before>{COUNT.pattern}){_NEED}"
)
_PUT = re.compile(r"新?(?:提出?|提交|报|发布|增|有)")
_OWN_PART = re.compile(
    rf"[;\n]\s*(?:\(?\d{{1,2}}[.、)]\s*)?(?=(?:{DONE}|新?(?:提出?|报|增))[^,;。:\n]{{0,6}}(?:需求|难题)?{COUNTED}\s*:)"
)
"""；办结：…: what follows is a list of its own, with a state of its own."""


def read_needs(text: str) -> tuple[list[Said], int]:
    """Technical needs in folded words, and how many new ones were counted without a name."""
    return read_sentences(text, _needs, _BARE, _OWN_PART)


def _needs(sentence: str) -> list[Said]:
    found = _LIST.search(sentence)
    rows = []
    if found:
        done = bool(found["done"] or found["settled"])
        partner = _helper(sentence) if done else _given_to(sentence)
        rows = list(
            listed(NEEDS, found["list"] or found["settled_list"], "closed" if done else "open", sentence, partner)
        )
    if not rows and re.search(rf"{_NEED}|需求", sentence) and TITLED.search(sentence):
        status = "closed" if re.search(DONE, sentence) else "open" if _PUT.search(sentence) else ""
        titles = [one[1] or one[2] for one in TITLED.finditer(sentence)]
        return [Said(NEEDS, one[:LONGEST_TITLE], _helper(sentence), status=status) for one in titles if status]
    settled = None if rows else _SETTLED.search(sentence) or _SETTLED_OLD.search(sentence)
    title = clean(_TAKEN_UP.sub("", settled["title"]).removesuffix("这个").removesuffix("那个")) if settled else ""
    if len(title) >= 3 and is_title(title):
        return [Said(NEEDS, title[:LONGEST_TITLE], _helper(sentence), status="closed")]
    return rows


def _helper(sentence: str) -> str:
    if named := _TOGETHER.search(sentence) or _SOLVER.search(sentence):
        return "" if ANYBODY.fullmatch(named["who"]) else named["who"]
    found = _BY.search(sentence)
    who = re.sub(r"^(?:是|由|与|和|请)+", "", found["who"] or found["whose"]) if found else ""
    return "" if ANYBODY.fullmatch(who) else who


def _given_to(sentence: str) -> str:
    """委托星职院攻关: whoever works on it; 希望学校攻关 names nobody."""
    found = _GIVEN_TO.search(sentence)
    return "" if found is None or ANYBODY.fullmatch(found["who"]) else found["who"]
