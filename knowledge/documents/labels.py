"""What a document says about itself, and the lines that say so.

Who issued it, when and under which number; of minutes when, where and under whom the meeting was; of a contract
between whom it is. Documents label these (发文机构, 主持人, 甲方) or end with a signature, the issuer above the
date. Such a line shares no word with a question for it but the document's title, so it is looked for by its label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.documents.entries import Hit
from knowledge.language.folding import fold
from knowledge.language.matching import pair_share

_ONLINE = re.compile(r"挂(?:在|到|上)?了?网|上[的了]?网(?!课)|[发放传登](?:到|在)了?网|贴出来|挂出来")
_ISSUED = re.compile(r"发布|公开|公布|发表|成文|印|发文|[日时]候?发|几[号月]发|哪[天年]发|发的|出台|落款")
PUBLISHING = re.compile(rf"{_ISSUED.pattern}|{_ONLINE.pattern}")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \t](?=[\u4e00-\u9fff]\s*(?:[:：]|[\u4e00-\u9fff]\s*[:：]|[ \t]))")
_SIGNATURE = re.compile(r"^[^\n。]{2,60}\n(?:[^\n。]{2,60}\n)?\d{4}年\d{1,2}月\d{1,2}日\s*$")
_MET = r"会议?(?![员长费计])(?:[^,，]{0,6}(?:[开办]|举行)|时间|地点)|开[的过]?会"
PARTY = re.compile(r"([甲乙丙丁]方)([\u4e00-\u9fff]{4,30})")
"""A party of an agreement and its name, as a passage's ``about`` tells them."""
_OF_TITLE = 0.5  # of the question's pairs of characters
_MINUTES, _CONTRACT = re.compile(r"纪要|会议记录|例会"), re.compile(r"协议|合同|备忘录|意向书")


@dataclass(frozen=True)
class Side:
    """One thing that documents say about themselves.

    Attributes:
        kinds: The kinds of question that ask for it.
        asked: What such a question has in it, folded.
        label: What the folded line begins with.
        searched: Words of that line, to search with.
        words: Words of such a question that the line need not hold.
        title: What the title of such a document holds; None: any document.
        signed: Whether a signature says it, too.
        titled: Whether the question must name the document: others that it cites have a number, too.
    """

    kinds: frozenset[str]
    asked: re.Pattern[str]
    label: re.Pattern[str]
    searched: tuple[str, ...]
    words: frozenset[str]
    title: re.Pattern[str] | None = None
    signed: bool = False
    titled: bool = False


_POSTING = frozenset(
    (
        "发到",
        "放到",
        "传到",
        "发在",
        "放在",
        "传",
        "挂",
        "网",
        "网上",
        "挂网",
        "上网",
        "挂到",
        "挂在",
        "贴",
        "公开",
        "发布",
    )
)
_ISSUING = frozenset(["发", "印发", "发布", "公布", "出台", "公开", "发文", "部门", "单位", "局", "文件", "落款"])
_MEETING = frozenset(
    (
        "会议",
        "开会",
        "开",
        "召开",
        "举行",
        "办",
        "主持",
        "记录",
        "请假",
        "缺席",
        "没来",
        "没到",
        "参加",
        "出席",
        "参会",
        "到会",
        "来",
        "到",
    )
)
_PARTIES = frozenset(("双方", "签", "签订", "签约", "办", "共建", "合作", "合办", "联合", "企业", "学校", "单位"))


def _of_meeting(kinds: str, asked: str, label: str, searched: str) -> Side:
    return Side(
        frozenset(kinds.split()),
        re.compile(asked),
        re.compile(rf"^\W*(?:{label})\s*[:：]"),
        tuple(searched.split()),
        _MEETING,
        _MINUTES,
    )


