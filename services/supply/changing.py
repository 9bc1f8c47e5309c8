"""Corrections and closings in words: 人数改成5, 到岗改到3月, 电工招满了."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.folding import bare, fold
from services.models import DemandPost
from services.supply.catalogue import Catalogue
from services.supply.fields import NEED, STANDING, Kind, Offer
from services.supply.reading import Read, read_field, read_post

_CHANGES = re.compile(r"改成|改为|改到|改|更正为?|应该是|应为|换成|调整为|调到|调成")
_LABELS = {
    NEED.name: (
        ("headcount", re.compile(r"人数|名额|数量")),
        ("majors", re.compile(r"专业")),
        ("level", re.compile(r"学历|层次")),
        ("start_from", re.compile(r"到岗|上岗|入职|时间")),
        ("months", re.compile(r"周期|时长|期限|为期")),
        ("pay_min", re.compile(r"薪|工资")),
        ("place", re.compile(r"地点|地址")),
        ("conditions", re.compile(r"条件|食宿|班")),
        ("post_name", re.compile(r"名称|岗位")),
        ("form", re.compile(r"形式|方式")),
    ),
    "supply": (
        ("locked", re.compile(r"签约|锁定|已签|订单")),
        ("further", re.compile(r"升学|专升本")),
        ("headcount", re.compile(r"人数|总数|数量")),
        ("grad_date", re.compile(r"毕业")),
        ("intern_from", re.compile(r"实习")),
        ("level", re.compile(r"层次|学历")),
        ("majors", re.compile(r"专业")),
    ),
}
_CLOSES = re.compile(
    r"^(?P<name>.{0,24}?)(?:岗位|需求|的)?(?:都|已经?|全部?)*"
    r"(?:(?P<filled>招满|招够|招齐|招到|签完|安排完)了?|(?P<withdrawn>撤回|撤掉|撤了|不招了?|不要了|取消))(?:吧|了)?[。!！]?$"
)


@dataclass(frozen=True)
class Closing:
    """「电工招满了」: which offers it may mean, and what becomes of them."""

    offers: Sequence[Offer]
    state: str


def read_change(kind: Kind, words: str, today: date, catalogue: Catalogue) -> Read | None:
    """The fields that a correction gives; None when the words correct nothing. Empty: it cannot be read."""
    text = fold(words)
    parts = _CHANGES.split(text, maxsplit=1)
    if len(parts) < 2 or len(text) > 80:
        return None
    before, after = parts[0], parts[1].strip(" :,。")
    for name, label in _LABELS[kind.name]:
        if label.search(before):
            return read_field(name, after, today, catalogue)
    if kind is NEED:
        read = read_post(after, today, catalogue)
        return Read({name: value for name, value in read.values.items() if name != "post_name"}, read.said, read.words)
    return read_field("headcount", after, today, catalogue)


def may_close(words: str) -> bool:
    """Whether it is worth looking up what the words close."""
    return bool(_CLOSES.match(fold(words).strip())) and not re.search(r"\d", words)


def read_closing(words: str, own: Sequence[Offer]) -> Closing | None:
    """Which of one's own offers the words close; None when they close nothing of them."""
    found = _CLOSES.match(fold(words).strip())
    if found is None or not may_close(words):
        return None
    standing = [one for one in own if one.state in STANDING]
    name = bare(found["name"])
    named = [one for one in standing if name and _answers_to(one, name)]
    chosen = named if name else standing
    return Closing(chosen, "filled" if found["filled"] else "withdrawn") if chosen else None


def _answers_to(offer: Offer, name: str) -> bool:
    called = [offer.major_said, offer.post_name if isinstance(offer, DemandPost) else ""]
    return any(one and (bare(one) in name or name in bare(one)) for one in called)
