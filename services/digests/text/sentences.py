"""Sentences of the replies, selected and shortened but never reworded, each linked to its reply."""

import re
from collections.abc import Iterable

from services.digests.figures.digest import Sentence
from services.digests.figures.replies import TextReply
from services.members.redaction import redact

MAX_LENGTH = 80
MAX_HIGHLIGHTS = 4
MAX_STEPS = 5
_END = re.compile(r"(?<=[。！？!?；;])|\n+")
_NUMBERING = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)、.．](?!\d)\s*|[-*·•●]\s*)+")
_HOLLOW = re.compile(
    r"^(?:暂?无|没有?|本月|目前|的?(?:问题|困难|诉求|亮点|计划|变化|情况|建议)|一切|正常|同上(?:月)?|以上|按计划|正常(?:开展|推进)"
    r"|需要?|协调|事项|继续|none|n/?a|[\s。，,、.;；!！/\\-])*$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"签|揭牌|建成|建立|共建|落地|获|举办|开展|完成|启动|投用|认定|入选|成立|新增|达成|培训|输送|录用|研发|攻克"
)
_CLAUSE = "，,；;、：:"


def is_hollow(text: str) -> bool:
    """Says nothing: 无, 暂无, 没有问题, 正常."""
    return bool(_HOLLOW.match(text.strip()))


def sentences_of(reply: TextReply, length: int = MAX_LENGTH) -> tuple[Sentence, ...]:
    """The reply's sentences in order, each at most ``length`` characters; personal numbers are struck out."""
    parts = [_NUMBERING.sub("", part).strip() for part in _END.split(redact(" ".join(reply.text.split(" "))))]
    kept = [part for part in parts if part and not is_hollow(part)] or [reply.text.strip()]
    return tuple(_sentence(reply, part, length) for part in kept)


def highlights(texts: Iterable[TextReply], count: int = MAX_HIGHLIGHTS) -> tuple[Sentence, ...]:
    """The best sentence of each of the most telling units: concrete first, and no unit twice."""
    best: dict[int, tuple[int, Sentence]] = {}
    for reply in texts:
        if reply.key != "highlights" or is_hollow(reply.text):
            continue
        for sentence in sentences_of(reply):
            score = _score(sentence.text)
            if score > best.get(reply.unit_id, (-99, sentence))[0]:
                best[reply.unit_id] = (score, sentence)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].reply_ids))
    return tuple(sentence for _, sentence in ranked[:count])


def next_steps(texts: Iterable[TextReply], count: int = MAX_STEPS) -> tuple[Sentence, ...]:
    """The units' plans, the concrete ones first."""
    plans = [sentences_of(one)[0] for one in texts if one.key == "next_plan" and not is_hollow(one.text)]
    return tuple(sorted(plans, key=lambda one: (-_score(one.text), one.reply_ids))[:count])


def _score(text: str) -> int:
    concrete = 3 * bool(re.search(r"\d", text)) + 2 * bool(_DONE.search(text))
    return concrete + (10 <= len(text) <= 60) - 2 * (len(text) < 6)


def _sentence(reply: TextReply, text: str, length: int) -> Sentence:
    short = _shortened(text, length)
    return Sentence(short, (reply.reply_id,), (reply.unit_name,), shortened=short != text)


def _shortened(text: str, length: int) -> str:
    """Cut at the last clause that fits, else anywhere but inside a number; an ellipsis says that something is gone."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    clause = max(head.rfind(mark) for mark in _CLAUSE)
    if clause >= length // 3:
        return head[:clause] + "…"
    while len(head) > 1 and re.match(r"[\d.,%]", text[len(head)]) and re.match(r"[\d.,]", head[-1]):
        head = head[:-1]
    return head + "…"
