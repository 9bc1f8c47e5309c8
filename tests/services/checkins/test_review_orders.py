"""What a secretary's words about a unit's check-in order."""

import pytest

from services.checkins.review import Order, read_order


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("看看星职院10月的月报", Order("show", "星职院", "10月")),
        ("海岚化工这个月报的什么？", Order("show", "海岚化工", "这个月")),
        ("海岚化工报了多少", Order("show", "海岚化工", "")),
        ("星职院的月报", Order("show", "星职院", "")),
        ("退回星职院的在岗实习，请核实", Order("return", "星职院", "在岗实习", "请核实")),
        ("豁免北辰物流，本月停产", Order("exempt", "北辰物流", reason="本月停产")),
    ],
)
def test_an_order_names_the_unit_and_the_month(words: str, order: Order) -> None:
    assert read_order(words) == order


@pytest.mark.parametrize("words", ["谁还没报", "还没报的", "月报什么时候截止"])
def test_no_order(words: str) -> None:
    assert read_order(words) is None
