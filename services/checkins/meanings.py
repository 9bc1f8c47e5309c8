"""What a figure means: which figure of the form somebody asks about. Pure."""

import re

from knowledge.folding import fold
from services.checkins.form import Form
from services.checkins.matters import LONGEST
from services.checkins.vocabulary import vocabulary

_MEANS = re.compile(
    r"指(?:的?什么|的是|哪|[^,;。]{1,10}吗)|什么口径|(?:什么|啥)意思|意思是|(?:怎么|如何|咋)(?:个)?(?:算法?|统计|计算|界定|理解|数|填算)(?:的)?$|是[^,;。\d]{1,12}还是|(?:的)?口径(?:是|$|有)|(?:的)?定义|含义|什么(?:叫|是)"
    r"|[包]?含不[包]?含|包不包括?|包括?.{0,10}(?:吗|不|哪些|什么)|含.{1,10}(?:吗|不)$|算不算|的?(?:也|都)?算(?:吗|不|进去吗|在内吗)|按.{1,8}还是|填哪|统计到|哪一?[届年]的?"
)
_THIS = re.compile(r"(?:这|那)(?:个|一?项|一?栏|一?格)(?:数|指标|数据|项目)?|(?<![一-龥])口径")
_OTHER_MEANINGS = re.compile(
    r"补[贴助]|报酬|方案|目标|规定|经费|申请|课题|标准|计划|条件|政策|文件|协议包|章程|会议|资格|比例要求|考核|奖|迟报|截止"
)
_OPENING = r"(?:请问|想问一?下?|那|我们?|咱们?|这个|这里的?|表里的?|月报里?的?|问一?下|什么叫|什么是|解释一?下|[, ])*+"


def asks_meaning(words: str) -> bool:
    """Whether the words may ask what a figure means; cheap enough to be asked of every message."""
    said = fold(words)
    return len(said) <= LONGEST and _MEANS.search(said) is not None and not _OTHER_MEANINGS.search(said)


def read_meaning(words: str, form: Form, here: str | None) -> str | None:
    """The figure whose meaning is asked for: named at the words' beginning, or `here`, the one just asked about."""
    said = fold(words).strip().rstrip("。!~啊呀哦 ")
    asks = _MEANS.search(said)
    if asks is None or not asks_meaning(words):
        return None
    if here and _THIS.search(said[: asks.end()]):
        return here
    opening = re.match(_OPENING, said)
    start = opening.end() if opening else 0
    for end, key in _names_at(said, start, form):
        if _is_subject(said[end:], said[:end]):
            return key
    return None


def _names_at(said: str, start: int, form: Form) -> list[tuple[int, str]]:
    """Where the names of figures end that begin there, the longest first: by the form's words, and by its labels."""
    found = []
    mention = vocabulary(form).mentions(said).get(start)
    if mention is not None and mention.role in ("strong", "weak", "sub"):
        found.append((mention.end, mention.keys[0].partition("[")[0]))
    for one in form.indicators:
        for name in (one.label, one.short, one.label.removeprefix("其中：")):
            if name and said.startswith(fold(name), start):
                found.append((start + len(name), one.key))
    return sorted(found, reverse=True)


def _is_subject(after: str, before: str) -> bool:
    """Whether nothing but the question follows the name: 岗位实习协议包括… asks about agreements."""
    follows = re.match(r"(?:人数|的人|总数|数据?|这一?项|这个数?|指标|里面?|中|的|是|到底|都|[, ])*", after)
    rest = after[follows.end() :] if follows else after
    asks = _MEANS.match(rest)
    inner = re.match(r".{1,6}?的?(?:也|都)?算(?:吗|不|进去吗|在内吗)", rest)  # 新签协议续签的算吗
    return asks is not None or inner is not None or (not rest and re.search(r"什么(?:叫|是)", before) is not None)
