"""先别报，等财务对完账再说: a figure that is held back stays open. It is not 未统计, which would be an answer."""

import re
from collections.abc import Mapping
from dataclasses import replace

from knowledge.folding import fold
from services.checkins.form import State
from services.checkins.reading import Item

HELD = "held"
_SENTENCE = re.compile(r"[^。;!\n]+")
_LATER = r"(?:下周|下个?星期|回头|晚点|晚些|过[几两一]天|[明后]天|(?:周|星期)[一二三四五六日]|\d{1,2}[日号])"
_HOLDS = re.compile(
    rf"先(?:别|不要?|不用|空|放|缓|等|留)|(?:暂时|暂且|暂)(?:别|不[填报写记]|空|放|缓|留)|别急着[填报记]"
    rf"|(?:等|{_LATER})[^,;。]{{0,12}}?(?:再说|再[填报补给记]|[补报给](?:上|您|你|过|来|数)?(?=$|[,;。]))|缓(?:一?缓|几天|报|填)"
)


def hold_back(items: Mapping[str, Item], words: str) -> dict[str, Item]:
    """The items with those left open that the words put off; figures that were told stand."""
    sentences = [one[0] for one in _SENTENCE.finditer(fold(words))]
    return {key: _held(item, sentences) for key, item in items.items()}


def _held(item: Item, sentences: list[str]) -> Item:
    source = fold(item.source).strip()
    if item.state is not State.NOT_COLLECTED or not source:
        return item
    around = next((one for one in sentences if source in one), source)
    return replace(item, state=State.MISSING, rule=HELD) if _HOLDS.search(around) else item
