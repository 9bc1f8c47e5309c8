"""The labelled fields of a decision line: 决定, 标准, 责任单位, 配合单位, 时限."""

import re
from dataclasses import dataclass, field

from services.meetings.reading.wording import same_shape

_LONG = {
    "owner": "责任单位|牵头单位|主办单位|承办单位|主责单位|落实单位|负责单位|责任部门|牵头部门|承办部门",
    "co_owner": "配合单位|协办单位|参与单位|协助单位|配合部门|参加单位|会办单位",
    "due": "完成时限|办结时限|完成时间|完成期限|办理时限|办理期限|时限要求|截止时间|截止日期|完成日期|办结时间|"
    "时间节点|时限|期限",
    "standard": "完成标准|办理标准|验收标准|工作标准|办结标准|成果形式|目标要求|工作要求",
    "person": "责任人|联系人|经办人|负责人|分管领导|责任领导",
    "text": "会议决定|会议议定|会议明确|议定事项|决定事项|工作任务|工作内容",
}
_SHORT = {
    "owner": "责任|牵头|主办|承办|负责",
    "co_owner": "配合|协办|参与|协助",
    "due": "时间|截止|完成",
    "standard": "标准|目标|成果|要求",
    "text": "决定|议定|决议|事项|任务|内容|明确",
}
_BARE = {"owner": "牵头", "co_owner": "配合|协办", "due": "截止"}


def _alternatives(kind_words: dict[str, str], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{kind}>{words})" for kind, words in kind_words.items())


_LABEL = re.compile(
    r"(?:^|(?<=[;,。()\s、]))(?:"
    rf"(?:{_alternatives(_LONG, 'l_')})\s*(?::|为|是)?\s*"
    rf"|(?:{_alternatives(_SHORT, 's_')})\s*:\s*"
    rf"|(?<=[;(])\s*(?:{_alternatives(_BARE, 'b_')})(?=[^:,;。()]{{2,}})"
    r")"
)
_NUMBERING = re.compile(
    r"^\s*(?:第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、):]|\.(?!\d)|条[、:.,]?)|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)[、.]?|[-*·•])\s*"
)
_OPENING = re.compile(r"^(?:本次|此次)?会议(?:决定|议定|明确|研究决定)[:,]?|^(?:决定|议定)[:,]?(?=由|请|责成|对|[^事])")


@dataclass(frozen=True)
class Parts:
    """A line cut at its labels; values in the folded shape of `same_shape`, `text` as typed.

    `body` is what stands before the first label (or under 决定), where looser wordings are looked for.
    """

    body: str
    fields: dict[str, str] = field(default_factory=dict)


def read_parts(line: str) -> Parts:
    """The line's labelled fields; repeated labels are joined."""
    start = _skip_opening(line)
    source = line[start:]
    plain = same_shape(source)
    labels = [(match.start(), match.end(), _kind(match)) for match in _LABEL.finditer(plain)]
    body = source[: labels[0][0]] if labels else source
    fields: dict[str, str] = {}
    for index, (_, begin, kind) in enumerate(labels):
        limit = labels[index + 1][0] if index + 1 < len(labels) else len(plain)
        end = begin + _value_length(plain[begin:limit], kind)
        value, beyond = source[begin:end], source[end:limit].strip(" ;；。()（）")
        if kind == "text":
            body = f"{body}{value}"
        else:
            fields[kind] = "、".join(filter(None, [fields.get(kind, ""), value.strip(" ;；,，、。()（）")]))
        if beyond:
            body = f"{body.rstrip(' ;；,，(（')}；{beyond}" if body.strip(" ;；,，(（") else beyond
    return Parts(body.strip(" ;；,，、(（。"), fields)


def starts_with_field(line: str) -> bool:
    """Whether the line is a field of the decision above it (责任单位：… on a line of its own)."""
    plain = same_shape(line).strip()
    match = _LABEL.match(plain)
    return match is not None and all(_kind(label) not in ("text", "person") for label in _LABEL.finditer(plain))


def is_heading(line: str) -> bool:
    """Whether the line says nothing to be done: empty, a number, or 「会议议定以下事项：」."""
    plain = same_shape(line)[_skip_opening(line) :].strip(" :;,。、")
    return (
        len(plain) < 2
        or re.fullmatch(r"(?:会议)?(?:议定|决定|明确)?(?:了)?(?:以下|如下|下列)?(?:事项|决定)?(?:如下)?", plain)
        is not None
    )


def _skip_opening(line: str) -> int:
    plain = same_shape(line)
    circled = re.match(r"\s*[①-⑳]\s*", line)
    start = circled.end() if circled else 0
    for pattern in (_NUMBERING, _OPENING):
        match = pattern.match(plain[start:])
        start += match.end() if match else 0
    return start + len(plain[start:]) - len(plain[start:].lstrip())


def _kind(match: re.Match[str]) -> str:
    return next(name[2:] for name, value in match.groupdict().items() if value)


def _value_length(rest: str, kind: str) -> int:
    """A value ends at the next strong stop; the text of a decision runs on to the next label."""
    if kind == "text":
        return len(rest)
    depth = 0
    for offset, char in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0 or char in ";。\n":
            return offset
    return len(rest)
