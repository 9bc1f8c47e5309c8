"""What somebody asks or wants about their own check-in beside its figures. Pure; nothing is looked up.

Each kind is told by kinds of words that have to come together: what it is about, what is asked of it, and that nothing
else of the field is its subject. Wishes for more time are read in `services.checkins.asking.wishes`, people in
`services.checkins.asking.people`.
"""

import re
from enum import StrEnum

from services.checkins.asking.people import asks_contact, changes_person
from services.checkins.asking.trimming import LONGEST, trimmed
from services.checkins.reading.phrases import OURS, WHEN


class Matter(StrEnum):
    """What it is about."""

    DUE = "due"
    """Until when, what became of an extension."""
    ISSUE = "issue"
    """What became of a problem that the unit reported."""
    FILED = "filed"
    """What was filed for an earlier month."""
    HISTORY = "history"
    """What was filed at all."""
    CARD = "card"
    """What is filled in now."""
    FIGURE = "figure"
    """One figure of an earlier month in everyday words: 上个月我们给了多少钱."""
    CHANGE = "change"
    """Whether what was handed in can still be changed."""
    UNDO = "undo"
    """Take back what was just said."""
    UNFILE = "unfile"
    """Take back what was filed."""
    PERSON = "person"
    """Somebody else fills in from now on."""
    CONTACT = "contact"
    """How to reach the secretariat."""


_BEFORE = (
    r"(?:上(?:个月|月|次|回|期)|之前|以前|原来|前几?个?月|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?|去年)"
)
_HANDS_IN = r"(?:上报|报送|提交|上交|交|报|填)"
_HOW_ENDED = (
    r"(?:怎么?样|如何|咋样|进展|下文|结果|回[复音应]|答复|有人管|跟进|着落|眉目|音信|转给谁|(?:解决|处理|办理?|落实|反馈|采纳)(?:好|完|掉)?(?:了?没有?|了?吗|情况)"
    r"|(?:处理|办)得|还在办|到哪一?步|[办处理]到哪)"
)
_ASKED = re.compile(
    r"[?吗没呢]$|没有?(?:啊|呀)?$|什么|啥|谁|怎么|咋|如何|有没有|有无|情况$|哪|几|多[少久长]|进展$|结果$"
)

_OTHER_TERMS = re.compile(
    r"会议|开会|季度会|联席会|例会|议题|材料|回执|参会|协议|合同|补贴|补助|申领|申报|项目|岗位|需求|缺口|简报|纪要|第.{1,3}[条项件]"
    r"|事项|任务|名额|到岗|招聘|开放|开始|开填|每个?月|一般|通常|后果|会怎么?样|规定|报名|考试|离岗|实习几|办结|费用|答复时限|提前|谁"
)
_DUE = re.compile(
    rf"(?:截[止至](?:日期?|时间|期限|到)?|期限|时限|deadline|到期|最后一天|最[晚迟后]).{{0,10}}(?:{WHEN}|吗|没有?$|是不是)|{WHEN}.{{0,4}}(?:截止|到期)"
    rf"|^(?>(?:请问|{OURS}|这个月|本月|当月|月报|报表|的|报送|填报|提交)*)(?:截止(?:日期?|时间)?|期限|时限|deadline|最后期限)(?:是|呢)?$"
    rf"|(?:还剩|还有|剩下?|离截止|距离?截止)(?:我们?)?(?:的)?(?:时间)?(?:还有)?(?:几天|多久|多少天?|多长时间)|时限.{{0,3}}(?:剩|多)"
    rf"|还能[填报交](?:几天|多久)|{WHEN}.{{0,6}}(?:之前|以前|前)?(?:要|得|该|须|必须)?{_HANDS_IN}(?:上来|月报|表|数据?|齐|完|好|了|呢)*$"
    rf"|(?:延|缓|宽限)(?:期|长)?.{{0,6}}(?:批|同意|通过|答复|回复|结果|{WHEN}|到哪)|[批过]没[批过]期?|(?:过期|逾期|超期|到期|截止)(?:了?没有?|了?吗)$"
    r"|来得及.{0,3}(?:吗|不|么)|(?:算|是)(?:不是)?(?:不算)?.{0,3}(?:迟|晚(?!上)|过期|逾期|截止了|按时)"
    r"|是不是.{0,6}(?:晚了|截止|最后一天)|截止(?:日期?|时间)?.{0,4}[变改]|晚不晚|还能不能[报交填]|还能[报交填]吗"
)
_DUE_WORDS = re.compile(
    rf"请[问教]|[想问]|一下|老师|[您你]好|贵处|秘书处|{OURS}|我这?边?|[这那]个?|月报表?|报表|数据?|填报|延[期长后]?|宽限"
    rf"|{_HANDS_IN}|补|截[止至]|日期?|时[间限]|期限|deadline|[到过逾超]期|最[晚迟后]|申请|批[准复]?|同意|通过|答复|结果|下来|多[少久长]"
    r"|[哪几一]个?[天号日]|几点|[什么啥何]|时候?|礼拜|星期"
    r"|[周几剩还有离距能可以要得该须必之前是不没了吗呢啊的到在就都算迟晚缓拖给过后最变改事完齐好]"
    r"|上来|来得及|已经|按时|现在|[今明后]天|今日|下班|来着|[本当]月|\d+|[一二三四五六七八九十]+月|月份?"
    r"|学校|公司|会儿|[收天咱再贵按内,? ]"
)
_TOLD_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:人|家|份|项|个(?!月|工作日)|万|名|元|次|条|期)")

