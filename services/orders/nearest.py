"""A sentence that orders something and that no room understood: told from talk and questions, with what is near it."""

import re

from services.orders.words import ASKS_HOW
from services.speech import asks

LONGEST = 80
_BEFORE = r"(?:请|麻烦|劳驾|帮我们?|帮忙|给我|替我|我要|我想|现在|马上|赶紧|立刻|立即|先|再|那就|你|您|,|\s)*"
_DEEDS = (
    r"催|退回|打回|驳回|采纳|通过|豁免|免报|提醒|通知|群发|发[给送到个条一我邮]|打包|拉黑|屏蔽|抄送|转[给发交]|发布|公布|改[成为到]?|修改|更正|删除?|去掉|移除"
    r"|加[上个一]|添加|新增|增加|取消|撤[销回]|恢复|关[闭掉]|打开|开放|导[出入]|生成|汇总|统计|安排|登记|录入|下发|印发|上传"
    r"|废止|作废|替换|更新|邀请|任命|设[置为成]|调整|指定|换[成个掉]?|预?订|打印|整理|代填|锁[定上]|解锁|延长|答复|回复|签发"
    r"|记(?:一?下|上|着|住)|审[核批]|批准|备份|合并|拆分|调出|做[成个一]|踢|出[个一份]"
)
_ORDERS = (
    re.compile(rf"{_BEFORE}(?:把|将|给|对|替|让|叫)[^,;:。]{{1,40}}?(?:{_DEEDS})"),
    re.compile(rf"(?:请|麻烦|帮我|帮忙|马上|赶紧|立刻|立即|给我){_BEFORE}(?:{_DEEDS})"),
    re.compile(rf"{_BEFORE}(?:{_DEEDS})(?:一?[下个份次条遍]|所有|全部|全体|各|大家|他们?|它|她|[那这]|\d)"),
    re.compile(rf"{_BEFORE}(?:催|退回|打回|驳回|采纳|群发|撤回|下发|关闭|删除)[^,;:。]{{2,}}$"),
    re.compile(rf"[^,;:。]{{2,30}}(?:{_DEEDS})(?:一下|掉|出去|上去)(?:吧|了|啊)*$"),
)
_MARK = re.compile(r"[,，;；:：。!！]")
# What comes nearest, by what the sentence speaks of; the first that fits.
_NEAREST = (
    ("reminding", r"催|提醒|通知|群发|告诉"),
    ("meeting", r"会议|联席会|理事会|开会|会期|回执|参会|会场|会前|议程|纪要"),
    ("topics", r"议题|上会"),
    ("items", r"事项|销号|督办|延期|决定|第\s*\d+\s*[条项]"),
    ("tickets", r"工单|提问|问题|答复|回复"),
    ("members", r"联络员|联系人|负责人|召集人|名册|成员|席位|邀请|退群|踢"),
    ("library", r"文件|资料|办法|章程|方案|制度|细则|规程|知识库|资料库|栏目|《"),
    ("digest", r"简报|台账|报表|汇总|统计|导出|数据表|图表"),
    ("review", r"月报|填报|退回|打回|采纳|通过|豁免|免报|代填|人次|人数|指标|的数|数据|改成"),
)


# What only the bot can be asked for, and what is asked of a unit when a figure goes back to it.
_OF_THE_BOT = re.compile(
    r"催|群发|简报|台账|议题|会议|联席会|工单|名册|名单|邀请|联络员|联系人|没[报交填]|未[报交填]|大家|所有|全部|各(?:单位|学校|企业|家)"
    r"|资料库|知识库|章程|办法|月报(?:都|全|一起|发|导|给我)|导出|打印|备份|待办|撤[回销]|通知|工作群|群里|发给我|给我发"
)
_OF_A_UNIT = re.compile(
    r"补[充报齐上]|附上?|核[实对查]|重[新报填做]|修[改正]|更正|改正|说明|佐证|证明|依据|口径|按.{0,8}(?:报|填)"
)


def orders_the_bot(words: str) -> bool:
    """Whether words that came where a reason or an answer was asked order something else: 把10月台账导出来.

    请补充材料后重新上报 is what a unit is asked to do, and so a reason.
    """
    return is_order(words) and _OF_THE_BOT.search(words) is not None and not _OF_A_UNIT.search(words)


def is_order(words: str) -> bool:
    """Whether the words want something done; questions, also those about how it is done, do not."""
    plain = words.strip()
    if len(plain) > LONGEST or asks(plain) or ASKS_HOW.search(plain):
        return False
    return any(pattern.match(clause) for clause in _MARK.split(plain) for pattern in _ORDERS)


def nearest(words: str) -> str:
    """The room that the words speak of: the id of what is said there; empty when none does."""
    return next((room for room, pattern in _NEAREST if re.search(pattern, words)), "")
