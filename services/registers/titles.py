"""What technical needs and services are called in words, for whom they are done, and the lists that they stand in."""

import re
from collections.abc import Callable, Iterator

from services.registers.listing import COUNT, NOTHING, count_in, pieces
from services.registers.said import LONGEST_TITLE, NEEDS, Said

COUNTED = rf"(?:\(?{COUNT.pattern}\)?)?"
DONE = r"(?:已经?|都|刚|全部|顺利)*(?:解决|办结|销号|攻克|完成|结题|结项|验收|搞定|办完|了结)(?:了|掉|好)*"
LIST_AFTER = (
    rf"(?:数)?(?:新增|新?提(?:出|了|过)?|报了?|共|有|是|为)*\s*{COUNTED}\s*"
    r"(?:[:,—-]+|是|为|\((?=[^)]{4,}\)\s*(?:$|[,;。])))"
)
TITLED = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,60})[”\"]")
_MONEY = re.compile(r"到账|到款|合同额|经费|\d(?:\.\d+)?\s*万")
_ENDS_DONE = re.compile(rf"{DONE}$")
_PROMISED = re.compile(
    r"(?:名称|名单|明细|内容|清单|具体|详情|题目)?[^,;]{0,4}(?:稍后|后|回头|随后|另|待|再)(?:补|报|发|附|定|给)+.*"
)
"""名称稍后补: nothing is named yet."""
_STOP = re.compile(
    r"[,;](?=[^,]*(?:\d|办结|没有|投入|实习|培训|招|派|委托|希望|请|想|需要|[^,]*(?:解决|结题|验收)|由|和[^,]*(?:一起|合作)|与[^,]*(?:合作|共同)))|。"
)
_TAIL = re.compile(
    r"(?:的|等)?(?:技术|工艺)?(?>(?:难题|需求|问题|课题|项目|攻关|(?>(?:技术|咨询|服务){2,})|合同)*)(?:等)?$"
)
_LEAD = re.compile(
    r"^(?>(?:叫做?|名叫|名为|关于|原来的?|之前的?|上月的?|那个|这个|的|,|还有|有|就是|分别是|分别为|是|上次|上个?月|之前|去年|前期|提出?的|报的)+)"
)
_AMOUNT = re.compile(r"(?:合同|到账|经费|金额)*(?:额|款)?:?\d[\d.]*(?:万|元)+")
_PARTY = re.compile(r"(?:委托|合作|服务|甲|解决|承担)(?:单位|企业|学校|方|对象)?(?:是|为|:)?")
_OWNED = re.compile(r"^([^,:—-]{2,16}?)(?:—+|-+|:)(?=[^,]{3,})")
_WISHED = re.compile(r"请|希望|想|需要|拟|待")
ANYBODY = re.compile(r"(?:学校|高校|院校|职院|学院|老师|专家|他们|你们|企业|校外|外单位)(?:老师|企业)?")
_BRACKET = re.compile(r"\(([^()]*)\)")
_SENTENCE = re.compile(r"[^。!\n]+(?:\n\s*\(?\d{1,2}[.、)][^。!\n]+)*")
_DEED = r"(?:做|开发|提供|开展|进行|实施|承担|完成|研制|搞)(?:了|的)?"
_DONE_FOR = re.compile(rf"^(?:为|给|帮|替|受)(?P<who>[^,;:\d]{{2,20}}?)(?:委托)?,?{_DEED}(?P<what>.{{2,}})$")
ORGANISATION = (
    r"(?:装备|集团|化工|电力|能源|机械|公司|厂|科技|制造|物流|食品|医院|局|学院|学校|职院|大学|企业|股份|重工|电子"
    r"|钢铁|药业|煤业|矿业|水务|热力|燃气|银行|酒店|汽车|电气|材料|农业|建材|环保|实业|园区|中心|所|院)"
)
_OF_ORGANISATION = re.compile(rf"^(?P<who>[^,;:\d的]{{1,12}}{ORGANISATION})的(?P<what>[^,;]{{3,}})$")


def read_sentences(
    text: str, rows_in: Callable[[str], list[Said]], bare: re.Pattern[str], parts: re.Pattern[str]
) -> tuple[list[Said], int]:
    """The rows of a folded text, and how many were counted without a name. ``parts``: where an own item begins."""
    rows: dict[str, Said] = {}
    counted = 0
    for sentence in _SENTENCE.finditer(parts.sub("。", text)):
        found = rows_in(sentence[0])
        for one in found:
            rows.setdefault(one.title, one)
        unnamed = bare.search(sentence[0])
        if unnamed and not found:
            counted += count_in(unnamed["count"] or unnamed["before"])
    return list(rows.values()), counted


def listed(register: str, text: str, status: str, sentence: str, partner: str = "") -> Iterator[Said]:
    """The things of a list, each with its own partner where it has one, else with the ``partner`` of all."""
    stop = _STOP.search(hide(text)) if not re.match(r"\s*\(?1[.、)]", text) else None
    text = text[: stop.start()] if stop else text
    count = count_in(sentence[: sentence.find(text)])
    parts = list(pieces(text, count))
    for start, end in parts:
        piece = text[start:end]
        bracket = _BRACKET.search(piece)
        owner, _, words = _OWNED.sub(r"\1\n", _BRACKET.sub("", piece)).rpartition("\n")
        whose, title = split_owner(
            clean((words if register == NEEDS and len(parts) == 1 else words.split(",")[0]).strip('《》"“”) '))
        )
        if is_title(title):
            who = party(bracket[1]) if bracket else ""
            yield Said(register, title[:LONGEST_TITLE], who or owner or whose or partner, status=status)


def is_title(title: str) -> bool:
    """Whether words name something: no count, no amount, no 暂无, no promise to name it later."""
    empty = len(title) < 2 or NOTHING.fullmatch(title) or _PROMISED.fullmatch(title)
    return not (empty or COUNT.search(title) or _ENDS_DONE.search(title) or _MONEY.search(title))


def split_owner(title: str) -> tuple[str, str]:
    """为海岚化工做管道检测, 北辰装备的液压诊断: for whom, and what; the first is empty where nobody is named."""
    found = _DONE_FOR.match(title) or _OF_ORGANISATION.match(title)
    if found:
        return found["who"], clean(found["what"])
    return "", re.sub(rf"^{_DEED}(?=.{{3,}})", "", title)


def party(inside: str) -> str:
    """The organisation in a bracket, without amounts and without 委托单位."""
    if _WISHED.match(inside):
        return ""
    for part in re.split(r"[,;、]", inside):
        bare = _PARTY.sub("", _AMOUNT.sub("", part)).strip(" :与和")
        if len(bare) >= 2 and not re.search(r"\d", bare):
            return bare
    return ""


def clean(title: str) -> str:
    """Without 上月的, 难题 and what else only says that it is one."""
    return _TAIL.sub("", _LEAD.sub("", title.strip())).strip(" ,的:") or ""


def hide(text: str) -> str:
    """The text with what stands in brackets and title marks made unreadable, its length kept."""
    return re.sub(r"\([^()]*\)|《[^》]*》", lambda one: "x" * len(one[0]), text)
