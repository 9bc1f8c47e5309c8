"""What people want to see of meetings and of what was decided there, in free words; and nothing else."""

import re

from services.meetings.reading.wording import same_shape

LONGEST = 30
_RULES = re.compile(r"应当|应该|规定|流程|怎么(?!样)|如何|由谁|谁来|要求是|什么是|为什么|条件|标准")
_PROPOSES = re.compile(
    r"(?:放|排|定|安排|选|开)(?:在|到)?(?:哪[一几]?[天日]|几号|什么时候|啥时候)(?:开|召开|开会)?(?:比较|最)?(?:合适|好|妥当?)"
    r"|(?:哪[一几]?天|几号|什么时候)(?:开会?|召开)?(?:比较|最)?(?:合适|妥当?)"
)
_TASKS = re.compile(
    r"[^,。;]{0,14}?任务[^,。;]{0,6}?(?:亮(?:了)?[^,。;]{0,2}灯|[红黄绿蓝]灯|进度|进展|完成(?:情况|得怎么样|得如何))[^,。;]{0,8}"
)
_LIT_TASKS = re.compile(
    r"(?:现在|目前)?(?:亮)?[红黄绿蓝]灯的?(?:任务|指标)(?:有|是)?(?:哪些|哪几[个项]|几[个项]|多少[个项]?|什么)?"
)
_OWN_TASK = re.compile(r"我们|我校|本单位|填|报|第\s*\d")
_PAPERS = re.compile(
    r"(?:差|缺|欠)(?:谁|哪[些几]?[家个]?(?:单位)?)的?(?:会议|汇报)?材料|材料[^,。;]{0,4}(?:差|缺|欠)(?:谁|哪)"
    r"|(?:谁|哪[些几]?[家个]?(?:单位)?)的?(?:会议|汇报)?材料[^,。;]{0,3}(?:没|未)(?:有)?(?:交|报|到|给)"
    r"|材料(?:都)?(?:[收交报]齐|齐|全)(?:了)?(?:没有?|吗|么)"
    r"|(?:谁|哪[些几]?[家个]?(?:单位)?)(?:还|都)*(?:没|未)(?:有)?回(?:复|应)?[^,。;]{0,4}通知"
)
_SENDS = re.compile(
    r"(?:材料|汇报|PPT|ppt|发言稿)[^,。;]{0,4}(?:发|交|传|给|报)(?:给|到|在|往)?"
    r"(?:谁|哪(?!些|家)|(?:你们?|您|秘书处|邮箱|群里?)[^,。;]{0,3}(?:还是|[吗不]))"
    r"|(?:材料|汇报|PPT|ppt|发言稿)[^,。;]{0,3}(?:怎么|咋|如何)(?:发|交|传|给|报)"
)
_DECIDED = re.compile(
    r"(?:上次|上回|这次|本次)?(?:联席)?会(?:议)?(?:上)?[^,。;]{0,10}?(?:议?定(?!什么时候|几号|哪天|在|于|时间)|派|交办|布置|要求|答应)[^,。;]{0,6}?(?:事|任务|活|工作|什么)"
)
_HOW_FAR = re.compile(r"落实|办|进展|完成|做完|到期|什么|哪些|啥|时候|怎么样|期限|几项|多少")
_OVERDUE = re.compile(
    r"^(?:[我咱]们?|本?单位|公司|学校|还|现在|目前|都)*(?:有)?(?:哪|几|多少)[几些]?(?:[项条个件](?:事项?|任务|议定事项)?|(?:议定)?事项)(?:已经?|都|还|快)*(?:要)?"
    r"(?:超期|逾期|到期|过期|没(?:有)?(?:办|完成|销号|落实))(?:的|了|完|结|掉)*[?？。]?$"
    r"|^(?:现在|目前|都|看看)*(?:有没有|有|还有)?(?:人|谁|哪[家个些]?(?:单位|部门)?|单位|部门)家?(?:的|负责的|牵头的)*(?:事情?|事项|任务|活)?"
    r"(?:还|一直|都|在)*(?:(?:拖|压|搁|卡)(?:着|住|了|延)*(?:没(?:有)?|不|未)?(?:办|动|做|完成|落实|交|处理)?|(?:没(?:有)?|未)(?:办(?:完|结)?|完成|落实|销号))"
    r"(?:的|了|完)*(?:事情?|事项|任务)?(?:吗|没有?)?[?？。]?$"
)
_EXTENSION = re.compile(r"延期|延长|宽限")
_GRANTED = re.compile(r"同意|批准?|准了|通过")

