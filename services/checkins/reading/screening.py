"""What in a message is not data: questions, forwarded notices, replies to invitations, plans, free texts."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from services.checkins.form import Form, alias_regex
from services.checkins.reading.free_texts import cut_free_texts
from services.checkins.reading.phrases import OURS
from services.checkins.reading.vocabulary import vocabulary
from services.speech import stated

_FORWARDED = re.compile(
    r"^[^\S\n]*(?:转发|转[::]|fwd?[::]|forwarded|【(?:[^】]{0,12})?(?:通知|公告|转发|会议)[^】]{0,8}】"
    r"|\[(?:转发|聊天记录)|-{3,}\s*转发|以下(?:是)?(?:转发|通知))",
    re.M,
)
_NOTICE = re.compile(
    r"(?:定于|兹定于|请(?:各单位|大家|各位)|各(?:成员)?单位[::,]|特此通知|[号日]截止|没报的|欢迎(?:报名|参加)|现将|原文如下)"
)
_HANDS_OUT = re.compile(r"(?:模板|表格|链接)[^,;。\d]{0,4}(?:发|给|传)|(?:发|给|传)[^,;。\d]{0,6}(?:模板|表格)")
_ASKS_ALL = re.compile(
    r"请问|想问|问一?下|咨询一?下|请教|是算|还是(?:算|按|要)|[报填写算用按取交](?:哪(?!怕)|谁)|口径|要填|怎么填|怎么算|截止|什么时候|几号"
)
_INVITATION = re.compile(
    r"(?:[局处科院校会部]长|主任|经理|书记|主席|老总)[^,;。\d]{0,4}(?:参加|出席|去(?!年)|到会)|参会|出席|请假|替会|的会(?=[^,;。]{0,8}(?:参加|去|来))|开会|与会|到会|列席|参加(?:联席会|会议|理事会|座谈会|调度会)|会议室"
    r"|(?:理事会|联席会|座谈会|调度会|例会|对接会|会议|[这那]个?会)[^;。]{0,12}(?:去|来|派|安排|出)[^,;。\d]{0,4}(?:\d|[一二两三四五])[个名位人]"
    r"|联席会(?:议)?(?:几|在|什么|材料|通知|议题)|报个?议题"
    r"|[点日号早晚][^,;。]{0,4}例会|例会(?=[^,;。]{0,6}(?:改|定|推迟|提前|取消|在|时间))|地点(?:不变|在|改|:)"
)
_ATTENDED = re.compile(
    r"(?:参会|出席|到会|与会)(?:的)?(?:人数|人员|人次)?(?:共|约|有|达|近|差不多|大概|大约|一共)*(?=\d+多?人次)"
)
"""参会95人次: attendance is counted in person-times, an answer to an invitation is not."""
_DELAY = re.compile(
    r"(?:缓|延|宽限|推迟|晚)(?:个)?(?:一|两|二|三|几|\d)?(?:天|日)|延期|晚点(?:再)?(?:报|交|发|填)"
    r"|(?:周|星期)[一二三四五六日天]前?(?:再)?(?:报|交|发|填)|明天(?:再)?(?:报|交|发|填)"
    r"|(?:点|天|日|号|周[一二三四五六日])(?:钟|半)?(?:之?前|以后|之后)?(?:再)?(?:给|发|报|交|补)(?:您|你|过来|上)?(?=$|[,。!])"
    r"|稍后(?:再)?(?:报|交|发|填)|别老?@|催(?![化熟眠])"
)
_POST = re.compile(
    r"(?:缺|招聘?|急招|急需|需要?|要)[^;。\n]{0,12}(?:\d|[一二两三四五六七八九十])[^;。\n]*"
    r"(?:(?:中专|大专|高中|初中|本科|学历|技校|中职|高职)(?:及|或)?以上|包吃|包住|食宿|薪|待遇"
    r"|工资|五险|到岗|有意(?:者|联系|向))"
)
_TROUBLE = re.compile(r"打不开|登(?:录|陆)?不(?:上|了|进)|报错(?:误)?[::]?\d|闪退|加载不出|点不(?:开|动)|验证码")
_THANKS = re.compile(
    r"^(?>(?:[^\w\s]|\s|好的?|收到|谢谢|多谢|感谢|辛苦了?|知道了?|明白了?|okay|ok|嗯|行|可以|没问题"
    r"|了解|1|👌|🙏|您|你|们|啊|哈|呀|啦|咯|嘞|哦|噢|了|大家|秘书处|老师)*)$",
    re.I,
)
_FUTURE = re.compile(
    r"(?:元旦|春节|过完?年|节|假期?|开春|开学|下周|月底|年底|过[几两]天)(?:之|以)?后(?:还|再|要|会|将)|在谈|洽谈|接洽|下个?月|下一?步|明年(?!\d{1,2}月|[一二三四五六七八九十]{1,2}月)|来年|下(?:半年|学期|季度)|(?:(?<![按原])计划|打算|(?<![虚模])拟|准备|争取|目标|力争)(?!完成率)|预计(?=[^,;。]{0,12}(?:参加|参会|到会|出席))"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:还要|还将|还会|将|要|拟)(?!求)|(?:今年|年底|全年)[^,;。\d]{0,6}(?:能|可|预计|估计)"
)
_RIGHT = re.compile(
    r"(?:^|(?<=[,;。!\n ]))(?P<what>[^,;。!?\n\d ]{2,14}?)(?:[的]?数据?|人数)?(?:就是|是|都|也)?"
    r"(?:没有?(?:错|问题|毛病)|无误|对的|准确)(?:的|了|哈|啊|呀)?(?=$|[,;。!\n ])",
    re.M,
)
_NORM = re.compile(
    r"(?:规划|文件|方案|政策|办法|通知|上级|考核|标准|省|市|部|厅|国家)[里上中的]{0,2}(?:要求|规定|明确|提出|说|写|定)(?:的|了|是)?[^,;。]{0,24}\d"
    r"|(?:要求|规定|标准|指标)(?:是|要|得|不能)?[^,;。\d]{0,10}(?:达到|不低于|不少于|不得少于|至少|超过)[^,;。\d]{0,4}\d"
)
"""文件里说培训不低于200人次: what is asked of people is not what they did."""
_AS_ASKED = re.compile(r"[按照据依]照?[^,;。\d]{0,10}(?:要求|规定|标准|通知|口径)")
_OTHERS = re.compile(
    r"^ *(?:听说)?(?:隔壁|别的?|其他|其它|人家|兄弟|对面|外省|外地|邻市|有的)(?:的)?"
    r"(?:学校|院校|高职|企业|单位|公司|厂|家)(?:的|他们)?(?!\d)"
)
"""隔壁学校在校生300人: another's figure."""
_TOPIC = re.compile(r"(?:^|(?<=[,;。\n]))(?P<what>[^,;。!?\n\d]{1,10})的话(?=[,: ])")
_SUPPOSED = re.compile(r"如果|要是|假如|万一|(?<!社)会|[有没不能可要得]|完了?$|了$")
_GREETING = re.compile(
    r"^(?:[一-龥]{0,3}(?:老师|领导|主任|秘书处|小秘))?(?:们)?[您你]?们?好(?![的几多])|^[一-龥]?老师(?=[,!~ ]+\D)"
)
"""老师好 35, 老师，这项是35: nobody is counted."""
_HEARD = re.compile(r"^(?:收到|好的?|嗯+|行|可以)[,。!~ ]+")
_PAPERS = re.compile(
    r"(?:上传|附上?|打印|复印|扫描|补交)了?[^,;。\d]{0,4}(?:\d+|[一二两三四五六七八九十])[个份张页](?:文件|材料|附件|图|照片|[一-龥]{0,3}件|表)"
    r"|(?:差|缺|等|要|少)[^,;。\d]{0,3}(?:\d+|[一二两三四五六七八九十])[个位份][^,;。\d]{0,6}(?:签[字名批]?|盖章|审[核批]|确认|没[交回报批]|公?章|印)(?:[了吧呢]|$|(?=[,;。]))"
)
"""上传了2个文件, 还差3个领导签字: papers and who has to sign them are no figures."""
_HOLDS_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千万]{2}|[一二两三四五六七八九十](?:人次|人天|[人家份项件条场天])"
)
_LATER = re.compile(r"^[^,;。\d]{0,4}(?:下个?月|下一?步|明年|来年|后年|下(?:半年|学期|季度))")
_THIS_MONTHS = re.compile(
    rf" *(?:但|而)?(?:{OURS}(?:本月|当月|这个?月|现在|目前|已经?)?|本月|当月|这个?月|现在|目前)(?:实际)?"
    r"(?:是|为|有|做了?|完成了?|达到)? ?(?:约|大概)?\d"
)
_NOW = re.compile(r"本月|当月|这个?月|目前|现有|已")
_IS_SO = re.compile(
    r"(?<!还)有(?!望|可能|意)|现|目前|已|本月|当月|这个?月|在岗|在校|在读|还?[差缺]|[一-龥](?:了|过|完)(?![解])"
)
_COUNTS = re.compile(
    r"\d|[一二两三四五六七八九十百千万]{2}|[:]$|任务$|目标|计划|打算|准备|拟|争取|力争|预计|[要将][一-龥]"
)
_CLAUSE_END = re.compile(
    r"([,()~]|(?<=[一-龥\d%])(?<!计划)(?<!打算)(?<!准备)(?<!争取)(?<!目标)(?<!力争)(?<!预计)(?<!年)(?<!月)(?<![拟要将再])"
    r" +(?=[一-龥]))"
)
"""Voice input has a space where people pause; after 下月计划 nothing has ended."""
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|^\s*>.*$", re.M)
_SENTENCE = re.compile(r"[^。!;\n??]*[。!;\n??]?")


