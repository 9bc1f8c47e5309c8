"""What a unit asks about the way of its own check-in: how it stands, whether part will do, who reports, from when."""

import re
from enum import StrEnum

from services.checkins.asking.trimming import LONGEST
from services.checkins.reading.phrases import WHEN
from services.meetings.reading.wording import same_shape
from services.speech import MAY


class About(StrEnum):
    """What is asked."""

    STATE = "state"
    """How it stands, whether it can still be handed in: 我们月报现在什么状态, 现在还能补吗, 秘书处那边审了没有."""
    PART = "part"
    """Whether part of it may come first: 能不能先交别的."""
    WHO = "who"
    """Who of the unit reports: 月报是我报还是她报."""
    OPENS = "opens"
    """From when the next one is open: 下个月月报什么时候开始."""


_REPORT = r"(?:月报表?|报表|填报|报的(?:数|数据)?|数据?)"
_FILES = r"(?:补[报交填]?|[报交填]|提交|上报)"
_ENDS = re.compile(r"[\s。！!~～，,、？?]+$|(?<=[一-龥]{2})[啊呀呢哦]+[？?]*$")
_PATTERNS = {
    About.OPENS: re.compile(
        rf"(?:那|请问)*(?:下(?:个)?月|下次|下期|下一期|\d{{1,2}}月份?)的?{_REPORT}?(?:是)?(?:从)?{WHEN}"
        rf"(?:才|就)*(?:可以|能)?(?:开始|开放|开填|开报|填报?|能填)(?:填|报)?(?:的)?"
        rf"|{WHEN}(?:才|就)*(?:可以|能)?(?:开始|开放)?(?:填|报)(?:下个?月|下期)的?(?:月报|数据?)?"
    ),
    About.PART: re.compile(
        rf".{{0,16}}{MAY}(?:先|就)(?:只)?(?:{_FILES})(?:一?部分|别的|其他的?|其它的?|其余的?|有的|剩下的|已有的|出来的|能报的)(?:数据?|项)?(?:吗|么)?"
        rf"|.{{0,16}}(?:先|只)(?:{_FILES})(?:一?部分|别的|其他的?|其它的?|其余的?|剩下的)(?:行|可以|成)(?:吗|不|么|不行|不可以)"
    ),
    About.WHO: re.compile(
        rf"(?:这个|我们(?:单位|学校|公司)?的?)?{_REPORT}(?:到底|究竟)?(?:是|由|该|应该|归)*(?:我|我们|联络员)(?:来)?(?:[报填交])?(?:还是|或者)[^,;。]{{1,10}}?(?:来)?[报填交]"
        rf"|(?:我们(?:单位|学校|公司)?的?)?{_REPORT}(?:到底|究竟)?(?:是|由|该|应该|归|让)+谁(?:来)?(?:[报填交]|负责)"
    ),
    About.STATE: re.compile(
        rf".{{0,20}}(?:现在|这会儿|今天)?(?:还)?{MAY}(?:再)?补(?:[报交填]|上)?(?:上去|上来)?(?:吗|么|不)?(?:[?？].*)?"
        rf"|(?:我们?(?:单位|学校|公司)?的?|本单位的?)?(?:这个月|本月|\d{{1,2}}月份?)?的?{_REPORT}(?:现在|目前)?(?:是|处于)?(?:什么状态|啥状态|什么情况|到哪一?步了?|走到哪了?|怎么样了|通过了?(?:没有?|吗))"
        rf"|(?:秘书处|你们)(?:那边|那里)?(?:把)?(?:我们的?)?{_REPORT}?(?:审|看|核|通过|采纳)(?:核|过|完|批)?了?(?:没有?|吗|么)"
        rf"|(?:我们?(?:单位|学校|公司)?的?)(?:(?:这个月|本月)的?)?{_REPORT}(?:被)?(?:审|核|采纳)(?:核|过|完|批)?了?(?:没有?|吗|么)"
    ),
}
_OF_SOMETHING_ELSE = re.compile(r"会议|材料|回执|议题|议定|事项|协议|合同|补贴|补助|岗位|需求(?!.*月报)|申报|名册|简报")


def read_state_question(words: str) -> About | None:
    """What is asked about the own check-in; None for anything else."""
    plain = _ENDS.sub("", same_shape(words).strip())
    if not plain or len(plain) > LONGEST or _OF_SOMETHING_ELSE.search(plain):
        return None
    return next((about for about, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)
