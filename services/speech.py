"""What a clause does: it asks, it asks for something to be done, it supposes, or it states. The one place that says so.

Words become data, a decision or an answer only where they state. Chinese asks in many ways: 几点, 报了没, 含不含,
要写说明不, 写0还是空着; and much that looks so does not: 没怎么变, 多少有点, 没什么, 还没统计出来呢.
"""

import re
from enum import Enum, auto

from knowledge.language.folding import fold


class Mood(Enum):
    """What a clause does."""

    QUESTION = auto()
    """Somebody wants to know: 几点开会来着, 没有的写0吗."""
    REQUEST = auto()
    """Something is to be noted or sent out, asked politely: 能不能把培训改成900, 帮忙发一下."""
    SUPPOSITION = auto()
    """What holds only if something else does: 要是填错了, 没找到就转秘书处吧."""
    STATEMENT = auto()


_END = r"(?=[啊呀呢哈哦的]{0,2}(?:$|[,;。!~]))"
_NOT_AT_ALL = r"(?<![没无不])(?<!没有)(?<!没得)(?<!没说)(?<!任何)(?<!不管)(?<!不论)(?<!无论)(?<!管他)"
"""没什么, 没有什么, 不怎么: nothing is asked."""
_EITHER = r"(?![^,;。]{0,4}[都也])"
"""什么都没有, 谁也没来: said of everything."""

_INTERROGATIVES = (
    r"[?]|请问|想问|问一?下|(?<!技术)咨询(?!服务|合同|项目|费)|请教|想知道|(?<!不用说)来着"
    rf"|{_NOT_AT_ALL}(?:什么(?!的)|啥){_EITHER}|为何|何时"
    rf"|{_NOT_AT_ALL}怎么(?!没|说呢|说吧|着){_EITHER}|{_NOT_AT_ALL}怎样{_EITHER}|{_NOT_AT_ALL}咋(?!说){_EITHER}|(?<!无论)如何"
    r"|(?<!没)(?<!没有)(?<!不管)(?<!不论)(?<!无论)(?<!不知)多少(?!有[点些]|会有|也|都|还是|带[点些])|多久|多长时间"
    r"|(?<![十百千万好近这上那后])(?<![^提]前)几(?:点(?!建议|意见|要求)|号(?!线|楼)|天|时|次|期|年|种|条|周|月)(?!前|后|来|以来)"
    r"|(?:还?有|还?差|要|去|来|报|填|发)几[个人位家项份]|[在去]几[楼层]"
    rf"|(?<!某)(?:哪[个些里儿天项家位一几条边种年月所]|[在去到向从给]哪|哪(?=$|[,。?])){_EITHER}|(?<!无论)(?<!不管)谁{_EITHER}"
)
_ALTERNATIVES = (
    r"是否|能否|可否|(?<!不)(?P<verb>(?![动时三])[一-龥])[不没](?P=verb)(?![一-龥]{0,4}都)"
    r"|(?:是|写|填|报|算|按|在|用|要)(?![错了])[^,;。了错]{1,12}还是(?:按|要|算|写|填|报|在|空|用|去|不|没|全|只|累)|是算"
    rf"|(?<![报填写用按])的还是(?!上)[^,;。]{{1,8}}的{_END}|还要[^,;。\d]{{1,8}}[啊呀](?:$|[,;。!])"
    r"|(?:写|填|报)(?:无|没有?|零|空|\d+)[着的]?还是"
)
"""含不含, 交没交, 写0还是空着; 缺口还是64 says that it stays."""
_PARTICLES = (
    r"吗(?!啡)|"
    rf"(?<![什那这怎多要])么{_END}|(?:可以|能|行|要|会|是不|用|算)[^,;。\d]{{0,8}}嘛{_END}"
    rf"|(?:[到了过完好上成齐]没有?|(?:交|报|填|发|签|定|出|审|批|来|收|通知|催)没){_END}"
    rf"|(?<=[一-龥]{{2}})(?<![要可并啊哦噢呃唉哎])不{_END}"
    rf"|(?:对|是|没错|行|可以)吧{_END}"
    rf"|^(?!.*(?:应该|大概|估计|可能|好像|大约))[^,;。]*?(?:没有?|尚未|还未|未)(?!错|问题|变|别的)(?:(?![就先])[一-龥]){{1,10}}吧{_END}"
)
_WONDERS = re.compile(r"呢(?=$|[,;。!~])")
_GOES_ON = re.compile(
    r"没|未|正|还在|才|着呢|怎么说|忙|[放休]|停[产工课电业]|检修|盘点|年检|整[顿改]|搬[迁家]|军训|[考实]试|期[中末]|过[年节]|春节|假期|出差|疫情|淡季|转产|试产"
)
"""还没统计出来呢, 正在对账呢: how things stand."""
_ASKS = re.compile(f"{_INTERROGATIVES}|{_ALTERNATIVES}|{_PARTICLES}")
MAY = r"(?:能不能|能否|可不可以|可否|可以|能)"
_ASKS_FOR = rf"(?:{MAY}|麻烦|请|帮|求)"
_NOTED = r"(?:改[成为到]?|填[成上为]?|登记|记[下上录]?|录[入上]|更新|补[上充]|调[成整]|换成|发布?|挂[上出]?|公布|上架)"
_REQUEST = re.compile(
    rf"{_ASKS_FOR}[^,;。\d]{{0,6}}(?:把|将|帮|替|给)[^,;。]{{0,16}}?{_NOTED}|{_ASKS_FOR}[^,;。\d]{{0,4}}{_NOTED}(?:一下|出去|上去|一个|上)"
    rf"|^(?:帮忙|帮我们?|麻烦|请)?{_NOTED}(?:一下|出去|上去)(?:行|可以|好|成)?[吗不么]?$"
)
_ASKS_STILL = re.compile(f"{_INTERROGATIVES}|还是(?:按|要|算|写|填|报)")
_SUPPOSES = re.compile(
    r"如果|要是|假如|假设|(?<!\d)万一(?![共起])|倘若|的话(?=$|[,;。!要得是需会能可怎就])|(?<![一-龥])若(?!干)"
    r"|没(?!别的)[^,;。\d]{0,6}就(?!是|业|读|近|餐|这|只|剩|算了)(?=[^,;。]{1,12})"
)
_UNKNOWN = re.compile(
    r"(?<=[一-龥])(?<!^我)(?<!^我们)(?<!^还)(?<!^也)(?:不知道?|不清楚|不确定|不晓得|说不准|说不好|没定|未定)"
)
"""设备不知道什么时候到 tells; 不知道我们交没交 asks."""
_CLAUSE = re.compile(r"(?:[^,;。!~\n() ]|(?<!\d[人家份项个条名次元天万]) ++(?![一-龥]|\d{1,2}[月号日]))+")
"""Voice input has a space where people pause: 多少有点变化 在校生12900.

No possessive group: before Python 3.11.5 one whose body backtracks finds matches for ever (python/cpython#106052).
"""


