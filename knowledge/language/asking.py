"""The asking words of Chinese and the words that they are asked of.

In 某职院签了多少份协议 the asked thing follows the asking word (协议); in 学费是多少钱 it stands before it (学费).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.language.kinds import MEASURE, SPAN, WHAT_IT_IS, kind_of

_WHOLE = "项目|条件|条款|方面|方式|方法|种类|类型|类别|位置|家庭|年级|年度|年份|期限|层次|次数|个人|个体|本科|台账|份额"
ASKING = re.compile(
    r"价?值(?:了|得)?多少(?:钱|[万亿]?元)?|由?谁来?(?:出钱|出资|掏钱|买单|付[钱款]|拿钱|给钱|报销|签字|签批|审批|点头|拍板|说了算|[出付掏批签定](?=的?[?？]?$|才))|由?谁来(?![自的了])|(?:放|设立?|挂靠?|安|落户?)在哪(?:一?个)?(?:部门|单位|地方|[里儿])?|多大的?一?笔|拿(?:多少|几)钱?出来|隔?(?:多久|多长时间)"
    rf"|(?:干|做|出|犯)了?(?:什么|啥|哪些)(?:事情?)?(?=就|会|要被|才)(?:就|会|要|才)算?|{WHAT_IT_IS}(?=[?？]?$)"
    r"|哪[一二两三几些]?[个种类]?(?:方面|类型)|分(?:为|成)?(?:几|多少)[次批笔期]|(?:满足|符合|具备|需要|要|在)?(?:什么|哪些|啥)(?:样的)?(?:条件|情况|情形|前提)之?下?(?:才能?|会|可以|能|可|就会)?(?=[^?？是有的]{2})"
    rf"|怎么[办整弄]|咋[办整弄]|(?:怎么|咋)(?:处理|处罚|罚)|会(?:怎么样?|咋样?|怎样)|[有啥什么]*后果|几月份|[几哪]一?[楼层](?!次)|多少个?{SPAN}|几个?{SPAN}(?!级)"
    r"|多少人次|(?:多少|几)个?人(?=才[能算可行够有])|多少个?百分点|多少[万亿]?元|多少[万亿](?=[?？]?$|[,，])|多少钱|多少倍|几倍|百分之[几多少]+"
    rf"|有?多少(?:度|瓦|吨|公里|升|公斤|斤|字|学分)(?!假)|有?多少{MEASURE}?|第几{MEASURE}?|有?几{MEASURE}"
    rf"|几[块折]|几[十百千万亿]+元?|(?:往|到|去|上|从)哪(?![里儿])(?=[\u4e00-\u9fff]{{1,2}}[?？]?$)|在?哪[里儿](?!有)|哪[一二两三四五六七八九十几些]{{0,2}}(?:(?!{_WHOLE})[个家所位种类项条方里儿些年天款份批栋座层本届期次台样句段]|部(?!门))?|谁|什么时候|啥时候|何时|几月几[号日]|几点"
    r"|(?:到|做到|建到)?(?:什么|何种)(?:程度|进度|地步)|什么意思|啥意思|什么样|啥样|什么|啥|怎么样|怎样|怎么|如何|咋样?|为什么|为何|为啥|多久|多长时间|多长|多大|多高|多远"
    r"|能不能|可不可以|可否|能否|是不是|是否|有没有|会不会|要不要|算不算|吗"
)
_BOUND = (
    r"最[多少](?!的)|最[长短高低大小](?=[能可只要会用给补奖工不交]|是?多|几)|至[多少]|顶多|起码"
    r"|不[能得可]?[少小低大多高]于|不[能得可]?超过"
)
POLITE = re.compile(
    r"请问一?下?|我们|咱们?|你们|我?想(?:要)?(?:知道|了解|问问?|查)一?下?|麻烦问?一?下?|告诉我|帮我?(?:查|看|找)一?下?|查一?下|说说|介绍一?下|谁知道|举个?例子?|[这那](?:条|一条|项|一项|块)"
    r"|(?:这些|在)?(?:资料|文件|材料|文档)(?:里面?|中|上)|文中|各有|各自|分别|一共|总共|具体|大概|大约|到底|究竟|目前|现在|[呢吧啊呀呗]|"
    + _BOUND
)
_LISTING = re.compile(r"哪些|哪几|哪[两二三四五六七八九十]|分别|各有|各自|包括|列出|有什么|几[类条项方种点]")
_COMPARING = re.compile(r"各有|各自|分别|相比|对比|区别|有什么不同|哪[个家所]更|谁更|都")
_MEANS = re.compile(r"(邮箱|网址|电话|手机)")
_UNIT = re.compile(rf"(?:多少|几|第几)(人次|倍|{MEASURE})")


@dataclass(frozen=True)
class Asked:
    """What the asking words tell: the kind, the measure word, the text right after and before them, and all of it."""

    kind: str
    unit: str
    after: str
    before: str
    lists: bool
    compares: bool
    whole: str = ""


def asked_in(folded: str) -> Asked:
    """Read the asking words of a folded question."""
    kind = kind_of(folded)
    found = list(ASKING.finditer(folded))
    main = next((one for one in found if one[0] != "吗"), found[0] if found else None)
    unit = (_MEANS if kind == "contact" else _UNIT).search(folded)
    return Asked(
        kind,
        unit[1] if unit else "",
        re.split(r"[,，。;；?？]", folded[main.end() :])[0] if main else "",
        re.split(r"[,，。;；?？]", folded[: main.start()])[-1] if main else folded,
        bool(_LISTING.search(folded)),
        bool(_COMPARING.search(folded)),
        folded,
    )


def without_asking(folded: str) -> str:
    """Return the question with spaces where its asking and polite words were."""
    return ASKING.sub(" ", POLITE.sub(" ", folded))
