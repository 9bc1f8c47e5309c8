"""What is said without naming a key, 没有 or 同上月 or a number, while one key is being asked: that key is meant."""

import re

from services.checkins.form import Form, Kind
from services.checkins.lexicon import WIDE, Mark
from services.checkins.tokens import Figure, Filler, Mention, Sign, Token

STATES = {Mark.NONE, Mark.SAME, Mark.NOT_APPLICABLE, Mark.NOT_COLLECTED}
EVERY = re.compile(r"[都全均]|其[他它余]|各项")
ADDED = re.compile(r"[新增加减]|变[化动]")
_OF_PEOPLE = re.compile(
    r"去(?!年|掉|除|向|重)|来(?!自|源|的)|到[场会]|参[加会]|开会|出席|带[着上]?|派|叫|陪|[和跟同与]我|我[和跟同与]|[一-龥][院校局处科部]长|出差|碰头"
    r"|[点钟分]钟?(?:前|后|到|给|再|见|钟)|小时|天(?:前|后|内|之)|[周星]期?[一二三四五六日天]|[号日](?:前|后|再|给|下午|上午|晚)|[号]?楼|[页层台]"
    r"|附件|材料|电话|打[给个]|排队|等(?:我|我们|一?下|\d)"
)
"""去两个人，我和王院长: a number in talk about people, hours and papers answers no question for a figure."""
NOTHING_NAMED = re.compile(r"(?:什么|数据|东西|情况|变化|[啥数可好要报填有这那项个些了的呢啊吧呀哈哦啦嘛么 ])*")
"""What may stand behind 没有 that is said of the form: 放假呢没啥数; 没收到表 denies something else."""
LONGEST_FILLER = 4  # 没有的; in 没有领导签字，先放着 something else is missing


_SAID_BESIDE = (
    r"(?:上|前)一?[个项条]|[一-龥]{1,3}[处科部室院系](?=[给说报的发统])|(?:不是|从|由|把)\d[\d.,]*(?:万|人次|人天|[人家份个项])?|好的?|行|可以|[嗯恩哦噢喔哎诶唉]|收到|谢谢|多谢|辛苦|[您你]好|老师|知道|明白|ok|没错|不错|对|是|确[实认]|准确|那|就|才|只|不过|但|因为|所以|一?共|总|合计|小计|大概|大约|约|差不多|估计|可能"
    r"|应该?|为|有|报|填|写|记|算|按|改(?!了)[成为到]?|更正|我们?|咱们?|俺们?|我?校|本?[校院厂]|公司|单位|学[校院]|本月|当月|这个?月|[本这]期|\d{1,2}月份?|月底|期末|现在?|目前|实际|最[终后新]|核[实对]|查|问|了|过|一下|的|数[字据目]?|人数|金额|结果"
    r"|财务|人事|教务|学工|后勤|科研|[一-龥][处科部室]|系统|台账|表[里上]|后台|统计|汇总|他们|这边|那边|显示|出来|下来|发来|给[我的]?|说|到|不|而|没|上面|里面?|里头|上|左右|上下|出头|多|样子|[吧呢啊呀哈嘛啦咯喽哇]"
    r"|人次?|[个名位家份项件条次场天]|万?元|新增?|增加?|招|聘|录|来|进|派|送|签|投|捐|提出?|办结?|解决|到账|培训|实践|走访|授课|学生|同学|人员|员工|职工|教师|企业|毕业生|这一?[个项栏条]|暂时?|暂且|请|麻烦|帮|把|再|又|先|都|全|也|还|从|由|原来?|之前|刚才|漏|错|误|少|重新|手[误滑]|[-=:\"'“”‘’\[\]]|\s"
)
_ANSWERS = re.compile(rf"(?:{_SAID_BESIDE})*+")
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


def may_answer(text: str) -> bool:
    """Whether a figure without a key, in these words, may be the one just asked about."""
    return not _OF_PEOPLE.search(text)


def denies_nothing_named(text: str, tokens: list[Token]) -> bool | None:
    """Whether 没有 denies nothing but the figures; None where nothing is denied."""
    denied = next((one for one in tokens if isinstance(one, Sign) and one.mark is Mark.NONE), None)
    if denied is None:
        return None
    behind = (text[one.start : one.end] for one in tokens if isinstance(one, Filler) and one.start >= denied.end)
    return NOTHING_NAMED.fullmatch("".join(behind)) is not None


def put_focus(text: str, tokens: list[Token], form: Form, focus: str | None) -> list[Token]:
    """The tokens with the key just asked about in front, where they state something and name no key and no figure.

    没有新增 of a stock figure says that it is what it was.
    """
    if focus is None or any(isinstance(one, Mention | Figure) for one in tokens):
        return tokens
    marks = {one.mark for one in tokens if isinstance(one, Sign)}
    filler = sum(one.end - one.start for one in tokens if isinstance(one, Filler))
    if not marks & STATES or marks & WIDE or EVERY.search(text) or filler > LONGEST_FILLER:
        return tokens
    if denies_nothing_named(text, tokens) is False and not ADDED.search(text):
        return tokens
    if Mark.NONE in marks and ADDED.search(text) and form.indicator(focus).kind is Kind.STOCK:
        said = next(one for one in tokens if isinstance(one, Sign))
        tokens = [Sign(said.start, said.end, Mark.SAME)]
    return [Mention(0, 0, (focus,), "strong"), *tokens]