_ISSUE = re.compile(r"问题|诉求|困难|难题|意见|建议|反映|反馈的|事项|那个?事")
_SAID = re.compile(r"报|反映|提[的了过]|反馈|填|[说写]的|诉求|那个.{0,6}(?:问题|困难|事)")
_PAST = re.compile(rf"{_BEFORE}|{OURS}|那个")
_ENDED = re.compile(_HOW_ENDED)
_OTHER_ISSUES = re.compile(r"议题|议定|任务|会上|会议|待办|督办")

_SHOW = r"(?:看|查|给我|发我|多少|几|什么|啥|哪|内容|情况|[审核][核批过完了]|(?:采纳|通过)了?[没吗])"
_FILED = re.compile(
    rf"(?=.*{_BEFORE})(?=.*(?:{_HANDS_IN}(?:的|了|过)|{OURS}.{{0,6}}{_HANDS_IN}|月报))(?=.*{_SHOW})(?=.*(?:{OURS}|{_HANDS_IN}的)).*"
)
_HISTORY = re.compile(
    r"(?:历史上?|往期|以往|过去|往[月年]|历[年月次]|以前|之前各?月?|各个?月|每个?月|前几个月)的?.{0,4}"
    r"(?:数据|月报|填报|填的|[报填交][的了过]|记录|上报)|(?:数据|月报|填报)(?:的)?历史(?:数据|记录)?"
)
_OTHER_DATA = re.compile(
    r"议题|协议|岗位|需求|政策|文件|成员|会议|待办|台账|各[校家]|各企业|其他|别的|修改|更正|报些?什么|报哪些|答复|资料|全市|各单位"
)
_CARD = re.compile(
    r"(?=.*[填报写].*[的了]|.*草稿)(?=.*(?:看|查|给我|哪些|啥|什么|一遍|多少))"
    rf"(?>(?:把|将|请|帮|看看?|看?一?下|查|给我?|再|{OURS}|都|已经?|现在|目前|这[次个回]|本次|本月|这个月|月报|刚才?|[填报写]|的|了|数据?|哪些|几项|里|有|些|成|样|啥|什么|多少|草稿|过?一?遍|一眼|看|下|呢|啊|呀|出来|来)+)"
)

_OUR_FIGURE = re.compile(
    rf"(?=.*{_BEFORE})(?=.*{OURS}(?!们?(?:市|省|县|区|联合体)))(?=.*(?:多少|几[个名位人家份项件次场天万]|多大)).*"
)

_COMPARES = re.compile(r"比|较|增长|减少了?多少|变化|趋势|排名?|平均|占|率|累计|同期|到现在|以来|至今|差多少")
"""我们上个月实习比9月多多少 is reckoned by the digests."""

_BACK = (
    r"(?:撤[回销了掉]?|取消|作废|不算数?|不作数|不要了|删[了掉除]?|[去抹划]掉|恢复|还原|改回"
    r"|别[记算存]|不要[记算存]|[退返]回(?!后|了|的)|[退回]到|退[给还]|打回|回退|收回)"
)
_LAST = r"(?:刚[才刚发说填报]?|上一[条步个次项句]|这[条句]|上次|前面那?|前一|最后[那一]|原来|之前|之后)"
_SLIP = r"(?:[填发写报弄打说录](?:错|岔|重)|错了|不对)"
_UNDO = re.compile(rf"{_BACK}.{{0,6}}{_LAST}|{_LAST}.{{0,10}}{_BACK}|{_SLIP}.{{0,6}}{_BACK}")
_UNDO_WORDS = re.compile(
    rf"{_BACK}|{_LAST}|{_SLIP}|[那这]?一?[条步个次项句]|操作|消息|内容|手滑|一下"
    r"|[数的了吧啊呀我把给帮请发填报说记都全就要想话不对错没掉回来去那这能可以吗是输入, ]"
)
_BACK_ALONE = re.compile(r"(?:我?要|请|帮我)?(?:撤回|撤销|撤)(?:一下|吧|了)?")
_OTHER_ACTS = re.compile(
    r"岗位|需求|协议|合同|基地|平台|台账|议题|会议|回执|报名|参会|请假|问题|转人工|工单|免打扰|联络员|授权|延期|\d"
)
_HANDED_IN = r"(?:提交|上报|已经?(?:提)?交|交(?:了|错|上)|报上去|报了的?月报|月报|报表|报错了的)"
_UNFILE = re.compile(rf"{_BACK}.{{0,10}}{_HANDED_IN}|{_HANDED_IN}.{{0,12}}{_BACK}")

