"""What may stand beside a figure that answers the question just asked: 好的2, 财务说是4.5, 机电系80."""

import re

_ROW = r"(?:上|前)一?[个项条]"
_WHO_TELLS = r"[一-龥]{1,3}[处科部室院系](?=[给说报的发统])"
_INSTEAD_OF = r"(?:不是|从|由|把)\d[\d.,]*(?:万|人次|人天|[人家份个项])?"
_COURTESY = r"好的?|行|可以|[嗯恩哦噢喔哎诶唉]|收到|谢谢|多谢|辛苦|[您你]好|老师|知道|明白"
_ASSENT = r"ok|没错|不错|对|是|确[实认]|准确"
_LINK = r"那|就|才|只|不过|但|因为|所以"
_EXTENT = r"一?共|总|合计|小计|大概|大约|约|差不多|估计|可能|应该?"
_STATING = r"为|有|报|填|写|记|算|按|改(?!了)[成为到]?|更正"
_OURS = r"我们?|咱们?|俺们?|我?校|本?[校院厂]|公司|单位|学[校院]"
_TIME = r"本月|当月|这个?月|[本这]期|\d{1,2}月份?|月底|期末|现在?|目前|实际|最[终后新]"
_CHECKED = r"核[实对]|查|问|了|过|一下|的"
_FIGURE = r"数[字据目]?|人数|金额|结果"
_SOURCE = r"财务|人事|教务|学工|后勤|科研|[一-龥][处科部室]|系统|台账|表[里上]|后台|统计|汇总|他们|这边|那边"
_GIVEN = r"显示|出来|下来|发来|给[我的]?|说|到|不|而|没"
_ABOUT = r"上面|里面?|里头|上|左右|上下|出头|多|样子|[吧呢啊呀哈嘛啦咯喽哇]"
_MEASURE = r"人次?|[个名位家份项件条次场天]|万?元"
_DEED = r"新增?|增加?|招|聘|录|来|进|派|送|签|投|捐|提出?|办结?|解决|到账|培训|实践|走访|授课"
_PEOPLE = r"学生|同学|人员|员工|职工|教师|企业|毕业生"
_THIS_ROW = r"这一?[个项栏条]"
_AGAIN = r"暂时?|暂且|请|麻烦|帮|把|再|又|先|都|全|也|还|从|由|原来?|之前|刚才|漏|错|误|少|重新|手[误滑]"
_SIGN = r"[-=:\"'“”‘’\[\]]|\s"
# The first kind that fits takes its words, so longer ones stand before what they begin with.
_KINDS = (
    *(_ROW, _WHO_TELLS, _INSTEAD_OF, _COURTESY, _ASSENT, _LINK, _EXTENT, _STATING, _OURS, _TIME, _CHECKED, _FIGURE),
    *(_SOURCE, _GIVEN, _ABOUT, _MEASURE, _DEED, _PEOPLE, _THIS_ROW, _AGAIN, _SIGN),
)
_ANSWERS = re.compile(rf"(?>(?:{'|'.join(_KINDS)})*)")
_NAMED_PART = re.compile(
    r"(?:[一-龥]{1,8}(?:系|学?院|[部处科]|老师|师傅|公司|厂|集团|班|校区|专业|车间|中心|学校|组)|[上下前后]半个?月|[上中下]旬"
    r"|(?:第|另)?[一二两三四五六\d]{1,2}[批期次场周笔轮]|[首头后][一]?[批期])(?:共|有|是|:)?"
)
_PIECE = re.compile(
    r"[,;。!?\n()、]|(?<=\d)[和及与+]|(?<=[\d人次天份家个万元])[和及与+](?=\d)"
    r"|(?<=[\d人次天份家个万元])(?: (?=[一-龥])|(?=[上下前后]半个?月|[上中下]旬|第[一二三四五六\d]))"
)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a figure has nothing beside it but what goes with an answer: 好的2, 财务说是4.5, 机电系80.

    材料交了3份, 找3个系核过了, 3号交的 speak of something else that is counted or dated.
    """
    before = max((one.end() for one in _PIECE.finditer(text, 0, start)), default=0)
    led = text[before:start].strip()
    named = _NAMED_PART.search(led)
    led = led[: named.start()] if named and named.end() == len(led) else led
    return bool(_ANSWERS.fullmatch(led)) and ends_plainly(text, end)


def ends_plainly(text: str, end: int) -> bool:
    """Whether nothing but such words follows a figure in its clause: 90人次左右, and not 三个校区."""
    after = next((one.start() for one in _PIECE.finditer(text, end)), len(text))
    return bool(_ANSWERS.fullmatch(text[end:after].strip()))
