"""出了一份关于现场工程师的文件: what a thing is about stands between the figure and its name."""

import re

from services.checkins.form import Form
from services.checkins.reading.vocabulary import vocabulary

_N = r"(?<=[\d一二两三四五六七八九十]"
_TOPIC = re.compile(
    rf"(?:{_N}[份个项条件部篇则])(?:关于|有关|针对|围绕|涉及|面向|支持|促进|鼓励)|{_N}[份条部篇则]))"
    r"[^,;。!?、\d\n]{1,24}?的(?=[一-龥]{2})"
)


def leave_out_topics(text: str, form: Form) -> str:
    """The folded text with such a topic blanked out in place, where one of the form's names follows it."""

    def cut(found: re.Match[str]) -> str:
        named = vocabulary(form).mentions(text[found.end() : found.end() + 10]).get(0)
        counted = named is not None and re.match(r"[^,;。\d]{0,4}\d", text[found.end() + named.end :])
        return found[0] if named is None or counted else " " * len(found[0])

    return _TOPIC.sub(cut, text)
