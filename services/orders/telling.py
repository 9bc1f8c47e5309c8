"""What looks like an order and is none: what was done before, a wish, what holds only if, a refusal, somebody's words.

昨天把华川的退回去了, 要是能自动催就好了, 先别发通知, 简报要不要发给管委会看, 王强说：“请把我们的数退回来”.
"""

import re

from services.meetings.reading.wording import same_shape
from services.orders.words import ACTS

_DEED = (
    r"(?:催|退|打回|驳回|采纳|审|通过|豁免|提醒|通知|发(?!现|展|生|放)|开(?!始|展)|延|宽限|推迟|改|换"
    r"|撤|停|取消|导|出(?!来|现)|做|销|关|邀请|答复|回复"
    r"|转|废止|删|公布|下发|印发|上传|征集|打(?=过?招呼|过?电话))"
)
_EARLIER = (
    r"(?:昨[天日]|前[天日些]|大前天|上周[一二三四五六日天]?|上星期|上个?月|上回|之前|以前|早上|刚[才刚]?"
    r"|才(?!能|可)|已经|早就|早已|我都)"
)
_TOLD = re.compile(
    rf"(?<!的){_EARLIER}(?:(?![报填交]的)[^,;。!]){{0,12}}?{_DEED}[^,;。!的]{{0,6}}?[过了](?:[^,;。!的]{{0,6}})(?=$"
    rf"|[,;。!?])"
)
_WISH = re.compile(
    r"就好了|该多好|本来(?:就)?(?:想|要|打算|准备|是|说)|原(?:来|先|本)(?:想|打算|准备|是想)|恨不得"
    r"|巴不得|(?:我|我们)?(?:想着|琢磨|考虑)(?:要不|是不是)"
)
_ONLY_IF = re.compile(r"如果|要是|假如|假设|倘若|万一|(?<![一-龥])若(?!干)|的话(?=$|[,;。!要就])|再不.{1,12}就")
_REFUSES = re.compile(
    rf"(?:先|暂时|千万)?(?:别|不要|不用|不必|甭|无需|没(?:有)?(?:让|叫|说要?|要)(?:你|您)?|谁(?:让"
    rf"|叫)你|不(?=再?(?:催|发|通知|提醒))|先不)"
    rf"(?>(?:再|先|急着|忙着|给[^,;。]{{0,8}}?|把[^,;。]{{1,10}}?|跟[^,;。]{{1,8}}?|老|总|去|来"
    rf"|要)*)(?!.{{0,2}}[报填交])(?:{_DEED})"
)
_ADVICE = re.compile(
    r"要不要|该不该|用不用|需不需要|应不应该|是不是(?:该|要|得|应该)|你(?:怎么|咋)(?:看|想|觉得)"
    r"|(?:还)?能(?:再)?(?:改|撤|退|换|取消|延)吗"
)
_QUOTED = re.compile(r"“[^”]*”?|「[^」]*」?|\"[^\"]*\"?|『[^』]*』?")
_SAYS = re.compile(
    r"[一-龥](?:说(?!一?声|一下|明|话)|问(?!题|一?[问下声]|他|她|了?问)|讲(?!一)|反映|来电|回复说"
    r"|要求我们?|提出)(?:[:,]|(?=我|能|可|想|要|让|请|是|他|她|你))"
)
_ASKED_ME = re.compile(
    r"(?<![别请就])[一-龥](?:让|叫|托|求|催|要求)(?:我|咱)们?(?=[把将给帮去来转])|[一-龥](?:催|找|问"
    r"|跟)(?:我|咱)们?(?:要|讨|拿)"
)
_AND_SO = re.compile(r"^(?![让请要我]).{3,}?[,](?:那就?|就|请|麻烦|帮我?)*(?=[给把将帮])")
LONGEST = 160  # what is longer is no order anywhere, and nobody has to be told so
_COURTESY = re.compile(
    r"(?:如果|要是)?(?:你们?|您)?(?:方便|可以|有空|有时间)的话[,]?|(?:如果|要是)(?:你们?|您)?(?:方便|可以|有空|有时间)[,]"
)
_MARK = re.compile(r"[,;。!\n]")
_ACT = re.compile(_DEED)
_DONE = re.compile(r"[了过]$")
_CONSEQUENCE = re.compile(r"就|让|请|则|可以|,(?=.)")
"""如果下雨就线上 is a case of its own; 如果他们没改 behind an order is what the order hangs on."""
_CLAUSE_END = re.compile(r"[;。!\n]|$")


def only_tells(words: str) -> bool:
    """Whether the words tell, wish, suppose, refuse or ask for advice, so that nothing in them is to be done."""
    plain = _COURTESY.sub("", _before_reason(same_shape(words)))
    return any(one.search(plain) for one in (_WISH, _REFUSES, _ADVICE)) or _only_told(plain) or _only_if(plain)


def _before_reason(plain: str) -> str:
    """The order without what is given as its reason: 退回海岚的培训人次:上个月已经改了口径."""
    order, _, reason = plain.partition(":")
    return order if reason and _orders(order) else plain


def _orders(clause: str) -> bool:
    """Whether an act stands in a clause that is nobody else's word."""
    acts = (_ACT, *ACTS.values())
    return not (_SAYS.search(clause) or _ASKED_ME.search(clause)) and any(one.search(clause) for one in acts)


def _only_told(plain: str) -> bool:
    """Whether something is told, and no other clause orders: 海岚上个月已经停产了,11月免报 does."""
    told = False
    for clause in _MARK.split(plain):
        if _TOLD.search(clause):
            told = True
        elif _orders(clause) and not (told and _DONE.search(clause)):  # 昨天催过了,海岚的也退回去了 goes on telling
            return False
    return told


def _only_if(plain: str) -> bool:
    """Whether it holds only if something is so; an order before a case of its own stands: 催一下,有困难的话让他们说."""
    supposed = _ONLY_IF.search(plain)
    if supposed is None:
        return False
    clauses = _MARK.split(plain[: supposed.start()])[:-1]
    stands = any(_orders(one) for one in clauses) and _CONSEQUENCE.search(plain, supposed.start())
    return not stands


def repeats(words: str) -> bool:
    """Whether all of it is what somebody else said: 李静问我能不能延到8号; a sentence of its own behind it is not."""
    plain = same_shape(words)
    said = _SAYS.search(plain) or _ASKED_ME.search(plain)
    if said is None:
        return False
    if "“" not in plain and _AND_SO.match(plain[said.end() :]):
        return False  # 王强说数还没出来，给启明延到周三
    end = _CLAUSE_END.search(_QUOTED.sub(lambda one: "x" * len(one[0]), plain), said.end())
    return end is None or not plain[end.end() :].strip(' ,;。!"”」')


def is_no_order(words: str) -> bool:
    """Either of them; words longer than any order are not looked at."""
    return len(words) <= LONGEST and (only_tells(words) or repeats(words))
