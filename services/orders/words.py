"""Kinds of words that orders are made of: what is done, to what, and what only fills a sentence.

An order is a verb of one kind with an object of one kind and the names, months and numbers beside them. A wording is
added here, to its kind, and serves every order that the kind is part of; which kinds make an order, its room knows.
"""

import re
from enum import StrEnum

from services.speech import MAY


class Act(StrEnum):
    """What somebody wants done."""

    RETURN = "return"
    ACCEPT = "accept"
    EXEMPT = "exempt"
    REMIND = "remind"
    ANSWER = "answer"
    HAND_ON = "hand_on"
    CLOSE = "close"
    REPEAL = "repeal"
    INVITE = "invite"
    APPOINT = "appoint"


class Thing(StrEnum):
    """What it is done to, or what somebody wants to see."""

    TICKET = "ticket"
    CHECKIN = "checkin"
    MISSING = "missing"
    LATENESS = "lateness"
    EXTENSION = "extension"
    DOCUMENT = "document"
    SEAT = "seat"
    CLEAN = "clean"


_FILE = r"(?:提交|上报|填报|报送|[报交填])"
ACTS: dict[Act, re.Pattern[str]] = {
    Act.RETURN: re.compile(r"[退打驳](?:了)?回(?:去|来)?(?:重[填报新做]|修改)?|退给|退掉|退了(?=$|[,;:。])"),
    Act.EXEMPT: re.compile(
        rf"豁免|别(?:让|叫|要)(?:他们|它们|她们|对方|[他她它])?再?{_FILE}了?|免(?:了|除|予)?{_FILE}"
        rf"|免[了掉](?=.{{0,20}}(?:月报|填报)|吧|$|[,;。 ])|别{_FILE}了"
        rf"|(?:不用|不必|不需要?|无需|可以?不){_FILE}了?"
    ),
    Act.ACCEPT: re.compile(
        r"采纳|审(?:核)?一?下?(?:通过|过了?|掉|完|了(?=吧|$|[,;。!]))|通过(?:了|吧)*|认可|(?:算|给"
        r"|让)?(?<![看说核查])过(?=了|吧|$)(?:了|吧)*"
    ),
    Act.REMIND: re.compile(
        r"发(?:一?[个下次条]|出)?(?:催[报促办收]|提醒)(?:通知|消息)?"
        r"|(?:打|去)(?:一?[个声])?(?:招呼|电话)|(?:招呼|知会|敦促|督促|提醒|叮嘱)(?:一?[声下])"
        r"|(?<!请)(?<!想)(?<!学)问一?问"
        r"|(?:再)?催(?:一?[催下遍次道回波])*(?:[报交促收缴填]|提交)*|提醒(?:一?下)?|通知(?=(?:还|那些|各"
        r"|一下)?(?:没有?|未)[报交填])"
    ),
    Act.HAND_ON: re.compile(
        r"转(?:给|交给?|派给?|到)|派给|交给|分给|[让请叫](?=[^,;:。]{2,6}?(?:来|去)?(?:答|处理|回[复答他她]|办))"
    ),
    Act.CLOSE: re.compile(r"关(?:闭|掉|了)|结掉|不用答了?|作废"),
    Act.ANSWER: re.compile(r"(?:答复|回复|回答|回他|回她|答)(?:他们?|她|一?下|了)*"),
    Act.REPEAL: re.compile(r"废止|作废|废除|失效|废(?:掉|了)|(?:停止|不再)(?:执行|使用|适用)"),
    Act.INVITE: re.compile(r"邀请(?:链接)?|\binvite\b", re.IGNORECASE),
    Act.APPOINT: re.compile(
        r"(?:换|更换|变更|调整)(?:一?[个下])?(?=.{0,3}(?:联络员|联系人|负责人))"
        r"|(?:设|任命|指定|登记|定|改|换|变更|更换|调整)(?:[为成]|做)|任命|指定"
    ),
}
THINGS: dict[Thing, re.Pattern[str]] = {
    Thing.TICKET: re.compile(r"(?:转)?(?:人工)?工单|待答复?的?(?:问题|提问)?|转人工的?(?:问题|提问)?"),
    Thing.MISSING: re.compile(
        rf"(?:谁|哪[些几]?[家个]?(?:单位)?|怎么|咋|为什么|为啥)?(?:到现在|一直)?(?:还|都|也)*(?:没有?"
        rf"|未)(?:按时)?{_FILE}"
        r"(?:上来?|齐|数据?|表|月报)?了?(?:的|谁|就|单位|学校|企业|部门|[和、](?=单位|学校|企业|部门))*"
        r"|(?:一直|到现在|还|都|也)*(?:没有?|未)(?:什么)?(?:动静|动作|反应|消息|回音|反馈)(?:的)?"
        r"|欠[报交](?:的|单位)*|还?[差缺](?:几|多少|哪[些几]?)家"
    ),
    Thing.LATENESS: re.compile(
        rf"(?:迟|晚|拖|拖延){_FILE}|{_FILE}(?:得|的)?(?:晚|迟)|(?:逾期|超期|超时|过期|过了?(?:截止|时间))(?:才)?{_FILE}"
    ),
    Thing.EXTENSION: re.compile(
        r"(?:申请|提出?|要求?|想|报)(?:过|了|出)*(?:要)?(?:延期|延长|宽限)(?:申请)?|延期的?申请"
        r"|待批的?延期|延期(?=的.{0,3}[谁哪])"
    ),
    Thing.CHECKIN: re.compile(r"的?(?:月报表?|[报填交](?:上来)?的(?:数据?|月报)?|填报|报表|数据?|表|上报)(?:情况)?"),
    Thing.SEAT: re.compile(
        r"(?:副|备用)?联络员|联络人|联系人|对接人|经办人|(?:单位)?负责人|分管领导|(?:会议)?召集人|理事(?!会|长)"
    ),
    Thing.DOCUMENT: re.compile(
        r"文件|办法|章程|方案|制度|细则|规程|规定|通知|意见|计划|清单|指南|措施|资料|常见问题|问答"
    ),
    Thing.CLEAN: re.compile(r"(?:没有?|无)(?:什么)?(?:疑问|问题|异议)的?"),
}
TITLE = re.compile(r"《(?P<title>[^》]{1,80})》?")
MONTH = re.compile(
    r"(?:(?:\d{4}|[今去])年)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?|上上个月|上个?月|本月|这个?月|当月"
)
# A question about how things are done is no order, whatever verbs stand in it.
ASKS_HOW = re.compile(
    r"怎么|怎样|如何|咋|为什么|为啥|为何|什么时候|啥时|何时|几号|多久|几天|多长时间|规定|要求|流程|程序|条件|标准|手续"
    r"|是不是|是否|能不能|能否|可不可以|会不会|要不要|需不需要|需要|应当|应该|什么意思|什么是|是什么|后果"
    r"|由谁|归谁|谁来?(?:负责|批|审|定|退|管|有权)|[吗嘛][?。!]*$"
)
# Who is entitled to it, and what follows: a document says so. 谁批了, 谁签的 ask how things stand.
OF_OFFICE = re.compile(
    r"(?:谁|哪(?:一?[位个级])?(?:部门|单位|领导|机构|人))(?:来|去|有权|负责|可以|才?能)*"
    r"(?:签[发批字]?|审?批准?|审[核定查]|盖章|拟[发定]?|下发|印发|解释|主持|召集|决定|定|说了算)(?![了过完好掉的下没到])"
    r"|(?<!席)(?<!理事)(?<!汇报)(?<!调度)(?<!预备)(?<!络员)(?<![次个的])会(?:怎么?样|如何|咋样|被)(?!了)"
)
ASKED_POLITELY = re.compile(
    rf"(?:你|您)?{MAY}(?:帮|给|替)?(?:我们?|忙)?(?=[把将给催发退]|提醒"
    r"|采纳|邀请|废止|导出|出个|看看)"
)
ASKS_WHICH = re.compile(
    r"谁|哪[些几]?[家个条项]?|几[个条家项]|多少[家个]?|什么|啥|有没有|名单|清单|列表|情况"
    r"|(?:给我)?看看?|查看?|列(?:出|一下)?|还有|还剩|剩下"
)
POLITE = re.compile(r"(?:语气|口气|说话|话)?(?:要)?(?:客气|礼貌|委婉|温和|婉转)一?[点些]?儿?")
FILLER = re.compile(
    r"来着|批准|同意|赶紧|尽快|抓紧|挨个|逐个|逐家|请|麻烦|劳驾|我(?=看|查|要|想|·)|帮我|帮忙|给我"
    r"|我要|我想|现在|马上|立刻|今天|那个|这个|一下|一遍|一次|一起|一键|统一|批量|全部|所有|没问题"
    r"|没有问题|无误|核过了?|看过了?"
    r"|都|就|再|先|也|还|要|把|将|给|对|让|叫|跟|和|与|及|的|了|吧|呢|啊|呀|哈|嘛|么|吗|下"
    r"|他们?|她们?|它们?|单位|那家|这家|可以|去|来|有|是|为|[·,。!:;、~?\s\"'“”()]"
)
WHY = re.compile(r"^(?>(?:[,。:;\s]|理由|原因|说明|因为|由于|因|是|为)+)")
NUMBER = re.compile(r"(?:第|编号|#|号)?\s*(?P<number>\d{1,6})\s*号?(?!\d|年|月|日|\.|%)")
OTHER_PAPER = re.compile(
    r"协议(?!书)|登记|平台|基地|需求|台账|岗位|工单|议题|事项|第\s*\d+\s*[条项]|按钮|链接|席位|联络员"
)
NUMBERED_ELSEWHERE = re.compile(r"第\s*[\d一二三四五六七八九十]+\s*[条项]|事项|议题|任务\s*\d|决定|延期")


def asks_which(words: str) -> bool:
    """Whether the words ask to see some: 谁, 哪些, 名单, 看看."""
    return ASKS_WHICH.search(words) is not None
