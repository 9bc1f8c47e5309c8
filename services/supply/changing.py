"""Corrections and closings in words: 人数改成5, 到岗改到3月, 电工招满了."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.language.folding import bare, fold
from services.models import DemandPost
from services.supply.catalogue import Catalogue
from services.supply.fields import NEED, STANDING, Kind, Offer
from services.supply.heads import is_occupation
from services.supply.reading import Read, read_field, read_post

_CHANGES = re.compile(
    r"改成|改为|改到|改|更正为?|应该是|应为|换成|调整为|调到|调成|(?<=不是)[^,;。]{1,8}[,;]?(?:而?是)"
)
_ORDINAL = re.compile(r"(?:岗位|第)[\d一二三四五六七八九十]{1,2}(?:个|条)?(?:岗位)?")
_HEADS = re.compile(r"\d{1,5}(?:个人?|名|人|位)?$|[一二两三四五六七八九十百]{1,4}(?:个人?|名|人|位)$")
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
_FILLED = r"招满|招够|招齐|招到人?|满员|签完|安排完|人?够"
_TAKEN_OFF = r"撤[回掉下销]|(?<!回)撤|下架|不招|停止?招聘?"
_GIVEN_UP = r"[不别](?:再|用|要)?(?:发布?|登记?|挂|弄|搞|填)|删[掉除]?|取消|不要|不用|不需要|作废|放弃|关闭|去掉|算"
_CLOSES = re.compile(
    r"^(?>(?:那就?|还是|就|请|帮我|麻烦|先|把|将)*)"
    r"(?P<name>.{0,24}?)(?P<noun>岗位|需求|招聘|招工|毕业生|那[个条]|这[个条])?的?(?:都|已经?|全部?|先|暂时|就|也)*"
    rf"(?:(?P<filled>{_FILLED})|(?P<off>{_TAKEN_OFF})|(?P<up>{_GIVEN_UP}))(?:了|掉|吧|啊|呀|一下|这[个条]|那[个条]|来)*$"
)
_BESIDE = re.compile(
    r"(?:不好意思|抱歉|谢谢|好的?|嗯|唉|哦|(?:发|写|填|搞|弄|登)错了?|已?有人了|人够了|(?:人|已经?)*[招找]到人?了|暂时不需要|不着急)+"
)
"""What may stand beside a closing without changing it."""
_THIS = re.compile(r"[这那](?:一?[个条])?|刚[才刚](?:发|登)?的?|我们?的?|登记的|发的|全部|所有|都|岗位|需求")


_NUMBERED = re.compile(r"^(?:那个|这个)?第?(?:\d{1,2}|[一二三四五六七八九十])[条个号](?=岗位|需求|毕业生|招聘)")
"""第2条岗位不招了: which list was counted is not known, so that all that stand are offered."""
LONGEST_CLOSING = 40
_CLAUSE_END = re.compile(r"[,;。! ]|(?<=了)(?![吧啊呀的呢哦,;。! ]|$)")


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
    before, after = _ORDINAL.sub("", parts[0]), parts[1].strip(" :,。")
    if kind is NEED and _HEADS.fullmatch(after) and not re.search(r"薪|工资|周期|时长|期限|时间|岗[^位]", before):
        return read_field("headcount", after, today, catalogue)
    for name, label in _LABELS[kind.name]:
        if label.search(before):
            return read_field(name, after, today, catalogue)
    if kind is NEED:
        read = read_post(after, today, catalogue)
        values = {name: value for name, value in read.values.items() if name != "post_name"}
        if not values and is_occupation(after):
            return read_field("post_name", after, today, catalogue)
        return Read(values, read.said, read.words)
    return read_field("headcount", after, today, catalogue)


def read_besides(kind: Kind, words: str, today: date, catalogue: Catalogue) -> Read | None:
    """What words say of fields that were not asked for: 要大专以上的 where the major was; None when nothing."""
    if kind is not NEED:
        return None
    read = read_post(words, today, catalogue)
    values = {name: value for name, value in read.values.items() if name not in ("post_name", "post_type", "headcount")}
    return Read(values, read.said, read.words) if values else None


def may_close(words: str) -> bool:
    """Whether it is worth looking up what the words close."""
    return _closing(words) is not None


def read_closing(words: str, own: Sequence[Offer]) -> Closing | None:
    """Which of one's own offers the words close; None when they close nothing of them.

    Without a name they must speak of an offer: 不招了, 岗位取消; a bare 取消 may be about anything.
    """
    found = _closing(words)
    if found is None:
        return None
    standing = [one for one in own if one.state in STANDING]
    name = _name_in(found)
    chosen = [one for one in standing if _answers_to(one, name)] if name else standing
    if not chosen or not (name or found["noun"] or found["filled"] or found["off"]):
        return None
    return Closing(chosen, "filled" if found["filled"] else "withdrawn")


def drops(words: str, offer: Offer | None = None) -> bool:
    """Whether the words give up an offer, or that one: 算了不发了, 刚才那个电工取消."""
    found = _closing(words)
    if found is None or found["filled"]:
        return False
    name = _name_in(found)
    return offer is None or not name or _answers_to(offer, name)


def _closing(words: str) -> re.Match[str] | None:
    """The clause that closes, when nothing else is said; the one that names something where there are several."""
    words = _NUMBERED.sub("", fold(words))
    clauses = [one.strip() for one in _CLAUSE_END.split(words) if one.strip()]
    if re.search(r"\d|[??]", words) or len(words) > LONGEST_CLOSING:
        return None
    told = [_CLOSES.match(one) for one in clauses if not _BESIDE.fullmatch(one)]
    if not told or not all(told):
        return None
    return max((one for one in told if one), key=lambda one: len(_name_in(one)))


def _name_in(found: re.Match[str]) -> str:
    return bare(_THIS.sub("", found["name"]).removesuffix("的"))


def _answers_to(offer: Offer, name: str) -> bool:
    called = [offer.major_said, offer.post_name if isinstance(offer, DemandPost) else ""]
    return any(one and (bare(one) in name or name in bare(one)) for one in called)