_SIDES = (
    Side(
        frozenset(("who",)),
        PUBLISHING,
        re.compile(r"^\W*(?:发文机[构关]|发布机[构关]|制发机关|印发单位|发文单位|信息来源|来源|稿源|作者)\s*[:：]"),
        ("发文", "机构", "印发"),
        _ISSUING,
        signed=True,
    ),
    Side(
        frozenset(("when",)),
        _ISSUED,
        re.compile(r"(?:^|\|)\W*(?:(?:成文|发文|印发|公开|发布|公布|发表)(?:日期|时间)|时间|日期)\s*[:：]"),
        ("成文", "日期", "发布", "时间"),
        _ISSUING,
        signed=True,
    ),
    Side(
        frozenset(("when",)),
        _ONLINE,
        re.compile(r"(?:^|\|)\W*(?:(?:公开|发布|公布|发表)(?:日期|时间)|时间|日期)\s*[:：]"),
        ("公开", "日期", "发布", "时间"),
        _ISSUING | _POSTING,
    ),
    Side(
        frozenset(("number",)),
        re.compile(r"发文字号|[文字]号(?!码)|文件号"),
        re.compile(r"(?:^|\|)\W*(?:发文字号|发文号|文号|文件编号)\s*[:：]"),
        ("发文字号",),
        _ISSUING | {"字号", "发文字号", "文号", "文件号"},
        titled=True,
    ),
    _of_meeting("when", _MET, "(?:会议|召开)?(?:时间|日期)", "时间"),
    _of_meeting("where", _MET, "(?:会议|召开)?地点", "地点"),
    _of_meeting("who person", "主持", "主持人?", "主持 主持人"),
    _of_meeting("who person", "记录", "记录人?", "记录 记录人"),
    _of_meeting("who list fact", "请假|缺席|没[来到]", "请假|缺席", "请假 缺席"),
    _of_meeting("who list fact", "参加|出席|参会|到会|来开会", "参加|出席|参会|与会|到会", "参加 出席"),
    Side(
        frozenset(("who", "list")),
        re.compile(r"哪[两几]?[家方]|双方|谁[和跟与]谁"),
        re.compile(r"^\W*[甲乙丙]方\s*[:：]"),
        ("甲方", "乙方"),
        _PARTIES,
        _CONTRACT,
    ),
    Side(
        frozenset(("when",)),
        re.compile(r"签(?!.*(?:到期|届满|期满|失效|结束|终止|为止))"),
        re.compile(r"^\W*签[订约署](?:日期|时间)\s*[:：]"),
        ("签订", "日期"),
        _PARTIES,
        _CONTRACT,
    ),
)
_SAID = {"approver": "审批 会签 审议 单笔支出 元以下", "payer": "承担 支付", "seat": "设在"}
_ANOTHER = re.compile(r"下[一]?[次回]|下[个一]?季度")


@lru_cache(maxsize=8)
def sides_asked(kind: str, folded: str) -> tuple[Side, ...]:
    """Return what a folded question of ``kind`` asks a document about itself, or nothing."""
    if _ANOTHER.search(folded):
        return ()
    return tuple(side for side in _SIDES if kind in side.kinds and side.asked.search(folded))


def labels_asked(kind: str, folded: str) -> tuple[str, ...]:
    """Return words to search with, that the line which answers such a question has, or nothing."""
    return tuple(word for side in sides_asked(kind, folded) for word in side.searched)


def said_by(kind: str) -> str:
    """Return the words to search with in place of asking words that tell the kind (谁签字: 审批)."""
    return _SAID.get(kind, "")


def joined_label(folded: str) -> str:
    """Return a folded line with the label that was spaced out in it joined (索 引 号: 索引号)."""
    return _SPACED.sub("", folded)


def said_of_itself(kind: str, folded: str, hit: Hit, sentence: str, start: int) -> frozenset[str] | None:
    """Return the question's words that need not stand in the folded ``sentence`` at ``start`` of ``hit``.

    None when it does not state what a question of ``kind`` asks the document about itself.
    """
    for side in sides_asked(kind, folded):
        if side.title and not side.title.search(hit.title):
            continue
        if side.titled and pair_share(folded, fold(hit.title)) < _OF_TITLE:
            continue
        if side.label.search(sentence) or (side.signed and _signed(kind, hit, start)):
            return side.words
    return None


def _signed(kind: str, hit: Hit, start: int) -> bool:
    dated = bool(re.match(r"\s*\d{4}年", hit.text[start:]))
    return not hit.path and bool(_SIGNATURE.search(fold(hit.text))) and dated == (kind == "when")
