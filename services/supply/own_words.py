"""Whether words ask for one's own offers: 我们现在挂着哪些岗位, 我们登记的毕业生还在不在."""

import re

from services.orders.sentence import Sentence
from services.orders.words import FILLER
from services.supply.fields import NEED, Kind

_THINGS = {
    True: re.compile(r"(?:招聘|用工|招工)?(?:岗位|职位|招聘|用工|招工)(?:需求|信息|列表|清单)?"),
    False: re.compile(r"(?:毕业生|生源)(?:供给|信息|列表|清单|名额)?"),
}
_BARE = {
    True: re.compile(r"^(?:看看?|查看?)?(?:我的|我们的?|本单位的?)(?:岗位|招聘|用工|招工)(?:需求|信息|列表)?[。?？]?$"),
    False: re.compile(r"^(?:看看?|查看?)?(?:我的|我们的?|本校的?)(?:毕业生|生源)(?:供给|信息|列表)?[。?？]?$"),
}
_OWN = re.compile(r"[我咱]们?(?:这边|这儿)?(?:的)?(?:公司|单位|学校|厂|司|校)?|本(?:单位|公司|校)|公司|学校")
_STANDS = re.compile(
    r"(?:还)?(?:正|在)?(?:挂|放|登记|发布|发|公布|公开|摆|报)(?:着|了|过|出去|上去|上|在(?:上面|外面|平台上?)?|出来)*|在?(?:上面|外面)|还在不在|在不在|还在|在招|正?在?招"
)
_ASKED = re.compile(
    r"(?:都)?(?:有|是)?(?:哪些|哪几个|几个|多少个?|什么|啥)|看看|查看?|看一?下|列(?:出来|一下)|情况|怎么样|还有没有|有没有"
)
_END = re.compile(r"[吗没么][?]?$")
_TIME = re.compile(r"现在|目前|上次|上个?月|之前|以前|今年|还|一共|总共")
_WISHES = re.compile(r"要(?!招)|想|准备|打算|怎么|如何|条件|流程")
LONGEST = 24


def asks_own(words: str, kind: Kind) -> bool:
    """Only words that name that side's offers as one's own, ask for them or say that they stand, and nothing else."""
    if _BARE[kind is NEED].match(words):  # 我们的岗位
        return True
    said = Sentence(words)
    if len(said.plain) > LONGEST or _WISHES.search(said.plain) or said.take(_THINGS[kind is NEED]) is None:
        return False
    said.take_all(_TIME)
    own, stands = said.take_all(_OWN), said.take_all(_STANDS)
    asked = said.take_all(_ASKED) or _END.search(said.plain) is not None
    return own and (asked or stands) and not _END.sub("", FILLER.sub("", said.left))
