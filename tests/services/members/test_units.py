"""Finding a unit by what people call it; personal numbers in text."""

from datetime import datetime

import pytest

from services.db import Database
from services.errors import Ambiguous, NotFound
from services.meetings.reading.unit_names import UnitNames
from services.members.orders import MembersOrder, hear_order, may_order, read_order
from services.members.redaction import has_personal_numbers, redact, redact_phones
from services.members.units import find_unit, get_unit
from tests.cast import BEICHEN_WL, BEICHEN_ZB, EDUCATION, HAILAN, QINGHE, UNITS, XINGHE, Cast


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (XINGHE, XINGHE),
        (" 星職院 ", XINGHE),
        ("海岚", HAILAN),
        ("海岚化工股份", HAILAN),
        ("教育局", EDUCATION),
        ("北辰装备", BEICHEN_ZB),
    ],
)
async def test_names_aliases_and_parts_find_the_unit(
    database: Database, cast: Cast, now: datetime, given: str, name: str
) -> None:
    async with database.reading() as session:
        found = await find_unit(session, given)
    assert found is not None
    assert found.name == name


async def test_a_part_of_several_names_lists_them(database: Database, cast: Cast) -> None:
    async with database.reading() as session:
        with pytest.raises(Ambiguous) as ambiguous:
            await find_unit(session, "北辰")
        assert ambiguous.value.facts["candidates"] == [BEICHEN_ZB, BEICHEN_WL]
        for given in ("不存在", "局", "", "%"):
            with pytest.raises(NotFound):
                await get_unit(session, given)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("电话13812341234，谢谢", "电话138****1234，谢谢"),
        ("138-1234-1234 或 +86 139 1234 5678", "138****1234 或 139****5678"),
        ("１３８１２３４１２３４", "138****1234"),
        ("订单 1381234123412 和 12812341234、金额 3500000", "订单 1381234123412 和 12812341234、金额 3500000"),
    ],
)
def test_phones_are_shortened(text: str, redacted: str) -> None:
    assert redact_phones(text) == redacted


def test_identity_numbers_count_credit_codes_do_not() -> None:
    assert redact("证件11010119900307001X。") == "证件110101************。"
    assert has_personal_numbers("110101199003070012")
    assert not has_personal_numbers("统一社会信用代码 911503007012345678，在校生14012人")


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("", MembersOrder("board")),
        ("星职院", MembersOrder("unit", "星职院")),
        ("invite 星职院", MembersOrder("invite", "星职院", "liaison")),
        ("邀请“星职院”的负责人", MembersOrder("invite", "“星职院", "leader")),
        ("邀请 示范市化工行业协会 联络员", MembersOrder("invite", "示范市化工行业协会", "liaison")),
        ("邀请秘书处", MembersOrder("invite", "", "secretariat")),
    ],
)
def test_orders_are_read(words: str, order: MembersOrder) -> None:
    read = read_order(words, UnitNames({}))
    assert (read.verb, read.unit.strip("“”"), read.role) == (order.verb, order.unit.strip("“”"), order.role)


NAMES = UnitNames({alias: name for name, (_, aliases, *_) in UNITS.items() for alias in (name, *aliases)})


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("邀请海岚化工的刘洋做联络员", MembersOrder("invite", HAILAN, "liaison", "刘洋")),
        ("给星职院发个副联络员邀请", MembersOrder("invite", XINGHE, "deputy")),
        ("把张伟设为青禾职校的联络员", MembersOrder("appoint", QINGHE, "liaison", "张伟")),
        ("海岚化工换联络员", MembersOrder("appoint", HAILAN)),
        ("青禾职校换联络员，新的是张伟", MembersOrder("appoint", QINGHE, "liaison", "张伟")),
        ("海岚化工联络员换人了，新联络员叫刘洋", MembersOrder("appoint", HAILAN, "liaison", "刘洋")),
        ("让刘洋当海岚化工的负责人", MembersOrder("appoint", HAILAN, "leader", "刘洋")),
        ("北辰物流联络员离职了", MembersOrder("appoint", BEICHEN_WL)),
        ("海岚的联络员是谁", MembersOrder("unit", HAILAN)),
        ("把张伟设为市二职的联络员", MembersOrder("appoint", "市二职", "liaison", "张伟")),
    ],
)
def test_what_is_said_of_seats(words: str, order: MembersOrder) -> None:
    assert may_order(words)
    assert hear_order(words, NAMES) == order


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("周老师换成张伟当联络员", MembersOrder("appoint", XINGHE, "liaison", "张伟")),
        ("联络员周老师换成张伟", MembersOrder("appoint", XINGHE, "liaison", "张伟")),
        ("把周老师换成何姐做联络员", MembersOrder("appoint", XINGHE, "liaison", "何姐")),
        ("张伟接替周老师当联络员", MembersOrder("appoint", XINGHE, "liaison", "张伟")),
        ("让何姐顶替周老师做联络员", MembersOrder("appoint", XINGHE, "liaison", "何姐")),
        ("星职院的周老师换成张伟当联络员", MembersOrder("appoint", XINGHE, "liaison", "张伟")),
        ("把何姐设为联络员", MembersOrder("appoint", XINGHE, "liaison", "何姐")),
        ("邀请海岚化工的陈工做联络员", MembersOrder("invite", HAILAN, "liaison", "陈工")),
        ("周老师是联络员吗", None),
        ("周老师说联络员变动要报备", None),
    ],
)
def test_who_holds_a_seat_stands_for_the_unit(words: str, order: MembersOrder | None) -> None:
    people = {"周老师": XINGHE, "何姐": XINGHE, "陈工": HAILAN}
    assert hear_order(words, NAMES, people) == order


@pytest.mark.parametrize(
    "words",
    [
        "联络员变动要报备吗",
        "联络员怎么换",
        "海岚化工的联络员说数据晚点交",
        "邀请专家来讲课怎么申请",
        "海岚化工邀请星职院参观",
        "联络员换人要几天内报告",
        "海岚化工负责人参加会议",
    ],
)
def test_talk_about_seats_orders_nothing(words: str) -> None:
    assert hear_order(words, NAMES) is None
