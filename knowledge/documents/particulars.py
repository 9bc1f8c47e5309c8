"""The official particulars that a document states about itself (发文机构, 发文字号, 成文日期, 有效性)."""

from __future__ import annotations

import re
from datetime import date

from knowledge.documents.document import Metadata
from knowledge.language.folding import fold

_HEAD_CHARS = 3000
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[(（]\d{4}[〕\])）]\s*\d{1,4}号")
_DATE = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_SIGNED = re.compile(r"^\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*$", re.MULTILINE)
_QUOTED_TITLE = re.compile(r"(?:——|题为|标题为|案例)\s*[《]([^《》]{8,60})[》]")
_OFFICIAL_TITLE = re.compile(
    r"(?:通知|方案|办法|章程|意见|规划|细则|公告|报告|决定|条例|规定|制度|计划|纲要|指南|协议|纪要|简报|问答|手册|清单)(?:[(（《].{1,20})?$"
)
_SITE = re.compile(
    r"[\u4e00-\u9fffA-Za-z·]{2,16}(?:网|网站|日报|晚报|时报|早报|观察|在线|平台|门户|频道|公众号|电视台|融媒体?)"
)
_LABELLED = re.compile(r"\S{2,6}[:：]\s*\S+(?:\s|$)|.*\d{4}-\d\d-\d\d")
_SENTENCE_END = tuple("。;；!！:：,，")


def read_particulars(text: str, fallback_title: str) -> Metadata:
    """Read what the head of ``text`` states; ``fallback_title`` serves when it has no title line."""
    head = text[:_HEAD_CHARS]
    folded = fold(head)
    return Metadata(
        title=_field(head, folded, "标题|题名") or _title_line(head) or fallback_title,
        issuer=_field(head, folded, "发文机[构关]|发布机[构关]|制发机关|印发单位"),
        number=_field(head, folded, "发文字号|文号|发文文号") or _own_number(head),
        issued_on=_date(_field(head, folded, "成文日期|发文日期|印发日期")) or _signed_on(text),
        published_on=_date(_field(head, folded, "公开日期|发布日期|发布时间|发表时间|公布日期|时间|日期")),
        validity=_field(head, folded, "有效性|时效性|效力状态"),
        repealed_on=_date(_field(head, folded, "废止日期|失效日期")),
        source=_field(head, folded, "信息来源|来源|稿源"),
    )


def _field(head: str, folded: str, labels: str) -> str | None:
    """Return the value after ``label:`` in the original script; labels may be spaced out (标 题)."""
    spaced = "|".join(r"[ \t]*".join(label) for label in _alternatives(labels))
    pattern = rf"(?:^|[|\s])(?:\*\*)?(?:{spaced})(?:\*\*)?\s*[:：](?:[ \t]*\|)?[ \t]*([^|\n]*)"
    for match in re.finditer(pattern, folded, re.MULTILINE):
        value = head[match.start(1) : match.end(1)]
        value = re.split(r"\s{2,}|\s(?=[\u4e00-\u9fff]{2,4}[:：])", value.strip())[0].strip(" *")
        if value and not value.endswith((":", "：")):
            return value
    return None


def _alternatives(labels: str) -> list[str]:
    """Split at bars outside brackets and take bracketed choices apart."""
    found = []
    for label in labels.split("|"):
        match = re.search(r"\[(.+?)\]", label)
        found += [label.replace(match[0], one) for one in match[1]] if match else [label]
    return found


def _title_line(head: str) -> str | None:
    """The line that names the document: one that ends like an official title, else the first that could be one."""
    lines = [line.strip().lstrip("#").strip(" *") for line in head.split("\n")]
    lines = [line for line in lines if line]
    able = []
    for line in lines[:8]:
        if len(line) > 80:
            break
        if len(line) >= 4 and not line.endswith(_SENTENCE_END) and not _LABELLED.match(line) and "|" not in line:
            able.append(line)
    able = [line for line in able if not _SITE.fullmatch(line)] or able
    official = [line for line in able if _OFFICIAL_TITLE.search(line)]
    if official:
        return min(official, key=len)
    quoted = _QUOTED_TITLE.search(head) if not able else None
    return able[0] if able else (quoted[1] if quoted else None)


def _own_number(head: str) -> str | None:
    """A number on a line of its own near the top is the document's; one inside a sentence is another's."""
    for line in head.split("\n")[:12]:
        match = _NUMBER.fullmatch(line.strip())
        if match:
            return match[0]
    return None


def _signed_on(text: str) -> date | None:
    match = _SIGNED.search(text)
    return _date(match[1]) if match else None


def _date(value: str | None) -> date | None:
    match = _DATE.search(value or "")
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
