"""What a secretary's words about check-ins order, by kinds of words."""

import pytest

from services.checkins.asking.orders import Order, may_order, read_order
from services.meetings.reading.unit_names import UnitNames
from tests.cast import BEICHEN_WL, BEICHEN_ZB, HAILAN, QINGHE, UNITS, XINGHE

NAMES = UnitNames({alias: name for name, (_, aliases, *_) in UNITS.items() for alias in (name, *aliases)})


def heard(words: str) -> Order | None:
    return read_order(words, NAMES) if may_order(words) else None


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("看看星职院10月的月报", Order("show", ("星职院",), month="10月")),
        ("海岚化工这个月报的什么？", Order("show", ("海岚化工",), month="这个月")),
        ("海岚化工报了多少", Order("show", ("海岚化工",))),
        ("星职院的月报", Order("show", ("星职院",))),
        ("代填北辰物流", Order("behalf", (BEICHEN_WL,))),
        ("退回星职院的在岗实习，请核实", Order("return", (XINGHE,), "在岗实习", "请核实")),
        ("退回海岚化工的培训人次，理由是和花名册对不上", Order("return", (HAILAN,), "培训人次", "和花名册对不上")),
        ("海岚化工的培训人次退回去，让他们核一下", Order("return", (HAILAN,), "培训人次", "让他们核一下")),
        ("海岚化工的培训人次，跟上月差太多，退回", Order("return", (HAILAN,), "培训人次", "跟上月差太多")),
        ("把海岚化工10月的月报打回去", Order("return", (HAILAN,), month="10月")),
        ("退回星职院的在岗实习，跟海岚化工对不上", Order("return", (XINGHE,), "在岗实习", "跟海岚化工对不上")),
        ("退回星职院的在岗实习 原因口径不对", Order("return", (XINGHE,), "在岗实习", "口径不对")),
        ("北辰物流这个月免报吧 他们停产", Order("exempt", (BEICHEN_WL,), reason="他们停产", month="这个月")),
        ("免报 北辰物流 停产", Order("exempt", (BEICHEN_WL,), reason="停产")),
        ("把北辰物流也免了吧 还没招生", Order("exempt", (BEICHEN_WL,), reason="还没招生")),
        ("取消北辰物流的免报", Order("owe", (BEICHEN_WL,))),
        ("北辰物流的豁免撤销", Order("owe", (BEICHEN_WL,))),
        ("豁免北辰物流，本月停产", Order("exempt", (BEICHEN_WL,), reason="本月停产")),
        ("北辰物流11月免报，停产检修", Order("exempt", (BEICHEN_WL,), reason="停产检修", month="11月")),
        ("北辰物流停产检修，11月免报", Order("exempt", (BEICHEN_WL,), reason="停产检修", month="11月")),
        ("北辰物流11月因停产免报", Order("exempt", (BEICHEN_WL,), reason="停产", month="11月")),
        ("这个月北辰物流不用报了", Order("exempt", (BEICHEN_WL,), month="这个月")),
        ("海岚化工的月报通过", Order("accept", (HAILAN,))),
        ("海岚化工没问题，过了吧", Order("accept", (HAILAN,))),
        ("采纳海岚化工和北辰装备10月的", Order("accept", (HAILAN, BEICHEN_ZB), month="10月")),
        ("把没疑问的都采纳了", Order("accept_clean")),
        ("催海岚化工", Order("remind", (HAILAN,))),
        ("谁没交就催谁", Order("remind")),
        ("给没报的发个提醒", Order("remind")),
        ("催一下没交的，语气客气点", Order("remind")),
        ("提醒海岚化工赶紧交", Order("remind", (HAILAN,))),
        ("催青禾和北辰物流", Order("remind", (BEICHEN_WL, QINGHE))),
        ("提醒一下还没填报的学校和企业", Order("remind")),
        ("哪家没交催哪家", Order("remind")),
        ("通知没报的单位抓紧报", Order("remind")),
        ("批准海岚化工11月免报，厂区搬迁", Order("exempt", (HAILAN,), reason="厂区搬迁", month="11月")),
        ("能不能帮我催一下没交的", Order("remind")),
        ("10月谁迟报了", Order("late", month="10月")),
        ("上个月哪几家交晚了", Order("late", month="上个月")),
        ("迟报名单", Order("late")),
        ("10月有迟交的吗", Order("late", month="10月")),
        ("哪些学校10月晚交了", Order("late", month="10月")),
        ("星职院月报我看过了，没问题，采纳", Order("accept", (XINGHE,))),
    ],
)
def test_an_order_names_units_and_month_and_why(words: str, order: Order) -> None:
    assert heard(words) == order


@pytest.mark.parametrize(
    "words",
    [
        "谁还没报",
        "还没报的",
        "月报什么时候截止",
        "海岚化工通过了验收",
        "海岚化工不用交会费",
        "迟报怎么处理",
        "月报退回后怎么改",
        "退回第3条：材料不全",
        "议题3退回",
        "催生新产业",
        "提醒我明天开会",
        "催一下没回执的",
        "海岚化工什么情况可以免报",
        "哪些单位可以免报",
        "通过率是多少",
        "考试通过了320人",
        "海岚化工采纳了校方建议",
    ],
)
def test_no_order(words: str) -> None:
    assert heard(words) is None


@pytest.mark.parametrize(("words", "returns"), [("星职院退了", False), ("周老师退了", False), ("把星职院的退了", True)])
def test_who_retired_sends_nothing_back(words: str, returns: bool) -> None:
    names = UnitNames({"周老师": XINGHE, "星职院": XINGHE})
    assert (read_order(words, names) is not None) is returns
