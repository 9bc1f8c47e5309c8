"""Who fills in from now on, and whom to turn to: told by kinds of words. Pure."""

import re

from services.checkins.reading.phrases import OURS

_LIAISON = r"(?:联络[员人]|填报[人员])"
_DUTY = r"(?:联络[员人]|填报[人员]|填报|月报|报表|报数|对接|这[个块项件摊]?(?:工作|活|事))"
_LEAVES = re.compile(
    r"我(?!们).{0,8}(?:离职|退休|调走|调离|调岗|调动|辞职|不干了|要走了|岗位(?:调整|变动|换)|产假|休长假|转岗)"
    r"|不归我管|不再由?我?负责|别找我|我.{0,3}不(?:再)?(?:负责|管)(?:这|月报|填报|了)"
)
_TAKES_OVER = re.compile(
    rf"(?:改?由|让|换成?|是|给|归)[^,;。]{{2,10}}?(?:负责|接手|接替|来?填报?|来报).{{0,4}}|交接给|接替我?|接手|{_DUTY}.{{0,6}}(?:换成|改成|交给|转给|归)"
    rf"|(?:以后|今后|往后)[^,;。]{{1,6}}(?:接|弄|管|填|报)(?:了|手|着)?$"
)
_SWAPS = re.compile(
    rf"(?:换|更换|变更|变动|调整|替换|改).{{0,4}}(?:{_LIAISON}|人来?[填报])|(?<![长任人])换人"
    r"|(?:以后|今后|下次|下个?月|从.{1,4}?)起?[^,;。]{0,2}由[^,;。]{2,10}?(?:来)?(?:填|报|接手)"
    rf"|{_LIAISON}.{{0,6}}(?:换|变更|更换|变动|改|调[岗走离]|离职|退休)"
)
_RULE_OF_PERSONS = re.compile(
    r"职责|多久|几年|任期|规定|要求|条件|参会|开会|会议|代我参|替会|请假|招聘|座谈|换届|几个工作日|名单|手续|程序|书面|几[个名位]|报备|报告|几天内|要不要"
)

_CHANNEL = r"(?:电话|手机号?|号码|联系方式|微信|邮箱|qq|座机)"
_OFFICE = r"(?:秘书处|你们|贵处|贵办|负责人|对接人|联系人|管理员|[他她])"
_ASKS_CONTACT = re.compile(
    rf"(?=.*(?:{_OFFICE}|给|留|加|有没有)).*{_CHANNEL}|联系(?:得)?[上到]?(?:秘书处|你们|贵处|人工)"
    r"|(?:怎么|如何|咋)(?:才?能)?(?:联系|找)|(?:找|问|联系|跟|和)(?:谁|哪位)"
    r"|(?=.*(?:秘书处|你们|贵处)).*(?:谁|哪位).{0,4}(?:帮|管|负责|解决)"
    rf"|^(?:联系)?{_CHANNEL}(?:是|号码)*(?:多少|几号|什么)$"
)
_CONTACT_WORDS = re.compile(
    rf"{_CHANNEL}|请问|想|有没有|秘书处|你们?|贵处|贵办|联合体|负责人?|他们?|她|对接人|联系人?|管理员|同志|老师|那?边|{OURS}|填报?|月报|报表|表|系统"
    r"|遇到|碰到|出[了现]?|问题|麻烦|困难|事情?|不[会懂通清]|弄|操作|不?明白|疑问|帮忙?|看看|解决|咨询|反映|处理|时候|怎么|如何|咋|才|能不能|可不可以"
    r"|可以|应该|多少|几|哪位|[谁找问跟和上到得给要留发加个下这那该能不的是有人管数号码了呢啊吗啥,? ]"
)


def changes_person(said: str) -> bool:
    """Whether trimmed words say that somebody else fills in from now on."""
    if _RULE_OF_PERSONS.search(said):
        return False
    duty = re.search(_DUTY, said) is not None
    return bool(_LEAVES.search(said)) or bool(_SWAPS.search(said)) or (duty and bool(_TAKES_OVER.search(said)))


def asks_contact(said: str) -> bool:
    """Whether they ask how to reach the secretariat, and nothing else may be what somebody is wanted for.

    补贴找谁申请 is a question to the library.
    """
    return bool(_ASKS_CONTACT.search(said)) and len(_CONTACT_WORDS.sub("", said)) <= 1