@dataclass(frozen=True)
class Screened:
    """The message with everything that is not data blanked out in place, so that offsets stay true.

    ``affirmed`` holds the keys that were said to be right as they stand.
    """

    text: str
    texts: dict[str, str] = field(default_factory=dict)
    aside: str = ""
    affirmed: tuple[str, ...] = ()


def screen(text: str, original: str, form: Form, *, asked: bool = False) -> Screened:
    """Blank out questions, plans, quotes and free texts; ``aside`` says what a message without data is.

    While a figure is ``asked`` for, 1 is one and no 收到.
    """
    forwarded = _FORWARDED.search(text)
    if forwarded:
        text = text[: forwarded.start()]
    if _THANKS.match(text) and not (asked and "1" in text):
        return Screened("", aside="forwarded" if forwarded else "courtesy")
    text = _GREETING.sub(_blank, _QUOTED.sub(_blank, text))
    text = _HEARD.sub(_blank, text) if asked else text
    text = _TOPIC.sub(lambda found: _as_topic(found, form), text)
    text, texts = cut_free_texts(text, original, form)
    text, affirmed = _cut_affirmed(text, form)
    aside = "affirmed" if affirmed else ""
    for found in _SENTENCE.finditer(text):
        kind, blanked = _screen_sentence(found.group(), text, form)
        if kind:
            aside = aside or kind
            text = text[: found.start()] + blanked + text[found.end() :]
    return Screened(text, texts, aside, affirmed)


