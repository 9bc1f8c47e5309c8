"""What the secretariat means by `/members …`."""

import re
from dataclasses import dataclass

ROLE_WORDS: dict[str, str] = {
    "liaison": "liaison",
    "联络员": "liaison",
    "联系人": "liaison",
    "deputy": "deputy",
    "副联络员": "deputy",
    "备用联络员": "deputy",
    "leader": "leader",
    "负责人": "leader",
    "单位负责人": "leader",
    "分管领导": "leader",
    "council": "council",
    "convener": "convener",
    "召集人": "convener",
    "会议召集人": "convener",
    "理事": "council",
    "secretariat": "secretariat",
    "秘书处": "secretariat",
}
_ROLE = "|".join(sorted(map(re.escape, ROLE_WORDS), key=len, reverse=True))
_INVITE = re.compile(
    rf"^(?:invite|邀请)\s*(?:[:：]\s*)?(?P<unit>.*?)\s*(?:的|加入)?\s*(?P<role>{_ROLE})?$", re.IGNORECASE
)


@dataclass(frozen=True)
class MembersOrder:
    """`verb` is board, invite or unit; `unit` as it was written; `role` a machine id."""

    verb: str
    unit: str = ""
    role: str = "liaison"


def read_order(words: str) -> MembersOrder:
    """Read `invite 星职院 联络员`, `邀请星职院的联络员`, `邀请秘书处`, a unit's name, or nothing."""
    words = words.strip()
    found = _INVITE.match(words)
    if found is None:
        return MembersOrder("unit", words) if words else MembersOrder("board")
    role = ROLE_WORDS[(found["role"] or "liaison").lower()]
    return MembersOrder("invite", found["unit"].strip(" “”\"'"), role)
