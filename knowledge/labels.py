"""What a document says about itself: who issued it, when, under which number; and the lines that say so.

Official documents label these (发文机构, 成文日期) or end with a signature, the issuer above the date. Such a line
shares no word with a question for it but the document's title, so it is looked for by its label.
"""

from __future__ import annotations

import re

from knowledge.entries import Hit
from knowledge.folding import fold

PUBLISHING = re.compile(r"发布|公开|公布|发表|成文|印|发文|[日时]候?发|几[号月]发|哪[天年]发|发的|出台|落款")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \t](?=[\u4e00-\u9fff]\s*(?:[:：]|[\u4e00-\u9fff]\s*[:：]|[ \t]))")
_LABELS = {
    "who": re.compile(r"^\W*(?:发文机[构关]|发布机[构关]|制发机关|印发单位|发文单位|信息来源|来源|稿源|作者)\s*[:：]"),
    "when": re.compile(r"(?:^|\|)\W*(?:(?:成文|发文|印发|公开|发布|公布|发表)(?:日期|时间)|时间|日期)\s*[:：]"),
}
_SIGNATURE = re.compile(r"^[^\n。]{2,60}\n(?:[^\n。]{2,60}\n)?\d{4}年\d{1,2}月\d{1,2}日\s*$")
_SEARCHED = {"who": ("发文", "机构", "印发"), "when": ("成文", "日期", "发布", "时间")}
ISSUING = frozenset(("发", "印发", "发布", "公布", "出台", "公开", "发文", "部门", "单位", "局", "文件", "落款"))


def asks_of_itself(kind: str, folded: str) -> bool:
    """Whether a folded question asks who issued a document, or when."""
    return kind in _LABELS and bool(PUBLISHING.search(folded))


def labels_asked(kind: str, folded: str) -> tuple[str, ...]:
    """Return words to search with, that the line which answers such a question has, or nothing."""
    return _SEARCHED[kind] if asks_of_itself(kind, folded) else ()


def joined_label(folded: str) -> str:
    """Return a folded line with the label that was spaced out in it joined (索 引 号: 索引号)."""
    return _SPACED.sub("", folded)


def says_of_itself(kind: str, hit: Hit, sentence: str, start: int) -> bool:
    """Whether the folded ``sentence`` at ``start`` of ``hit`` states who issued its document, or when."""
    if _LABELS[kind].search(sentence):
        return True
    dated = bool(re.match(r"\s*\d{4}年", hit.text[start:]))
    return not hit.path and bool(_SIGNATURE.search(fold(hit.text))) and dated == (kind == "when")
