"""What people ask of the register in words: how many units and which, and what to do when a liaison changes."""

import re

from services.meetings.reading.wording import same_shape
from services.models.members import UNIT_KINDS
from services.orders.sentence import Sentence
from services.orders.words import FILLER

_KINDS: dict[str, tuple[str, ...]] = {
    "企业": ("enterprise",),
    "公司": ("enterprise",),
    "学校": ("school",),
    "院校": ("school",),
    "职校": ("school",),
    "部门": ("bureau",),
    "协会": ("association",),
    "单位": UNIT_KINDS,
}
_KIND = re.compile("|".join(_KINDS))
_OURS = re.compile(
    r"(?:成员|会员)(?:单位)?|(?:产教)?联合体|共同体|名册(?:里|上)?|[我咱]们?这(?:里|儿)?|你们(?:这(?:里|儿)?)?"
)
_MEMBERSHIP = re.compile(r"[成会]员|联合体|共同体|名册")
_COUNTED = re.compile(r"(?:有|占)?(?:多少|几)(?:家|个|所)?")
_LISTED = re.compile(r"(?:都|一共|总共)?(?:有|是)?(?:哪些|哪几[家个所]|都?有谁|什么|名单)")
_BESIDE = re.compile(
    r"请问|想问下?|请教|目前|现在|如今|一共|总共|合计|分别|各(?=[·多几有是占])|各自|里面?|当中|其中|中|占|在册|登记的?|加入了?|入会|参加|在|总数|数量|数是?|本|市里?|些"
)
LONGEST = 36


def asks_for_units(words: str, *, visiting: bool = False) -> tuple[str, ...] | None:
    """The kinds of units that are asked for: 成员单位有几家企业, 企业多少家，学校多少家; None for anything else.

    Which units is asked of the consortium by its name (联合体有哪些学校); a visitor means it without (有哪些学校).
    """
    said = Sentence(words)
    if len(said.plain) > LONGEST:
        return None
    ours = _MEMBERSHIP.search(said.plain) is not None
    said.take_all(_OURS)
    named = [one[0] for one in _KIND.finditer(said.left)]
    counted, listed = said.take_all(_COUNTED), said.take_all(_LISTED)
    said.take_all(_KIND)
    if not (counted or listed) or not (named or ours):
        return None
    if not (ours or counted or visiting) or FILLER.sub("", _BESIDE.sub("", said.left)).strip("家个所"):
        return None
    kinds = [kind for word in named if word != "单位" for kind in _KINDS[word]]
    return tuple(dict.fromkeys(kinds)) or UNIT_KINDS


_LIAISON = r"(?:副|备用)?(?:联络员|联络人|联系人|对接人|经办人)"
_CHANGES = (
    r"变动|变更|变化|变了|更换|调整|换人|换了?(?:一?个|别人|谁)?|调走|调[岗离]|离职|离任|退休|轮岗|交接|接手|接替"
    r"|不干|不当|不做|走了|改"
)
_CHANGE = re.compile(rf"{_LIAISON}[^,;。]{{0,8}}?(?:{_CHANGES})|(?:{_CHANGES})[^,;。]{{0,6}}?{_LIAISON}")
_I_GO = re.compile(
    r"我[^,;。]{0,8}?(?:调走|调[岗离]|离职|退休|轮岗|不(?:再)?(?:干|当|做|负责)|不是?联络员|要走)了?[^?]{0,12}?(?:换谁|谁来?接|找谁|怎么|咋|如何|交接|接手)"
)
_ASKS_HOW = re.compile(
    r"怎么|怎样|咋|如何|找谁|跟谁|向谁|告诉谁|要不要|需不需要|用不用|流程|手续|程序|报备|备案|步骤|在哪|换谁|谁来?接|什么材料"
)
_OF_TERMS = re.compile(r"几天|多久|多长|时限|期限|几个工作日|规定|条款|第几条|处罚|后果|职责|任期|条件|手机|电话|号码")


def asks_to_change_liaison(words: str) -> bool:
    """联络人变动怎么报备, 换联络员找谁, 我要调走了怎么交接: the way is the product's own; terms stand in documents."""
    plain = same_shape(words).strip()
    if len(plain) > LONGEST or _OF_TERMS.search(plain):
        return False
    return bool((_CHANGE.search(plain) and _ASKS_HOW.search(plain)) or _I_GO.search(plain))
