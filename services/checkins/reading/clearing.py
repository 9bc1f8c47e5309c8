"""A message's text as it is read: commas that part figures told from those inside one, signs and asides written out."""

import re

from services.checkins.form import Form
from services.checkins.reading.topics import leave_out_topics

_AMBIGUOUS_COMMA = re.compile(
    r"(?<=\d)[，,](?=20\d\d[年级届])|(?<=\d{4})，(?=\d)|(?<=\d,\d{3})，(?=\d)|(?<=\d{4}),(?=\d{1,6}[人名个家份项件次场])|(?<=[0-9]{3})，(?=[0-9]{3}(?![0-9]))|(?<=[０-９]{3})，(?=[０-９]{3}(?![０-９]))"
    r"|(?<=\d)[，,。](?=\d{1,2}(?:月|日|号|[楼点层页]|[.、)）](?!\d)))"
    r"|(?<=\d)，(?=(?:\d{1,2}|\d+\.\d+|\d{4,})万?(?:人次|人天|[人名个家份项件次场元])?(?:才|就|只)?是)"
    r"|(?<=\d{3})，(?=\d{1,2}(?:人|名|个|家|份|项|件|期|次|场|班|条))"
)
"""430，305 with a full-width comma is two figures; 1，180 and 13,890 are one; 416，12月, 416。3号, 45，52是旧的 not."""

_YUAN_SIGN = re.compile(r"[￥¥] ?(\d[\d,.]*)(?! ?[\d万亿w])")
_DASH = re.compile(r"(?<=[:=]) ?[-—–]{1,2}(?= ?(?:$|[\n;,。]))")
"""横向到账：- says zero, as in a table."""


_SUM = re.compile(r"(?<=[\d万元]) ?= ?[^=,;。\n]*\d[^=,;。\n]*\+[^=,;。\n]*\d[^=,;。\n]*")
"""现金8万=奖学金3万+维护5万: how a figure is made up is a remark on it."""

_ENTERED_AS = re.compile(r"(?<=[帮请烦])([^,;。\d]{0,14}[填写报录记])成(?= ?[\d一二两三四五六七八九十])")
"""帮我把协议填成2份 asks for a figure; 把协议填成2份了 says which one was wrong."""

_NOT_SO_MANY = re.compile(r"(?<=没) ?有? ?\d[\d.]*[^,;。\d]{0,2}(?=(?:那么|这么|那样)多)")
"""没有260那么多，200: the first figure is denied."""

_AND_ALL = re.compile(r"(?<=[\d万千百])一共")
"""5万一共20万: nobody says 五万一 there."""

_PER_CENT = re.compile(r"百分之 ?(\d{1,3}(?:\.\d+)?)(?![\d十百])")

_ENUMERATED = re.compile(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]")
"""A number in a ring only counts the items; folded it would stand before the figure's label as a figure."""

_LOOSE_SPACE = re.compile(r"(?<=[一-龥])(?<![零一二三四五六七八九十百千万亿两]) +(?=[\d第])")
"""任务 9 完成 60%: a space between a word and its figure says nothing."""


def with_sure_commas(text: str) -> str:
    """The text with a full-width comma and a space where a comma parts two figures."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _AMBIGUOUS_COMMA.sub(lambda found: found[0].replace(",", "，") + " ", lines)


def without_counters(text: str) -> str:
    """Without the ringed numbers that only count items."""
    return _ENUMERATED.sub("，", text)


def in_plain_figures(text: str, form: Form) -> str:
    """With money, per cents and orders to fill in written plainly, and without what is only spoken of or denied."""
    plain = _YUAN_SIGN.sub(r"\1元", _LOOSE_SPACE.sub("", text))
    plain = _PER_CENT.sub(r"\1%", _AND_ALL.sub(" 共", plain))
    plain = leave_out_topics(plain, form)
    return _NOT_SO_MANY.sub(_blank, _ENTERED_AS.sub(r"\1为", plain))


def without_remarks(text: str) -> str:
    """With 0 for a dash in a table's place, and without how a figure is made up."""
    return _SUM.sub(_blank, _DASH.sub("0", text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
