"""What the secretariat says about action items in words: verify, return, grant or refuse more time, cancel."""

import re
from dataclasses import dataclass

from services.meetings.reading.wording import item_numbers, same_shape
from services.meetings.rules.states import ItemAction
from services.orders.sentence import Sentence
from services.orders.telling import is_no_order
from services.orders.words import ASKS_WHICH, Thing
from services.speech import asks

_VERBS = {
    ItemAction.REFUSE_EXTENSION: r"(?:不同意|驳回|不批|拒绝)延期?",
    ItemAction.GRANT_EXTENSION: r"(?:同意|批准|准予|批)延期?",
    ItemAction.RETURN: r"退回|打回",
    ItemAction.CLOSE: r"(?:同意|核实|确认)?销(?:号|掉|了)|核实(?:通过|办结)?|关掉|结掉",
    ItemAction.CANCEL: r"取消|撤销",
    ItemAction.REOPEN: r"重新(?:打开|督办)|恢复",
}
_PATTERNS = [
    (action, re.compile(rf"^(?:请|把|将|可以|能|已经?|就|都|给)*(?:{words})")) for action, words in _VERBS.items()
]
_AFTER = re.compile(r"(?:条|项|号)(?:事项|议定事项|任务)?\s*[:,;。]?\s*(?P<reason>.*)$")
_EXTENDED = re.compile(r"议定|事项|任务|月报|填报|单位|人|家|申请|待批|提")
LONGEST_LIST = 20


_NAMED = re.compile(
    r"^(?:请|把|将|关于|有关|那)*(?P<named>[^,;:。]{2,24}?)(?:的)?"
    r"(?:(?:那|这)一?(?:[条项件](?:事项|决定|决议|任务|事)?|个(?:事项|决定|决议))|决定|决议|议定事项)"
    r"[,]?(?:已经?|都)?(?:办(?:完|结|好)了[,]?)?(?:可以|已经?|就|都|也|给|能|直接|帮我|把|它|他)*"
    rf"(?:{_VERBS[ItemAction.CLOSE]}|(?:关|结|销)(?:掉|了)?)(?:吧|了|掉)*[。!]*$"
)


@dataclass(frozen=True)
class ItemOrder:
    """An order about items: what to do, which numbers, why; `named`: words of the one item that is meant."""

    action: ItemAction
    numbers: tuple[int, ...]
    reason: str = ""
    named: str = ""


def read_item_order(text: str) -> ItemOrder | None:
    """「退回第3条：材料不全」「第3条销号」「同意第2条延期」; None for anything else."""
    plain = same_shape(text).strip()
    numbers = item_numbers(plain)
    if asks(plain) or is_no_order(plain):
        return None
    if not numbers:
        named = _NAMED.match(plain)
        return ItemOrder(ItemAction.CLOSE, (), named=named["named"]) if named else None
    turned = re.sub(
        r"^(?:把|将|请)?(第?[\d一二三四五六七八九十、,和]+(?:条|项|号)(?:事项|决议|决定"
        r"|任务)?)\s*[,:]?\s*(?:已经?|都)?(?:办(?:完|结|好)了[,]?)?",
        "",
        plain,
    )
    inner = re.sub(
        r"^(同意|批准|不同意|驳回|准予)第?[\d一二三四五六七八九十、,和]+(?:条|项|号)(?:事项)?的?(?=延期)", r"\1", plain
    )
    for said in dict.fromkeys((plain, turned, inner)):
        for action, pattern in _PATTERNS:
            if match := pattern.match(said):
                after = _AFTER.search(plain) if said is plain else None
                reason = after["reason"] if after else said[match.end() :]
                return ItemOrder(
                    action, numbers, reason.strip(" :,;。因为").removeprefix("了").removeprefix("吧").strip(" :,;。")
                )
    return None


def asks_extensions(words: str) -> bool:
    """Whether the words ask who wants more time: 谁提了延期, 延期申请有哪些."""
    said = Sentence(words)
    if said.take(Thing.EXTENSION) is None or said.asks_how or len(said.plain) > LONGEST_LIST:
        return False
    alone = not said.rest() and said.plain.startswith(("延期", "待批"))
    asked = said.take_all(ASKS_WHICH)
    said.take_all(_EXTENDED)
    return (asked or alone) and not said.rest()


def as_extension_request(number: int, words: str) -> str:
    """An answer to 「延到什么时候、为什么」 as a whole sentence: 「延到12月31日，因为…」, 「12月31日」, 「两周」."""
    plain = same_shape(words).strip()
    bare = re.sub(r"^(?:我们?)?(?:想|要|申请|请求|希望)?(?:再)?(?:延期|延长|推迟|延|缓)?(?:到|至)?", "", plain)
    is_date = re.match(r"\d{4}年|\d{1,2}月|\d{4}-|[今明下]", bare) is not None
    return f"第{number}条申请延期{'到' if is_date else ''}{bare}"