def _as_topic(found: re.Match[str], form: Form) -> str:
    """老师下企业的话，3个人: what is spoken of, and nothing supposed."""
    named = any(one.role == "strong" for one in vocabulary(form).mentions(found["what"]).values())
    return found["what"] + "  " if named and not _SUPPOSED.search(found["what"]) else found[0]


def _cut_affirmed(text: str, form: Form) -> tuple[str, tuple[str, ...]]:
    """岗位缺口没错: the figure stands; 没 denies the error, not the figure."""
    keys: list[str] = []

    def cut(found: re.Match[str]) -> str:
        named = [one.keys[0] for one in vocabulary(form).mentions(found["what"]).values() if one.role != "derived"]
        keys.extend(named)
        return " " * len(found[0]) if named else found[0]

    return _RIGHT.sub(cut, text), tuple(dict.fromkeys(keys))


def _screen_sentence(sentence: str, whole: str, form: Form) -> tuple[str, str]:
    empty = " " * len(sentence.rstrip("\n")) + "\n" * (len(sentence) - len(sentence.rstrip("\n")))
    if _POST.search(sentence):
        return "need_post", empty
    if _INVITATION.search(_ATTENDED.sub("", sentence)):
        counts = _counts_beside(whole, form)
        return "invitation", _blank_clauses(sentence, _INVITATION) if counts == 1 else sentence if counts else empty
    if _NOTICE.search(sentence):
        return "notice", empty
    told = _blank_clauses(stated(sentence), _HANDS_OUT)
    if told != sentence:
        if _ASKS_ALL.search(sentence) or not _HOLDS_FIGURE.search(sentence):
            return "question", empty
        return "question", told
    if _PAPERS.search(sentence):
        return "papers", _blank_clauses(sentence, _PAPERS)
    if _TROUBLE.search(sentence):
        return "trouble", _blank_clauses(sentence, _TROUBLE)
    if _NORM.search(sentence) and not _AS_ASKED.search(sentence):
        return "norm", _blank_clauses(_keep_key(sentence, _NORM), _NORM)
    if any(_OTHERS.search(clause) for clause in re.split(r"[,()]", sentence)):
        return "others", _blank_clauses(sentence, _OTHERS)
    if _LATER.search(sentence) and not _NOW.search(sentence):
        return "plan", _blank_until_now(sentence)
    if _FUTURE.search(sentence) and "实际" not in sentence:
        return "plan", _blank_clauses(_keep_key(sentence, _FUTURE), _FUTURE)
    if _DELAY.search(sentence):
        return "delay", _blank_clauses(sentence, _DELAY)
    return "", sentence


