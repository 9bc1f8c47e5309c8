"""先别报，等财务对完账再说: a figure that is held back stays open. It is not 未统计, which would be an answer."""

import re
from collections.abc import Mapping
from dataclasses import replace

from knowledge.language.folding import fold
from services.checkins.form import Form, State
from services.checkins.reading.understood import Item
from services.checkins.reading.vocabulary import vocabulary
from services.speech import asks

HELD = "held"
_SENTENCE = re.compile(r"[^。;!\n]+")
_LATER = r"(?:下周|下个?星期|回头|晚点|晚些|过[几两一]天|[明后]天|(?:周|星期)[一二三四五六日]|\d{1,2}[日号])"
_DAYS = re.compile(r"\d{1,2}(?:月|[日号天])")
_UNTIL = rf"(?:等|{_LATER})[^,;。]{{0,12}}?(?:再说|再[报填补给记]|[补报给](?:上|您|你|过|来|数)?(?=$|[,;。]))"
_CANNOT = r"[报填给交](?:不了|不出来)|没法[报填]"
_HOLDS = re.compile(
    rf"先(?:别|不要?|不用|空|放|缓|等|留)|(?:暂时|暂且|暂)(?:别|不[填报写记]|空|放|缓|留)|别急着[填报记]"
    rf"|{_UNTIL}|缓(?:一?缓|几天|报|填)|{_CANNOT}"
)

_PUTS_OFF = re.compile(
    rf"先(?:别|不要?|不用)(?:急着)?[报填写记交给]|(?:先|暂时?|暂且)[^,;。]{{0,2}}?(?:放|空|缓|留)|{_CANNOT}"
    rf"|{_UNTIL}"
)
"""先不招实习生 speaks of what is done, not of what is reported."""


def hold_back(items: Mapping[str, Item], words: str) -> dict[str, Item]:
    """The items with those left open that the words put off; figures that were told stand."""
    sentences = [one[0] for one in _SENTENCE.finditer(fold(words))]
    return {key: _held(item, sentences) for key, item in items.items()}


def hold_named(words: str, form: Form) -> dict[str, Item]:
    """培训先放着: the one figure that is named without a number, as an open item; empty when the words hold none."""
    said = fold(words)
    if re.search(r"\d", _DAYS.sub("", said)) or not _PUTS_OFF.search(said) or asks(said):
        return {}
    named = [one for one in vocabulary(form).mentions(said).values() if one.role in ("strong", "weak")]
    keys = {one.keys[0] for one in named if len(one.keys) == 1}
    if len(keys) != 1 or any(len(one.keys) > 1 for one in named):
        return {}
    return {keys.pop(): Item(None, State.MISSING, False, words.strip()[:80], HELD)}


def _held(item: Item, sentences: list[str]) -> Item:
    source = fold(item.source).strip()
    if item.state is not State.NOT_COLLECTED or not source:
        return item
    around = next((one for one in sentences if source in one), source)
    return replace(item, state=State.MISSING, rule=HELD) if _HOLDS.search(around) else item
