"""More time is granted by an order, not by who comes late or what is refused."""

import pytest

from services.meetings.reading.unit_names import UnitNames
from services.orders.desk import read_desk
from services.orders.desk_kinds import Want

UNIT = "海岚化工有限公司"
NAMES = UnitNames({"海岚": UNIT})
PEOPLE = {"陈工": UNIT}


@pytest.mark.parametrize("words", ["给陈工宽限到12月8号", "海岚那边晚点，宽限三天", "海岚想延到12月8号，批了"])
def test_an_order_gives_more_time(words: str) -> None:
    order = read_desk(words, NAMES, PEOPLE)
    assert order is not None
    assert order.want is Want.EXTEND


@pytest.mark.parametrize(
    "words", ["陈工晚两天到", "海岚晚三天来", "海岚想延到12月8号，不批", "海岚说要延到12月8号，不同意"]
)
def test_who_comes_late_or_is_refused_gets_none(words: str) -> None:
    order = read_desk(words, NAMES, PEOPLE)
    assert order is None or order.want is not Want.EXTEND