_TODO_BESIDE = re.compile(
    r"^(?:早上?好?|你好|您好|请问)[,!。]?|今天|最近|现在|目前|眼下|这两天|[这本]周|[这本下]个?月|\d{1,2}月份?|[我咱]们?|公司|学校|单位|局里?"
    r"|(?:教育|工信|人社|科技|发改)局|这边|还|都|的|啊|呢|呀|到底|手头|手上"
)
_TODO = re.compile(
    r"(?:有没有|有|需要|要|该|得|欠着?)*(?:什么|啥|哪些|哪几[样件项]|几[样件项])?(?:事情?|活|东西|任务)?(?:是|等着?)*(?:要|需要|该|得)*"
    r"(?:处理|办|做|交|填|批复?|审[批核定]?|弄|报|签|回复?|答复?|确认|决定|拍板|干|没(?:交|办|做|处理|批|签|回))(?:什么|啥|哪些)?(?:事情?|东西)?(?P<asks>吗|没有?)?[?]?"
)


def wants_todo(words: str) -> bool:
    """有啥要我处理的, 有要我批的吗, 我们欠着什么没交, 12月份要交哪些东西. Of figures 还有啥没填 is another question."""
    plain = same_shape(words).strip().rstrip("。!")
    if len(plain) > LONGEST or plain.endswith("没填") or "没报" in plain:
        return False
    found = _TODO.fullmatch(_TODO_BESIDE.sub("", plain))
    if found is None or not re.search(r"有|要|该|得|欠", found[0]):
        return False
    return bool(found["asks"] or re.search(r"什么|啥|哪|几[样件项]|有没有|[?]$", found[0]))


_SENT_OR_CHANGED = re.compile(
    r"(?:联席会议?|理事会议?|会议?|开会)(?:的)?(?:通知|时间|地点|日期)?[^,。;]{0,4}?(?:发出?去?|下发|改期|改时间|改地点|改|推迟|提前|取消|变动?|定下来|定)了?(?:没有?|吗)[?？。]?"
)
_TIME_DOES_NOT_SUIT = re.compile(
    r"(?:时间|日子|日期|地点|地方|那天)[^,。;]{0,4}(?:不合适|不行|不方便|不好|冲突|换|改)|往[后前](?:推|挪|移)|推迟|提前|换个?(?:时间|日子|地方)"
)
_LOOKS_GOOD = re.compile(
    r"(?:[这那]个?|会议?|联席会议?|安排|时间|地点|通知|方案|我|看(?:过|着)?了?|觉得|就|都|也|[,，、!！。\s])*"
    r"(?:行|可以|好|同意|没(?:有)?(?:意见|问题)|ok|OK|没毛病)(?:了|的|吧)?[,，、!！。\s]*(?:你们?|就|这么|可以|都)*"
    r"(?:发(?:出去?|下去)?|下发|印发|通知大家|办)?(?:吧|了)?[。!！]?"
)


def asks_how_it_stands(words: str) -> bool:
    """会议通知发出去没有, 会议改期了没: the card tells."""
    return len(words) <= LONGEST and _SENT_OR_CHANGED.fullmatch(same_shape(words).strip()) is not None


def dislikes_the_plan(words: str) -> bool:
    """时间不合适，能不能往后推一周: from the convener, about a plan that waits."""
    return len(words) <= LONGEST * 2 and _TIME_DOES_NOT_SUIT.search(same_shape(words)) is not None


def likes_the_plan(words: str) -> bool:
    """这个会我看行，发吧: from the convener, about a plan that waits; what is approved is read on its card first."""
    plain = same_shape(words).strip()
    if len(plain) > LONGEST:
        return False
    return _LOOKS_GOOD.fullmatch(plain) is not None and re.search(r"会|发|通知|安排|时间", plain) is not None


def wants_dates(words: str) -> bool:
    """明年一季度联席会放哪天合适."""
    return len(words) <= LONGEST and _PROPOSES.search(same_shape(words)) is not None


def wants_tasks(words: str) -> bool:
    """哪些任务亮红灯了, 任务进度看一下; of one's own tasks is another matter."""
    plain = same_shape(words).strip(" ?。!")
    return (
        len(plain) <= LONGEST
        and not _OWN_TASK.search(plain)
        and (_TASKS.fullmatch(plain) or _LIT_TASKS.fullmatch(plain)) is not None
    )


def wants_papers(words: str) -> bool:
    """会前还差谁的材料, 哪些单位还没回我们的通知."""
    return len(words) <= LONGEST and _PAPERS.search(same_shape(words)) is not None


def wants_items(words: str) -> bool:
    """上次会议定的事落实得怎么样了, 会上给我们派了什么活, 哪几项超期了."""
    plain = same_shape(words).strip()
    if len(plain) > LONGEST or _RULES.search(plain):
        return False
    found = _DECIDED.search(plain)
    return bool(found and _HOW_FAR.search(plain, found.start())) or _OVERDUE.match(plain) is not None


def grants_without_number(words: str) -> bool:
    """技师学院申请延期那个，同意了: which one is to be pressed in the list."""
    plain = same_shape(words).strip()
    return len(plain) <= LONGEST and bool(_EXTENSION.search(plain) and _GRANTED.search(plain)) and "第" not in plain


def sends_papers(words: str) -> bool:
    """会议材料发你还是发邮箱, 材料交给谁, 材料怎么给你们: how one's own are handed in."""
    return len(words) <= LONGEST and _SENDS.search(same_shape(words)) is not None
