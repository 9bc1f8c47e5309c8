"""Words that want to read a clause in full, or a document: 看原文, 第二条依据的原文, 把章程发我, 方案全文.

Read by kinds of words: what is wanted, of what, words that only fill; where anything else stands, nothing is wished.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 60
_DIGITS = "〇一二三四五六七八九"
_N = r"[\d一二三四五六七八九十百两]{1,5}"
_ARTICLE = re.compile(rf"第{_N}[章节条款项]")
_NTH = re.compile(
    r"第?\s*(?P<number>\d|[一二三四五六七八九])\s*(?:[个条处项段号份]|个?地方)?(?=\s*的?(?:依据|出处|来源|引文|引用))"
    r"|(?:依据|出处|来源|引文|引用|原文)\s*(?:第\s*)?(?P<behind>\d|[一二三四五六七八九])\s*[个条处项段号]?(?![\d年月])"
)
_CLAUSE = r"(?:原(?:来的?)?条[文款]|原文(?!件)|原话|上下文|前后文)"
_WHOLE = r"(?:全文|全部内容|完整(?:的)?(?:内容|原文|条文|段落)?|整个内容)"
_THIS_CLAUSE = rf"(?:[这那该本]一?|整(?:个)?|上面[这那]?一?|第{_N})(?:[条款]|段(?:话|文字)?|句话?)"
_PASSAGE = re.compile(
    rf"{_CLAUSE}|{_THIS_CLAUSE}(?:规定|依据|内容)?的?{_WHOLE}|完整的?(?:[这那]一?)?(?:条[文款]|[条款]|段落?)"
    rf"|整(?:个)?(?:条款?|段)|{_WHOLE}(?=的?(?:条[文款]|段落))"
)
_CERTAIN = re.compile(_CLAUSE)
_BARE_WHOLE = re.compile(r"条文|条款|段落|依据|出处|来源|引文|引用")
_POINT = re.compile(
    r"(?:刚才|刚刚|上面|前面|上述|以上|你)(?:说|讲|答|回答|引用?|给|列|提到?)?的?|[这那](?:一)?(?:[个条款句处份篇]|段(?:话|文字)?)?话?"
    r"|答案|回答|里面?|中|规定|说法"
)
_FILL = re.compile(
    r"请问?|麻烦|劳驾|帮(?:我|忙)|[给让]我们?|我们?|能不能|可不可以|能否|可以|能|想要?|需要|要|把|将|再|也|都|就|一下|一遍|一眼"
    r"|查?看(?:一?看)?|瞧(?:一?瞧)?|[读查]|打开|展开|点开|显示|调出来?|[贴列拿找发传]出?[来去]?(?:给|过来)?|给|出来|过来|在哪[里儿]?|哪里|哪儿"
    r"|(?:是)?怎么(?:写|说|规定)的?|是?什么(?:样)?|有没有|有|吗|吧|呢|啊|呀|么|嘛|的|了|是|行|好|谢谢|[,.。!?~、·\s\"'“”()【】\[\]]"
)

_FULL = (
    r"(?:全文|原件|原文件|原始文件|原稿|完整(?:的)?(?:版|文件|版本)(?:本)?|电子(?:版|档|稿)|扫描(?:件|版)"
    r"|(?:pdf|word|docx?|excel|xlsx)(?:版|文件|格式)?|整(?:个|份)文件)"
)
_TO_ME = r"(?:给我们?|给(?:大家|群里)|到?群里|我们?|过来|来)"
_TO_SEE = r"(?>(?:看看?|一[份下个看]|下|学习(?:一下)?|参考(?:一下)?)*)"
_SENDS = (
    rf"(?:发|传|转|拿|找)(?:一[份下个]|下|送|出)?{_TO_ME}{_TO_SEE}"
    rf"|给我们?(?:来|[发传找调拿])?(?:一?份|一下|下)?(?:看看?)?|下载(?:一?下|一份)?|(?:要|来|求)一?份"
)
_HAS = r"(?:库里|资料库里?|这里|你(?:这里?|那里?)?)?(?:还)?(?:有没有|有无|能不能找到|找得到|有(?![关效限些]))"
_IS_THERE = r"(?:有没有|有吗|有无|有|在哪[里儿]?|哪里有)"
_BEFORE = (
    rf"(?>(?:{_SENDS}|{_HAS}|请问?|麻烦|劳驾|帮我|帮忙|你好|您好|我们?|能不能|可不可以|能否|可以|能"
    r"|想要?|要|看看?|查看|打开|把|将|一?份|一下|[发找传]一?[下份个]|[这那]份|那?个|[,、\s])*)"
)
_AFTER = (
    rf"(?>(?:(?:能不能|可不可以|可以|能)?(?:{_SENDS})|{_IS_THERE}"
    r"|看看?|一下|一份|可以|行|吗|吧|呢|啊|呀|么|嘛|的|了|好|谢谢|[,.。!?~\s])*)"
)
_DOCUMENT = re.compile(
    rf"(?P<before>{_BEFORE})(?P<name>.*?)(?:的|[这那]份)?(?P<full>{_FULL})?(?P<after>{_AFTER})", re.DOTALL
)
_POINTS_AT = re.compile(
    r"(?:(?:刚才|刚刚|上面|前面|上述|以上|你)?(?:说|讲|答|引用?|给|提到?)?的?(?:[这那该](?:[个份篇]|些|几[个份])?|它)?(?:的)?(?:文件|文档|资料|材料|办法|制度)?(?:的)?)"
)
_ASKS = re.compile(r"什么|哪|谁|怎么|如何|多少|几[个份条]|为什么|是否|是不是|要不要|需不需要|吗|呢|如果|要是")
_OLDER = re.compile(r"旧版?|老版?|原来的?|以前的?|上一版|去年的|废止的")
_OURS = re.compile(r"^(?:咱们?|我们|你们|库里|资料库)的?")
_PAPER = re.compile(
    r"办法|规定|细则|方案|章程|制度|规程|规则|意见|通知|计划|措施|指南|条例|公约|协议|合同|纪要|汇编|报告|手册|清单|标准|规划|总结|问答|问题|说明|目录|摘要"
)
_RULES = re.compile(r"(?:办法|章程|细则|规程|条例|制度|规则|公约|规划|行动计划|实施方案|管理规定)(?:\(.{1,12}\))?$")
_VAGUE = re.compile(r"工作|文件|资料|材料|数据|情况|内容|信息|消息|通知|表格?|图片|链接|模板")
_TITLE = re.compile(r"《([^》]{1,80})》?")


@dataclass(frozen=True)
class ReadingWish:
    """A clause to read. `number`: which of the places cited, from 1; `article`: the clause by its own name (第五条)."""

    number: int = 0
    article: str = ""
    is_certain: bool = False  # said in so many words, so that it is no question even where nothing was answered


@dataclass(frozen=True)
class DocumentWish:
    """A document to have. `name` is empty for the one that was answered from.

    `is_certain`: nothing else can be meant, so that a name which is found nowhere is told so: its text as a whole was
    asked for, or a paper of a kind that only a library has.
    """

    name: str = ""
    is_older: bool = False
    is_certain: bool = False


def read_reading(words: str) -> ReadingWish | None:
    """看原文, 把这条全文给我看看, 第二条依据的原文; None for everything else."""
    left = _plain(words)
    if not left or len(left) > LONGEST:
        return None
    nth = _NTH.search(left)
    number = _number(nth["number"] or nth["behind"]) if nth else 0
    article = None if nth else _ARTICLE.search(left)
    left, found = _PASSAGE.subn("·", left.replace(nth[0], _kept(nth[0])) if nth else left)
    if not found:
        return None
    for kind in (_ARTICLE, _BARE_WHOLE, _POINT, _FILL):
        left = kind.sub("·", left)
    behind = re.fullmatch(r"·*([1-9])?·*", left)  # 看原文2, 看原文②
    if behind is None:
        return None
    certain = article is None and _CERTAIN.search(_plain(words)) is not None
    return ReadingWish(number or int(behind[1] or 0), article[0] if article else "", certain)


def read_document(words: str) -> DocumentWish | None:
    """把章程发我, 方案全文, 有没有管理办法的原件, 全文发我; None for everything else."""
    plain = _plain(words)
    found = _DOCUMENT.fullmatch(plain) if plain and len(plain) <= LONGEST else None
    if found is None:
        return None
    around, full = f"{found['before']}·{found['after']}", bool(found["full"])
    sends, has = _said(_SENDS, around), _said(_HAS, found["before"]) or _said(_IS_THERE, found["after"])
    name = found["name"].strip()
    if not (sends or full) or _ASKS.search(_TITLE.sub("", name)):
        return None
    if not name or _POINTS_AT.fullmatch(name):
        return DocumentWish(is_certain=full and (sends or has)) if full or name else None
    titled = _TITLE.search(name)
    older = _OLDER.search(name) is not None and not titled
    name = titled[1] if titled else _OURS.sub("", _OLDER.sub("", name)).strip("的 ,、\"'“”")
    if _VAGUE.fullmatch(name) and not full:
        return None
    is_paper = bool(sends or has or titled or _PAPER.search(name))  # 学历证书原件 alone asks what to bring along
    certain = (full and (sends or has)) or (sends and bool(titled or _RULES.search(name)))
    return DocumentWish(name, older, certain) if len(name) > 1 and is_paper else None


def _plain(words: str) -> str:
    """In one width, in lower case; ② is 2."""
    return unicodedata.normalize("NFKC", words).strip().lower()


def _said(pattern: str, words: str) -> bool:
    return re.search(pattern, words) is not None


def _kept(words: str) -> str:
    """原文2 keeps its 原文."""
    return "原文" if words.startswith("原文") else "·"


def _number(sign: str) -> int:
    return int(sign) if sign.isdigit() else _DIGITS.index(sign)