def asks(words: str) -> bool:
    """Whether any clause of the words wants to know something."""
    return any(_mood(one[0]) is Mood.QUESTION for one in _CLAUSE.finditer(fold(words)))


def ends_asking(words: str) -> bool:
    """Whether what was said last asks, or a question mark stands anywhere: such words answer nothing."""
    clauses = [one[0] for one in _CLAUSE.finditer(fold(words))]
    return bool(clauses) and ("?" in "".join(clauses) or _mood(clauses[-1]) is Mood.QUESTION)


_TELLS = re.compile(
    r"我们?|咱|他们|[了过]|已经?|还[没在要是有]|没|先|再|吧|就是|不[是用要对行好]|刚|现在|今天|昨天|上次|上个?月|下个?月|本月|这个?月|那个|这个|正在|打算|准备"
)


def is_statement(words: str) -> bool:
    """Whether the words tell something: they ask nothing, suppose nothing, and are more than the name of a subject."""
    said = fold(words)
    moods = [_mood(one[0]) for one in _CLAUSE.finditer(said)]
    return bool(moods) and all(one is Mood.STATEMENT for one in moods) and bool(_TELLS.search(said))


def stated(words: str) -> str:
    """The words with what asks or supposes blanked out in place, so that offsets stay true."""
    for clause in _CLAUSE.finditer(fold(words)):
        if _mood(clause[0]) not in (Mood.STATEMENT, Mood.REQUEST):
            words = words[: clause.start()] + " " * len(clause[0]) + words[clause.end() :]
    return words


def _mood(clause: str) -> Mood:
    said = clause.strip()
    if _REQUEST.search(said) and not _ASKS_STILL.search(said.replace("?", "")):
        return Mood.REQUEST
    if _ASKS.search(said) or (_WONDERS.search(said) and not _GOES_ON.search(said)):
        return Mood.STATEMENT if _UNKNOWN.search(said) else Mood.QUESTION
    return Mood.SUPPOSITION if _SUPPOSES.search(said) else Mood.STATEMENT