def _counts_beside(text: str, form: Form) -> int:
    """0: only an invitation's reply; 1: figures of the form beside it; 2: the word itself is one of the form's keys."""
    clauses = [part for clause in re.split(r"[;。\n]", text) for part in _CLAUSE_END.split(clause)]
    strong = [
        re.compile(alias_regex(alias) + r"[^,]{0,4}[\d一二三四五六七八九十]")
        for one in form.indicators
        for alias in one.aliases
    ]
    data = [clause for clause in clauses if any(pattern.search(clause) for pattern in strong)]
    if not any(not _INVITATION.search(clause) for clause in data):
        return 0
    return 2 if any(_INVITATION.search(clause) for clause in data) else 1


def _keep_key(sentence: str, pattern: re.Pattern[str]) -> str:
    """下月预计培训1500人次，本月1025: the plan names the key of this month's figure, which names none itself."""
    parts = sentence.split(",")
    for at, (part, following) in enumerate(pairwise(parts)):
        if pattern.search(part) and _THIS_MONTHS.match(following):
            parts[at] = "".join(" " if one.isdigit() else one for one in _FUTURE.sub(_blank, part))
    return ",".join(parts)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blank_clauses(sentence: str, pattern: re.Pattern[str]) -> str:
    parts = _CLAUSE_END.split(sentence)
    return "".join(" " * len(part) if pattern.search(part + ",") and part not in ",()~" else part for part in parts)


def _blank_until_now(sentence: str) -> str:
    """明年打算再招50人，厂里实习的有63个: a plan goes on until something is said to be so."""
    parts = _CLAUSE_END.split(sentence)
    ends_at_once = not _COUNTS.search(parts[0])  # 下个月会好一点
    begun = next((at for at, part in enumerate(parts) if at and (ends_at_once or _IS_SO.search(part))), len(parts))
    return "".join(" " * len(part) for part in parts[:begun]) + "".join(parts[begun:])