_MAY_CHANGE = re.compile(
    rf"(?:(?:{_HANDS_IN}|上传|发|审核|采纳)(?:上去|过去|出去|完|好|掉|之?后|以?后|了|过|的|错){{1,3}}|(?:过了?截止|截止之?后))[^,;。\d]{{0,8}}(?:还|再)?"
    r"(?:能不能|能否|可不可以|可以|能|让|准|给)(?:再|重新|改)?(?:改|修改|更正|补|重报|重填|调整|动)"
    r"|(?:月报|数据|报表|数)(?:交|报|填)[^,;。\d]{0,4}(?:怎么|咋|如何|在哪)[^,;。\d]{0,3}(?:改|修改|更正)"
)


def read_matter(words: str) -> Matter | None:
    """Which matter the words are about; None for figures, for other questions and for everything else."""
    said = trimmed(words)
    if not said or len(said) > LONGEST or "\n" in said:
        return None
    for matter, is_meant in _KINDS:
        if is_meant(said):
            return matter
    return None


def is_bare_undo(words: str) -> bool:
    """撤回 and no more: it may be said of whatever was done last."""
    return _BACK_ALONE.fullmatch(trimmed(words)) is not None


def _is_due(said: str) -> bool:
    """Nothing but the check-in and its time may be spoken of: 证书什么时候到期 is about something else."""
    if not _DUE.search(said) or _OTHER_TERMS.search(said) or _TOLD_FIGURE.search(said):
        return False
    return len(_DUE_WORDS.sub("", said)) <= 1


def _is_issue(said: str) -> bool:
    parts = (_ISSUE, _SAID, _PAST, _ENDED, _ASKED)
    return all(one.search(said) for one in parts) and not _OTHER_ISSUES.search(said)


def _is_unfile(said: str) -> bool:
    return bool(_UNFILE.search(said)) and not _OTHER_ACTS.search(said)


def _is_undo(said: str) -> bool:
    bare = _BACK_ALONE.fullmatch(said) is not None
    if bare or not _UNDO.search(said) or _OTHER_ACTS.search(said) or len(said) > 20:
        return bare
    return len(_UNDO_WORDS.sub("", said)) <= 1  # 刚才那个电工取消 is said of a post


def _is_history(said: str) -> bool:
    return bool(_HISTORY.search(said)) and not _OTHER_DATA.search(said) and not _TOLD_FIGURE.search(said)


def _is_change(said: str) -> bool:
    return (
        bool(_MAY_CHANGE.search(said))
        and bool(_ASKED.search(said) or re.search(r"能|可以|让|行", said))
        and not (_OTHER_ACTS.search(said) or _TOLD_FIGURE.search(said))
    )


def _is_figure(said: str) -> bool:
    """Which one is meant has still to be found among the unit's own figures."""
    return bool(_OUR_FIGURE.match(said)) and not any(
        one.search(said) for one in (_OTHER_DATA, _ISSUE, _COMPARES, _OTHER_TERMS)
    )


def _is_filed(said: str) -> bool:
    return bool(_FILED.fullmatch(said)) and not (
        _OTHER_DATA.search(said)
        or _ISSUE.search(said)
        or _TOLD_FIGURE.search(said)
        or re.search(r"一样|错|改|同", said)
    )


_KINDS = (
    (Matter.ISSUE, _is_issue),
    (Matter.CHANGE, _is_change),
    (Matter.DUE, _is_due),
    (Matter.UNFILE, _is_unfile),
    (Matter.PERSON, changes_person),
    (Matter.UNDO, _is_undo),
    (Matter.HISTORY, _is_history),
    (Matter.CARD, lambda said: bool(_CARD.fullmatch(said))),
    (Matter.FILED, _is_filed),
    (Matter.FIGURE, _is_figure),
    (Matter.CONTACT, asks_contact),
)
