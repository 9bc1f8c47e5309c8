"""Whose figure a question wants: the asker's own unit's, or others'. Pure."""

import re

from knowledge.language.folding import fold

_OWN = re.compile(r"(?:我们?|咱们?|本)(?:公司|单位|学校|学院|[校司厂院]|企业|集团|协会|局|委(?!员))(?!们)")
_OTHERS = re.compile(
    r"(?:各|其[他它余]|别的|兄弟|所有|每个?)(?:成员)?(?:家|校|院校|学校|学院|企业|公司|单位|部门)|大家|全市|联合体"
)


def speaks_of_own(words: str) -> bool:
    """Whether 我们公司, 我校 stand in the words: 我们 alone may be everybody."""
    return _OWN.search(fold(words)) is not None


def speaks_of_others(words: str) -> bool:
    """Whether 各校, 其他企业, 全市 stand in the words: one's own figure is no answer to it."""
    return _OTHERS.search(fold(words)) is not None
