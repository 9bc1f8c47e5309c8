"""People who speak to their phone pause with a space: 设备还没到 横向到账4.5万 订单班301人."""

import re

from services.checkins.form import Form
from services.checkins.reading.vocabulary import vocabulary

_SPACE = re.compile(r"(?<=[一-龥\d%]) +(?=[一-龥])")
_ENDS = re.compile(r"[,;。!?:()\n\t|]")
_IS_SAID = re.compile(r"[一-龥]{2}[^\n]*\d|[一-龥]{3}.*[了没的过着吧呢吗不好]")
"""A label with its figure, or words that say something; 30人 在岗实习 and heads of a table wait for what follows."""
_OTHER_TIME = re.compile(r"上个?月|下个?月|去年|明年|年底")
_FIGURE_FIRST = re.compile(
    r"(?:^|(?<=[,;\n]))"
    r"(?: *\d[\d.,]*(?:人次|人天|万元|[人名家份个项件次场条万]) +[一-龥]{2,8}(?: +(?=\d)|$|(?=[,;。\n]))){2,}",
    re.M,
)
"""30人 订单班 1005人 在岗实习: each label stands behind its figure."""


def mark_pauses(text: str, form: Form) -> str:
    """The text with a comma for each space after which another thing of the form begins; every place stays its own."""
    text = _FIGURE_FIRST.sub(lambda found: re.sub(r"(?<=[一-龥]{2}) (?= *\d)", ",", found[0]), text)
    if not _SPACE.search(text):
        return text
    begun = {start for start, one in vocabulary(form).mentions(text).items() if one.role in ("strong", "weak")}
    marked = list(text)
    begin = 0
    for found in _SPACE.finditer(text):
        last = max((one.end() for one in _ENDS.finditer(text, begin, found.start())), default=begin)
        if (found.end() in begun or _OTHER_TIME.match(text, found.end())) and _IS_SAID.search(
            text, last, found.start()
        ):
            marked[found.start()] = ","
            begin = found.end()
    return "".join(marked)
