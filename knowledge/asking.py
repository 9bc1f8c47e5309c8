"""The asking words of Chinese, the kind of answer each wants, and the words that it is asked of.

In 某职院签了多少份协议 the asked thing follows the asking word (协议); in 学费是多少钱 it stands before it (学费).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MEASURES = "个家所名位人户次项种条门类方张份座间支套款篇章届期批台亩册本层栋档席回趟字页道分节"
TITLES = "书记|校长|院长|局长|主任|处长|厅长|主席|理事长|会长|秘书长|总经理|董事长|负责人|联系人|教授"
_MEASURE = (
    "(?!家长|家政|家庭|本科|本地|本市|本校|本土|名额|名师|名校|门类|门店|层次|项目|种类|条件|人员|人才|方面|方式|位置|分别|分之|分钟|分管|分成|分为|分配|分布|节日|节约|节目)"
    f"[{MEASURES}]"
)
_SPAN = "(?:分钟|小时|钟头|工作日|学时|课时|学期|星期|礼拜|季度|个?月|年|天|周)"
ASKING = re.compile(
    rf"怎么办|咋办|怎么(?:处理|处罚|罚)|会(?:怎么样?|咋样?|怎样)|[有啥什么]*后果|几月份|多少个?{_SPAN}|几个?{_SPAN}(?!级)"
    r"|多少人次|多少个?百分点|多少[万亿]?元|多少钱|多少倍|几倍|百分之[几多少]+"
    rf"|有?多少{_MEASURE}?|第几{_MEASURE}?|有?几{_MEASURE}"
    r"|几[块折]|几[十百千万亿]+元?|在?哪[里儿](?!有)|哪[一二两三四五六七八九十几些]{0,2}[个家所位种类项条方里儿些年天款份批]?|谁|什么时候|啥时候|何时|几月几[号日]|几点"
    r"|什么意思|啥意思|什么|啥|怎么样|怎样|怎么|如何|咋样?|为什么|为何|为啥|多久|多长时间|多长|多大|多高|多远"
    r"|能不能|可不可以|可否|能否|是不是|是否|有没有|会不会|要不要|算不算|吗"
)
POLITE = re.compile(
    r"请问一?下?|我?想(?:要)?(?:知道|了解|问问?|查)一?下?|麻烦问?一?下?|告诉我|帮我?(?:查|看|找)一?下?|查一?下|说说|介绍一?下|谁知道"
    r"|(?:这些|在)?(?:资料|文件|材料|文档)(?:里面?|中|上)|文中|各有|各自|分别|一共|总共|具体|大概|大约|到底|究竟|目前|现在|[呢吧啊呀呗]"
)
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "when",
        r"什么时候|啥时候|何时|哪一?年|哪一?[天月]|几月几[号日]|几[号日](?!线)|几点|最晚|什么时间|哪个月|几月份?(?!几)|截止(?:日期|时间)?",
    ),
    (
        "often",
        r"(?:一年|每年|每月|一个月|一学期|一季度)[^,，]{0,8}(?:几|多少)[次回趟]|(?:多久|多长时间|几个?[年月天周]|隔多久)[^,，]{0,6}一[次回趟届遍轮]|频率|周期|多久[^,，]{0,4}[开调换碰]",
    ),
    ("lasting", rf"多久|多少个?{_SPAN}|多长|几个?{_SPAN}(?!级)"),
    ("contact", r"找谁|联系谁|跟谁联系|和谁联系|电话|手机号?|邮箱|联系方式|网址|微信|热线|传真"),
    (
        "money",
        r"(?:给|补贴?|发放?|奖励?|付|花|赔|罚)[^,，]{0,5}多少[?？]?$|多少[万亿]?元|多少钱|几[千百万亿]+元?(?!人|名|个|家|亩|平)|(?:费用|金额|学费|会费|产值|奖金|补贴|收入)[^,，]{0,5}多少",
    ),
    ("quantity", r"多大的?(?:盘子|规模|金额|额度)|(?:盘子|规模|总额|金额|额度|资金|投资|力度)有?多大"),
    ("age", r"多大(?:年纪|岁数|年龄)|(?:[生师员]|选手|同志)(?:现在|今年)?多大|几岁|多少岁|年龄"),
    ("size", r"面积|占地|多大(?!份额|比例)|多少(?:亩|平方米|平米|公顷)"),
    (
        "share",
        r"比例|占(?:到|了|比)?(?:多少|几成)|占比|比率|比重|百分之|百分比|份额|多少倍|几倍|率(?:的目标)?[要应能可]?(?:达到|提高?到|提到|是|为)?多少|率(?:有|能)?多高|税率",
    ),
    (
        "people",
        r"(?:多少|(?<!哪)几)(?:名|位|人|个人|人次)|人数"
        r"|多少个?[^,，]{0,6}(?:学生|老师|教师|毕业生|职工|新生|员工|导师|实习生|生)[?？]?$",
    ),
    ("ordinal", r"第几"),
    ("number", r"文号|文件号|发文字号|编号"),
    ("count", rf"(?:多少|(?<!哪)几){_MEASURE}|数量"),
    ("quantity", r"多少"),
    (
        "person",
        rf"叫什么名字|姓名|(?:{TITLES})(?:现在|目前)?(?:是|叫)(?:谁|哪位|啥|什么)|(?:谁|哪位)是[^,，]{{0,12}}(?:{TITLES})",
    ),
    (
        "duty",
        r"谁来?(?:具体)?(?:负责|牵头|主管|承担|管)|责任(?:单位|部门)|归谁|牵头(?:单位|部门)是"
        r"|哪[个些几一两]?[个家]?(?:部门|单位|处室)?来?(?:负责|牵头|主管|管(?!理))",
    ),
    (
        "where",
        r"在哪(?![几些一个家所])|(?:在|位于|属)哪个?(?:区|县|市|镇|乡|街道|园区|开发区|城市|地方|位置)|哪里(?!出|来)|哪儿(?!出|来)|什么地方|(?:地点|地址|位置)(?:是|在)?",
    ),
    ("who", r"谁|哪[个一]?(?:单位|部门|机构|公司|学校|企业|人|位|处室)|哪家|由哪|责任单位|叫什么名字"),
    (
        "penalty",
        r"会(?:被)?(?:怎么样?|咋样?|怎样|如何)(?:处理|处罚|办)?[?？]?$|后果|怎么(?:处罚|处理|罚)|会不会(?:被)?(?:罚|通报|取消)",
    ),
    ("why", r"为什么|为何|为啥|原因"),
    ("yesno", r"吗|[不没][?？]?$|能不能|可不可以|是不是|是否|有没有|会不会|要不要|能否|可否|算不算"),
    ("define", r"什么意思|啥意思|是指|指什么|指的|什么是|是啥|含义|定义"),
    ("list", r"哪些|哪几|哪[两二三四五六七八九十]|有什么|分别|包括"),
    ("how", r"怎么|如何|怎样|咋"),
)
_LISTING = re.compile(r"哪些|哪几|哪[两二三四五六七八九十]|分别|各有|各自|包括|列出|有什么|几[类条项方种点]")
_COMPARING = re.compile(r"各有|各自|分别|相比|对比|区别|有什么不同|哪[个家所]更|谁更|都")
_UNIT = re.compile(rf"(?:多少|几|第几)(人次|倍|{_MEASURE})")


@dataclass(frozen=True)
class Asked:
    """What the asking words tell: the kind, the measure word, and the text right after and before them."""

    kind: str
    unit: str
    after: str
    before: str
    lists: bool
    compares: bool


def asked_in(folded: str) -> Asked:
    """Read the asking words of a folded question."""
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, folded)), "fact")
    found = list(ASKING.finditer(folded))
    main = next((one for one in found if one[0] != "吗"), found[0] if found else None)
    unit = _UNIT.search(folded)
    return Asked(
        kind,
        unit[1] if unit else "",
        re.split(r"[,，。;；?？]", folded[main.end() :])[0] if main else "",
        re.split(r"[,，。;；?？]", folded[: main.start()])[-1] if main else folded,
        bool(_LISTING.search(folded)),
        bool(_COMPARING.search(folded)),
    )


def without_asking(folded: str) -> str:
    """Return the question with spaces where its asking and polite words were."""
    return ASKING.sub(" ", POLITE.sub(" ", folded))
