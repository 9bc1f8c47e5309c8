"""What a figure means: which figure of the form somebody asks about. Pure."""

import re

from knowledge.language.folding import fold
from services.checkins.asking.trimming import LONGEST, trimmed
from services.checkins.form import Form
from services.checkins.reading.vocabulary import vocabulary

_MEANS = re.compile(
    r"指(?:的?什么|的?啥|的是|哪|[^,;。]{1,10}吗)|什么口径|(?:什么|啥)意思|意思是"
    r"|(?:怎么|如何|咋)(?:个)?(?:算法?|统计|计算|界定|理解|数|填算|折算?|计)(?:的)?$|(?:算|叫|填|报)(?:的是)?(?:什么数?|啥数?|哪些|哪个数)(?:的|呢)?$"
    r"|是[^,;。\d]{1,12}还是|[^,;。\d]{2,10}的还是[^,;。\d]{2,10}$|(?:的)?口径(?:是|$|有)|(?:的)?定义|含义|(?:什么|啥)(?:叫|是|算)"
    r"|[包]?含不[包]?含|包不包括?|包括?.{0,10}(?:吗|不|哪些|什么)|含.{1,10}(?:吗|不)$|算不算"
    r"|的?(?:也|都|能|要)?算(?:到|在|进|作)?[^,;。\d]{0,8}(?:吗|不|么)$|按.{1,8}还是|填哪|统计到|哪一?[届年]的?"
)
_THIS = re.compile(
    r"(?:这|那)(?:个|一?项|一?栏|一?格|块)?(?:数|指标|数据|项目)?(?=[是指算怎咋如填报要包含什啥到里的]|$)|(?<![一-龥])口径"
)
_COUNTED_AS = re.compile(
    r"(?:算不算|计不计入|(?:也|都|能|要)?(?:算到?|计入|算作|算在|算进|统计在|统计进))(?P<name>[^,;。\d]{2,12}?)(?:里面?|内|中|数|的)?(?:吗|不|么|呢)?$"
)
"""续签算新签吗: the figure stands behind."""
_OTHER_MEANINGS = re.compile(
    r"补[贴助]|报酬|方案|目标|规定|经费(?!投入)|申请|标准(?!或)|计划|条件|政策(?![/发和])|文件|协议包|章程|会议|资格|比例要求|考核|奖|迟报|截止"
)
_OPENING = (
    r"(?>(?:请问|想问一?下?|那|我们?|咱们?|这个|这里的?|表里的?|月报里?的?|问一?下|(?:什么|啥)(?:叫|是|算)"
    r"|解释一?下|[, ])*)"
)
_ABOUT_NOUN = r"(?:人数|人次|人天|金额|额|的人|总数|数据?|这一?项|这个数?|指标|里面?|中|的|到底|都|[, ])*"
LONGEST_BEFORE = 4  # 线上培训算吗
LONGEST_OF_HERE = 14  # 是到账的还是合同额, of the figure just asked about


def asks_meaning(words: str) -> bool:
    """Whether the words may ask what a figure means; cheap enough to be asked of every message."""
    said = fold(words)
    return len(said) <= LONGEST and _MEANS.search(said) is not None and not _OTHER_MEANINGS.search(said)


def read_meaning(words: str, form: Form, here: str | None) -> str | None:
    """The figure whose meaning is asked for: named at the words' beginning, or `here`, the one just asked about."""
    said = trimmed(words)
    asks = _MEANS.search(said)
    if asks is None or not asks_meaning(words):
        return None
    if here and _THIS.search(said[: asks.end()]):
        return here
    opening = re.match(_OPENING, said)
    start = opening.end() if opening else 0
    counted = _COUNTED_AS.search(said, start)
    if counted and (key := _named(counted["name"], form)):
        return key
    for at in range(start, min(start + LONGEST_BEFORE + 1, len(said))):
        for end, key, is_strong in _names_at(said, at, form):
            if (at == start or is_strong) and _is_subject(said[end:], said[:end]):
                return key
    about_here = any(key == here for _, key, _ in _names_at(said, start, form))
    others = _keys_in(said, form) - {here}
    return here if about_here or (not others and len(said) <= LONGEST_OF_HERE) else None


def _named(words: str, form: Form) -> str | None:
    """The figure whose name the words are, and nothing else."""
    return next((key for end, key, _ in _names_at(words, 0, form) if end >= len(words) - 1), None)


def _keys_in(said: str, form: Form) -> set[str]:
    """The figures that are named for certain."""
    found = vocabulary(form).mentions(said).values()
    return {one.keys[0].partition("[")[0] for one in found if one.role == "strong"}


def _names_at(said: str, start: int, form: Form) -> list[tuple[int, str, bool]]:
    """Where the names of figures end that begin there, the longest first: by the form's words, and by its labels.

    With each, whether it names that figure wherever it stands.
    """
    found = []
    mention = vocabulary(form).mentions(said).get(start)
    if mention is not None and mention.role in ("strong", "weak", "sub"):
        found.append((mention.end, mention.keys[0].partition("[")[0], mention.role == "strong"))
    for one in form.indicators:
        for name in (one.label, one.short, one.label.removeprefix("其中："), one.unit if len(one.unit) > 1 else ""):
            if name and said.startswith(fold(name), start):
                found.append((start + len(name), one.key, name not in one.unit))
    return sorted(found, reverse=True)


def _is_subject(after: str, before: str) -> bool:
    """Whether nothing but the question follows the name: 岗位实习协议包括… asks about agreements."""
    follows = re.match(_ABOUT_NOUN, after)
    rest = after[follows.end() :] if follows else after
    asks = _MEANS.match(rest) or _MEANS.match(rest.removeprefix("是"))
    inner = re.match(r".{1,6}?的?(?:也|都)?算(?:吗|不|进去吗|在内吗)", rest)  # 新签协议续签的算吗
    return bool(asks or inner) or (not rest and re.search(r"(?:什么|啥)(?:叫|是|算)", before) is not None)
