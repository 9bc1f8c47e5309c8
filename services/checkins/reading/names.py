"""Names of partners given beside a count: 新签2份（甲公司、乙集团)."""

import re

_NAME = re.compile(
    r"[一-龥A-Za-z0-9（）()]{2,24}?(?:股份公司|有限公司|公司|集团|工厂|化工厂|厂|医院|酒店|研究院"
    r"|研究所|合作社|协会|中心|分局|银行|超市|学院|学校|大学)"
)
_LIST = re.compile(r"(?:分别(?:是|为|与|和)|单位(?:是|为)|企业(?:是|为)|[与和同跟]|[（(:：])([^。；;\n）)]{3,160})")
_LEAD = re.compile(
    r"^(?:其中)?(?:有)?(?:另外?|还有)?(?:第?[一二三四五两\d]{1,2}[份个家])?(?:协议|合同)?(?:分别)?(?:都?是|为)?(?:与|和|同|跟|及)?(?=.{2})"
    r"|^(?:甲方|乙方)[:：]?"
)


def partner_names(text: str, source: str) -> tuple[str, ...]:
    """The organisations named in the sentence of an item's words, in order, each once.

    Only what ends like an organisation's name counts; people are never taken.
    """
    at = text.find(source)
    if at < 0 or not source:
        return ()
    begin = max(text.rfind(mark, 0, at) for mark in "。；;\n") + 1
    ends = [text.find(mark, at + len(source)) for mark in "。；;\n"]
    sentence = text[begin : min((end for end in ends if end >= 0), default=len(text))]
    found: dict[str, None] = {}
    for listed in _LIST.finditer(sentence):
        for piece in re.split(r"[、，,和与及]", listed[1]):
            name = _NAME.fullmatch(_LEAD.sub("", piece.strip()))
            if name:
                found.setdefault(name.group(), None)
    return tuple(found)
