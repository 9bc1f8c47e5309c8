"""Words of an offer as they are read: folded, pauses as commas, and who is asked about as who is wanted."""

import re

from knowledge.language.folding import fold

_GAPS = re.compile(r"(?<=[\u4e00-\u9fa5]) +(?=\d)|(?<=\d) +(?=[个名人位])|(?<=\d[个名人位]) +(?=[\u4e00-\u9fa5])(?!月)")
_PAUSE = re.compile(r"(?<=[\u4e00-\u9fa5]) +(?=[\u4e00-\u9fa5])")
_STUDIED = re.compile(
    r"(?<!同)学(?P<what>(?![校徒生历员院习制期年费籍位分科])[\u4e00-\u9fa5]{2,8}?)的(?:毕业生|学生|孩子|同学|人)?"
    r"(?=$|[,;。!?吗没有要招缺 ]|\d)"
)
"""学电气的: of that major."""
_WANTS_SO_MANY = (
    r"(?P<wants>(?:我们?|公司|厂里|单位|这边|那边)*(?:现在|还|正|也|急)*(?:需要|想要|想招|要|缺|招)[^,;。\d]{0,4}"
    r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})来?[个名人位])(?=$|[,;。!? 了吧])"
)
_SOUGHT = re.compile(
    r"(?:你们|学校|贵校|咱们|哪里)?(?:那边|那里)?还?有(?:没有|无)?(?P<who>[\u4e00-\u9fa5]{2,12}?)的?(?P<kind>毕业生|学生|人)?"
    rf"(?:吗|没有|没|么)?[?,;。! ]+{_WANTS_SO_MANY}"
    rf"|(?:^|(?<=[,;。 ]))(?P<major>[\u4e00-\u9fa5]{{2,8}}专业)(?:的)?(?:毕业生|学生|人)?"
    + _WANTS_SO_MANY.replace("wants", "also")
)
"""有没有学电气的，我们要5个: asked so, it is a post that is offered."""
_ANY_THERE = re.compile(r"(?<=[\u4e00-\u9fa5]{2})(?:你们)?(?:那边)?[,? ]*(?:有吗|有没有|有木有)[?]*$")


def plain_words(words: str) -> str:
    """Folded, with 招 5 个 会计 joined and other pauses of voice input as commas.

    Who is asked about is who is wanted.
    """
    text = _STUDIED.sub(r"\g<what>专业", _PAUSE.sub(",", _GAPS.sub("", fold(words))))
    return _SOUGHT.sub(_as_wanted, _ANY_THERE.sub("", text))


def _as_wanted(found: re.Match[str]) -> str:
    if found["major"]:
        return f"{found['also']}{found['major']}"
    major = found["kind"] in ("毕业生", "学生") and not found["who"].endswith("专业")
    return f"{found['wants']}{found['who']}{'专业' if major else ''}"
