"""What a name looks like where one was asked for, and what people say there instead."""

import re

from knowledge.language.folding import fold
from services.registers.listing import NOTHING
from services.registers.said import AGREEMENTS
from services.registers.titles import ORGANISATION
from services.speech import asks

LONGEST_BRAND = 8
LONGEST_PUTTING_OFF = 24
_BRACKETED = re.compile(r"\([^()]*\)")
_ORGANISATION_ENDS = re.compile(
    rf"(?:{ORGANISATION}|机电|机械|精密|热电|动力|光电|文化|传媒|旅游|康养|养老|建设|建筑|设计|工程|软件|网络|数据|智能|生物|医药|新材"
    r"|保险|证券|社|店|园|站|协会|学会|商会|合作社|政府|委员会|[党管]工?委)$"
)
_TALK = re.compile(
    r"^(?:[\d一二两三四五六七八九十]+(?:年|个?月)|[我你您他她它这那咱]|还|先(?!进|锋|导)|再|等(?!离子)|稍|请|帮|麻烦|多?谢|不(?!锈|凡)|没|都|同上|上次|[上下]个?月|[今明后]天|周[一二三四五六日末]"
    r"|[查问找催]一?[下了问]|名[字称单]|合同|协议(?!书)|保密|领导|[一-龥]{0,2}(?:院长|主任|老师|经理|书记)|(?:[好对行嗯]|可以)[的了吧]*$|[报填写]?错|要[写填不是先等]"
    r"|[报填][少多漏了的])"
    r"|(?:[了吧吗呢啊呀嘛哈]|[一等]下|会儿|再说|知道|[给发]你|补上?|[看说]|流程|没有)$"
    r"|一下|知道|回头|稍后|晚点|马上|记不清|没定|还没|还在|再[报说补]|改[成为]|应[该为]|刚才|[少多漏误错][报填写]|[报填写][少多漏错]|没有|不方便"
    r"|台账里|提交|撤[回销]|取消|确认|[报填写录]的是"
)
_FUNCTION_WORD = re.compile(
    r"[的了吗呢吧啊呀在还都没是这那我你他就再先说等写知给被让从很也太才刚已着得么什怎哪谁几多少样]"
)
_PUTS_OFF = re.compile(
    r"(?:回头|稍后|晚点|过后|过几天|以后|之后|随后|下周|下个?月|[明后]天|周[一二三四五六日][^,;。]{0,3}|等[^,;。]{1,10}?)(?:再|给|来|去)?[补说给发报填定弄交]"
    r"|保密|不方便|先?不写|记不清|没定|没有?名字|还在走"
)
_FIGURE = re.compile(r"\d(?:[\d.,]*)(?:人次|人天|万元?|[人名家份个项]|$)")


def is_name(said: str, register: str) -> bool:
    """Whether a piece of an answer may be a name: of an organisation as a partner, of anything in other registers."""
    words = _BRACKETED.sub("", fold(said)).strip()
    if len(words) < 2 or _TALK.search(words) or _PUTS_OFF.search(words) or asks(words):
        return False
    if register != AGREEMENTS:
        return not _FIGURE.search(words)
    if is_organisation(words):
        return True
    return len(words) <= LONGEST_BRAND and not re.search(r"\d", words) and not _FUNCTION_WORD.search(words)


def is_organisation(words: str) -> bool:
    """Whether folded words end as names of organisations do: 海岚化工, 市发改委."""
    return bool(_ORGANISATION_ENDS.search(words)) and not re.search(r"\d.$", words)


def leaves_open(words: str) -> bool:
    """跳过, 暂无, 这个回头补, 合同还没定: nothing is named now."""
    said = fold(words.strip())
    if NOTHING.fullmatch(said):
        return True
    return len(said) <= LONGEST_PUTTING_OFF and not asks(said) and bool(_PUTS_OFF.search(said))
