"""Words that leave what is going on as it is: 算了，不改了; 先不动; 取消登记."""

import re

from services.meetings.reading.wording import same_shape
from services.speech import asks

LONGEST = 16
_DEED = r"改期?|取消|动|变|定|弄|办|登记|发布?|填|报|提|搞|录|调|推迟?|开|要"
_NOT = rf"(?:先|就|还是|暂时|那)*(?:不|别)(?:再)?(?:{_DEED})(?:会议?|时间|日期|地点|岗位|登记|这个|这条)?"
_LEAVES = re.compile(
    rf"(?:那|还是|先|就)*(?:(?:算了|罢了|没事了?|不用了|不必了)[,。 ]*(?:{_NOT}(?:了|吧)*)?|{_NOT}(?:了|吧)+"
    r"|(?:先|还是)(?:不|别)(?:改|动|变|定|取消)|保持(?:不变|原样|原来)|维持(?:不变|原样|原计划)|按原(?:计划|来的?|定的?)(?:时间|日期)?(?:不变|开|来|办)?"
    r"|(?:取消|放弃|退出|中止|停止)(?:这次|这个|本次)?(?:登记|填写|操作|录入|改期|修改))(?:吧|了)*[。!]*"
)


def leaves(words: str) -> bool:
    """Whether nothing else is said than that it stays as it was."""
    plain = same_shape(words).strip()
    return len(plain) <= LONGEST and not asks(plain) and _LEAVES.fullmatch(plain) is not None
