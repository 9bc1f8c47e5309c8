"""Platforms and bases in words: founded, opened, recognised, extended, given up.

Only an event counts. A base that is merely mentioned (培训在实训基地开展) or wished for is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.registers.listing import COUNT, count_in, pieces
from services.registers.said import LONGEST_TITLE, PLATFORMS, Said, partners_in, places_in

_Q = "[\"“”'‘’]?"
KINDS = {
    "virtual_base": r"虚拟仿真(?:实训|教学)?(?:基地|中心)|虚仿(?:实训)?(?:基地|中心)",
    "teacher_station": r"(?:教师)?(?:企业)?实践流动站|教师(?:企业)?实践(?:工作站|基地|站)|流动站",
    "teacher_base": rf"{_Q}双师(?:型|素质)?{_Q}(?:教师|师资)?(?:培养|培训)*基地|(?:教师|师资)(?:培养|培训)+基地",
    "industry_college": r"产业学院|行业学院|工匠学院",
    "practice_centre": r"(?:开放型)?(?:区域|市域)?(?:产教融合)?实践中心",
    "studio": r"(?:技能)?(?:大师|工匠|名师|劳模)(?:创新)?工作室",
    "laboratory": r"实验室",
    "training_centre": r"(?:公共)?(?:技能)?(?:实习|实训|培训)+中心",
    "training_base": r"(?:校外|校内)?(?:实习|实训|实践|培训|见习|就业|教学|生产)+基地|实训室|教学工厂|培训工厂",
    "research_centre": r"(?:研究|研发|创新|中试|检测|技术|服务)+(?:中心|平台|基地)",
    "workstation": r"(?:专家|博士后|技师|院士)?工作站",
    "other": r"基地|产教综合体|产教融合体|服务平台",
}
LEVELS = {
    "national": "国家级|国家",
    "provincial": "省部级|省级|自治区级|全省|省",
    "municipal": "市级|市域|全市|市",
    "district": "区级|县级|旗县级",
    "school": "校级|院级",
}
_HEAD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in KINDS.items()))
_LEVEL = re.compile(
    "|".join(
        f"(?P<{name}>(?:{'|'.join(one for one in words.split('|') if len(one) > 1)}))" for name, words in LEVELS.items()
    )
    + r"|(?P<provincial_>(?<=[批选为])省(?=[^,;。]{0,8}(?:基地|中心|示范|重点)))"
)
STATUSES = (  # the strongest first
    ("ended", r"撤销|撤并|并入|停办|关停|关闭|终止|拆除|停用(?!电)|不再(?:使用|运行|保留)|取消"),
    ("in_use", r"投入(?:了)?(?:正式)?(?:使用|运行)|投(?:用|运|产)|启用|正式运行|交付使用|开始使用|对外开放"),
    (
        "built",
        r"建成|建好|揭牌|挂牌|挂了牌|授牌|揭了牌|落成|竣工|验收|成立|设立|(?<!更)新设(?!备)|落户|落地|建起|建立了?|新增|增加了?|增挂",
    ),
    ("recognised", r"获批|获评|入选|认定|立项|评为|批准|获得|遴选|被评|授予|列入"),
    ("expanded", r"扩建|升级|改造|扩容|迁建|迁入|更名|改扩建|增设|扩大"),
    (
        "building",
        r"在建|新建|共建(?!的)|合建(?!的)|联建(?!的)|开工|动工|奠基|启动|筹建|筹备|建设(?:了|中)|建了|打造了?|设了",
    ),
)
_STATUS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in STATUSES))
_NOT_YET = re.compile(
    r"(?:没有?|未|尚未|还没|不)(?:能|再)?(?:新|建|增|完|通|开|获|投|有)|没有(?:新增|变化|变动)|无新增|还是\d"
)
_OWN_ITEM = re.compile(
    r"(?<![^\s,;。])\d{1,2}[.、)]\s*(?=新建|与|和|获批|建成|本月|撤销|扩建|成立|培训|实习"
    r"|[^\s,;。]{2,14}(?:揭牌|挂牌|建成|投用))"
)
_SENTENCE = re.compile(r"[^。;!\n]+")
_BOUNDARY = re.compile(
    r"[,。;:!?、()（）\s《》]|(?:\d{1,3}|[一二两三四五六七八九十])(?:个|处|家|座|所|间)(?:的)?|的|了|过|为|是|在|将|把|被|到|于|有|等|我校|本校|我院|我司|学校|我们|校内|校外|原来|原有|(?<![一-龥])原|本月|当月|今年|\d+[月日号]"
    r"|(?:国家|省部|省|市|区|县|校|院|自治区)级|(?:批|选|为)省|改成|改为|变为|转为|正式|首个|首批|一批|第[一二三四五]个|已经?|又|还|另外|同时|并|其中|以及|通过|作为|名称|项目|平台(?=:)|共同|联合|合作|校企"
    r"|" + "|".join(pattern for _, pattern in STATUSES)
)
_SPECIFIC = re.compile(r"双师|流动站|公共|区域|市域|开放型")
CALLED = re.compile(r"^(?:名字|名称|全称|全名|正式|取名|起名|名)*(?:叫做?|叫作|称为|命名为)[:\"“]?(?=.{2})")
_BRACKET = re.compile(r"^\(([^()]*)\)")
_PIECE = re.compile(r"(?:[^,()]|\([^()]*\))+")
_HONOUR = re.compile(r"(?:获评|评为|认定为|获批为?|入选|列为|授予)[^,;。]{0,10}$")
_TARGET = re.compile(r"(?:并|迁|移|转|入|合)[^,;。]{0,3}[到入至]$")
_GOES_ON = re.compile(
    r"^\s*(?:已|正|并|分别|设在|与|和|同|由|跟|联合|合作|共建|本月|于|\d+月|为|被|属|目前|现|面积|投|建筑|总|(?:国家|省|市|区|校)级|"
    + "|".join(pattern for _, pattern in STATUSES)
    + ")"
)


@dataclass
class _Sentence:
    """Where reading stands in a sentence: the status that a list inherits, and heads counted without a name."""

    text: str
    pieces: list[re.Match[str]]
    inherited: str = ""
    unnamed: int = 0


def read_platforms(text: str) -> tuple[list[Said], int]:
    """The rows that folded words tell, and how many were counted without a name."""
    rows: dict[str, Said] = {}
    unnamed = 0
    for sentence in _SENTENCE.finditer(_OWN_ITEM.sub(";", text)):
        at = _Sentence(sentence[0], list(_PIECE.finditer(sentence[0])))
        found = [one for n, _ in enumerate(at.pieces) for one in _read_piece(at, n)]
        unnamed += 0 if found else at.unnamed
        for one in found:
            rows.setdefault(one.title, one)
    return list(rows.values()), unnamed


def _read_piece(at: _Sentence, n: int) -> Iterator[Said]:
    piece = at.pieces[n][0]
    heads = [one for one in _HEAD.finditer(piece) if not _in_bracket(piece, one.start())]
    if not heads:
        at.inherited = "" if COUNT.search(piece) else at.inherited
        return
    clause = _clause(at, n)
    status = _status(clause)
    if _NOT_YET.search(clause):
        return
    if not status and not (at.inherited and all(_is_name(piece, one) for one in heads[:1])):
        return
    partner = partners_in(re.sub(r"\([^()]*\)", "", clause) if len(heads) > 1 else clause)
    for head in heads:
        if head.lastgroup == "other" and len(heads) > 1 and _HONOUR.search(piece[: head.start()]):
            continue  # 获评省级示范基地: what the one before became, no other one
        if status == "ended" and _TARGET.search(piece[: _title_start(piece, head.start())]):
            continue  # 撤并到智能制造实训中心: that one stays
        title = piece[_title_start(piece, head.start()) : head.end()].strip(" -—\"'") + _suffix(piece[head.end() :])
        title = CALLED.sub("", title)
        listed = list(_listed(piece[head.end() :], head))
        if listed and not any(_HEAD.search(one[: -len(head[0])] if one.endswith(head[0]) else one) for one in listed):
            yield from (_said(one, head, clause, status, partner) for one in listed)
            return
        placed = places_in(clause)
        if title == head[0] and placed:
            yield from (_said(one + title, head, clause, status or at.inherited, one) for one in placed.split("、"))
            continue
        if title == head[0] and not _SPECIFIC.search(title):
            if not partner or COUNT.search(piece):
                at.unnamed += max(count_in(piece), 1) if status not in ("", "ended", "expanded") else 0
                at.inherited = status or at.inherited
                continue
            title = partner.split("、")[0] + title
        yield _said(title, head, clause, status or at.inherited, partner)
        at.inherited = status or at.inherited


def _clause(at: _Sentence, n: int) -> str:
    """The piece with those after it that go on about it, and the one before it where that only names the partner."""
    said = [at.pieces[n][0]]
    for later in at.pieces[n + 1 :]:
        if _HEAD.search(later[0]) or not _GOES_ON.search(later[0]):
            break
        said.append(later[0])
    if n and not _HEAD.search(at.pieces[n - 1][0]) and _LED_TO.search(at.pieces[n - 1][0]):
        said.insert(0, at.pieces[n - 1][0])
    return ",".join(said)


_LED_TO = re.compile(r"^\s*(?:与|和|同|跟|联合|携手)[^\d]{2,30}$")


def _is_name(piece: str, head: re.Match[str]) -> bool:
    """Whether a piece is only a name, as in a list."""
    return head.end() >= len(piece.rstrip()) - 8 and not re.search(r"\d", piece[: head.start()])


def _in_bracket(piece: str, at: int) -> bool:
    return piece.count("(", 0, at) > piece.count(")", 0, at)


def _said(title: str, head: re.Match[str], clause: str, status: str, partner: str) -> Said:
    after = clause[clause.find(title) + len(title) :] if title in clause else ""
    bracket = _BRACKET.match(after.strip())
    level = level_in(bracket[1]) if bracket else ""
    inside = partners_in("与" + bracket[1] + "共建") if bracket and re.match(r"与|和", bracket[1]) else ""
    return Said(
        PLATFORMS,
        title[:LONGEST_TITLE],
        partner or inside,
        str(head.lastgroup),
        level or level_in(clause),
        status,
    )


def level_in(text: str) -> str:
    """The machine id of the first level that folded words name; empty when none."""
    found = _LEVEL.search(text)
    return str(found.lastgroup).rstrip("_") if found else ""


def _status(clause: str) -> str:
    said = {str(found.lastgroup) for found in _STATUS.finditer(clause)}
    return next((name for name, _ in STATUSES if name in said), "")


def _title_start(sentence: str, head: int) -> int:
    at = 0
    for found in _BOUNDARY.finditer(sentence[:head]):
        at = found.end()
    return at


def _suffix(rest: str) -> str:
    found = re.match(r"[(]?[一二三四五六七八九十\d]期[)]?", rest)
    return found[0] if found else ""


_LIST = re.compile(r"[^,;。:()]{0,6}:(.+)$|\s*(?:\d+|[一二两三四五六七八九十])[个家所处]\((?!与|和|合作|共建)(.+?)\)")


def _listed(rest: str, head: re.Match[str]) -> Iterator[str]:
    """新建实训基地2个：智能制造、新能源汽车 — names without the head get it."""
    found = _LIST.match(rest)
    listed = (found[1] or found[2]) if found else ""
    for start, end in pieces(listed):
        name = re.split(r"[,(]", listed[start:end])[0].strip("\"“”'")
        if 2 <= len(name) <= 30 and not COUNT.fullmatch(name) and not _LEVEL.fullmatch(name):
            yield name if _HEAD.search(name) else name + head[0]
