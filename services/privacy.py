"""Personal data in messages: told apart from figures, refused before anything is stored, masked where shown."""

import re

from knowledge.language.folding import fold

_ID = re.compile(
    r"(?<![\da-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![\da-z])"
    r"|(?<![\da-z])\d{17}[\dx](?![\da-z])"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.])0\d{2,3}-?\d{7,8}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PERSON = (
    r"(?:学生|实习生|毕业生|员工|职工|学员|教师|老师|新招|人员|徒弟|学徒|个人|家长|工人|娃|孩子|新人"
    r"|新生|入职|招录|录用|实习|培训|订单班)"
)
_LIST = r"(?:花名册|名册|名单|明细(?:表)?|信息表|档案|登记表|一览表|个人信息|资料)"
_DETAIL = r"(?:身份证|学号|手机号|电话号码|联系电话|家长电话|家庭住址|住址|银行卡|出生(?:日期|年月)|户籍|工号|准考证)"
_OFFER = re.compile(
    rf"{_PERSON}[^,;。\n]{{0,10}}{_LIST}|{_LIST}[^\n。]{{0,16}}{_DETAIL}|{_DETAIL}(?:号码?"
    rf"|信息)?[^\n。]{{0,12}}(?:{_LIST}|发|传|给你|附|报上|一起报)|"
    rf"(?:带|含|有|附|包括)(?:了|上|着)?(?:学生|个人|大家|他们|姓名和|姓名、)*{_DETAIL}|花名册"
)
_UNIT_LIST = re.compile(
    rf"(?:企业|单位|协议|合作|会员|成员|公司|参会|专业|学校|签到|项目|政策|名单公示){{1,2}}[^,;。\n]{{0,4}}{_LIST}"
)
_NUMBERED = re.compile(r"(?:学号|工号|准考证号?|学籍号|银行卡号?)[::是为 ]{0,2}[a-z]?\d{5,}")
_HEADER = re.compile(r"姓名[^\n]{0,40}(?:性别|班级|学号|身份证|电话|手机|专业|年龄|籍贯)")
_RECORD = re.compile(rf"{_PERSON}[^\n]{{0,30}}")
_NAMED = re.compile(
    r"(?:叫|姓名[::]|同学"
    r"|[张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常][某一-龥]{1,2})"
)
_NEED = re.compile(
    r"要不要|需不需要|是否(?:需要|要)|用不用|是不是(?:要|得|需要)|(?:要|需要|必须"
    r"|得)[^,;。\n]{0,12}吗|(?:不要|不用|不需要|不必|不能|别|没有|不含|不带)[^,;。\n]{0,10}"
    r"(?:名单|名册|身份证|明细|学号)"
)
_OFFER_TO_SEND = re.compile(
    rf"(?:要不要|用不用|需不需要)[^,;。\n]{{0,8}}[发传附][^\n]{{0,12}}[带含有]{_DETAIL}"
    rf"|[带含有]{_DETAIL}[^。\n]{{0,14}}[发传](?:[您你给]|过[来去])"
    rf"|{_DETAIL}[^\n]{{0,16}}(?:打包|整理|准备)好"
    rf"|(?:要不要|用不用|需不需要)[?,。 ]{{0,3}}(?:里[面头边]?|上面|表[里上]|其中)(?:都|也|还)?[带含有是写]"
    rf"[^。\n]{{0,6}}{_DETAIL}"
)
"""要不要一起发？含身份证号: a question in form, an offer in fact."""

_NOT_THERE = re.compile(
    r"(?:我们?|教务|学院|人事)?(?:现在|目前)?(?:还|都|也|正|仍|就|先)*(?:不[发传给附报]|在(?:核|对|整理|统计|汇总|收|做)|没(?![问毛错])|未|尚|待)"
)
"""实习名单还在核: the list is spoken of, and not there."""


def holds_person_records(text: str) -> bool:
    """Whether a message offers or contains records of single persons: nothing of it may be taken or stored.

    An ID number always counts. A phone number counts beside a named student, trainee or employee; a contact's own
    number beside figures does not (it is masked). Asking whether a list is needed is a question, not an offer.
    """
    text = fold(text)
    if _ID.search(text) or _HEADER.search(text) or _NUMBERED.search(text):
        return True
    if (
        _MOBILE.search(text)
        and _RECORD.search(text)
        and _NAMED.search(text)
        and not re.search(r"联系人|参会|出席|会议|对接人|经办人|填报人", text)
    ):
        return True
    return any(
        (not _NEED.search(text) or _OFFER_TO_SEND.search(text))
        and not _UNIT_LIST.search(text[max(0, found.start() - 8) : found.end()])
        and not _NOT_THERE.match(text, found.end())
        for found in _OFFER.finditer(text)
    )


_TITLED = re.compile(
    r"[王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹]"
    r"[一-龥]{0,2}(?:老师|主任|经理|师傅|处长|科长|局长|院长|校长|厂长|书记|工(?![人程厂种位])|总(?![数计共量额体])|处(?![理于])|同学)"
)


def names_person(text: str) -> bool:
    """Whether words seem to name somebody: 王主任说的, 叫李某某. Rather too often than too rarely."""
    return bool(_NAMED.search(fold(text)) or _TITLED.search(fold(text)))


def redact(text: str) -> str:
    """The text with ID numbers, phone numbers and mail addresses masked: 138****1234."""
    folded = fold(text)
    for pattern, keep in ((_ID, (3, 0)), (_MOBILE, (3, 4)), (_LANDLINE, (4, 0)), (_EMAIL, (1, 0))):
        for found in reversed(list(pattern.finditer(folded))):
            raw = text[found.start() : found.end()]
            masked = raw[: keep[0]] + "****" + (raw[-keep[1] :] if keep[1] else "")
            text = text[: found.start()] + masked + text[found.end() :]
            folded = folded[: found.start()] + masked + folded[found.end() :]
    return text


def has_contact_data(text: str) -> bool:
    """Whether a message holds something that :func:`redact` would mask."""
    return redact(text) != text
